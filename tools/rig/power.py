"""`make power`: the power is cut under load, again and again; no acknowledged rating may
be missing. Needs root on Linux.

`kill -9` leaves with the system what was written and not yet brought to the disk; a power
cut does not. So the database stands on a disk of its own, an ext4 in a file, which is shut
down with what it holds in memory. Ends with 1 as `make crash` does.
"""

import contextlib
import fcntl
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.rig.cluster import Postgres, wait_until
from tools.rig.crash import say_control, say_story, story_of
from tools.rig.crowd import arguments, databases, say
from tools.rig.databases import Database, sqlite_database, version_of
from tools.rig.server import installation

CONTROL_ROUNDS = 3  # SQLite brings all of it to the disk every thousand pages
SIZE = 1 << 30  # bytes; a file with holes, so what is empty takes no room
SHUT_DOWN, WITHOUT_WRITING = 0x8004587D, 2  # linux/fs.h: EXT4_IOC_SHUTDOWN, NOLOGFLUSH
NO_DISK = "A disk whose power can be cut needs root on Linux, and loop devices."


def can_cut():
    return Path("/dev/loop-control").exists() and os.geteuid() == 0


def main():
    asked = arguments("The power is cut under load.", rounds=10, seconds=8, guests=32)
    if not can_cut():
        sys.exit(f"tpmguide: {NO_DISK}")
    good = True
    for postgres in databases(asked.database):
        crowd = asked.guests, asked.rounds, asked.seconds
        if not asked.control:
            good &= say_story(cut(bool(postgres), *crowd))
        crowd = asked.guests, CONTROL_ROUNDS, asked.seconds
        good &= say_control(cut(bool(postgres), *crowd, "unsynced"), "unsynced")
    sys.exit(not good)


def cut(on_postgres, count, rounds, seconds, control=""):
    """Cuts the power of a fresh installation `rounds` times; returns the Story."""
    with contextlib.ExitStack() as stack:
        disk = stack.enter_context(disk_of_its_own())
        on_disk = postgres_on if on_postgres else sqlite_on
        database, fall, rise = stack.enter_context(on_disk(disk))
        server, _ = stack.enter_context(installation(control=control, on=database))

        def power_cut():
            disk.shut_down()
            server.kill()
            fall()
            disk.come_back()
            rise()

        say(f"\n{database.name}, {count} guests{', control' if control else ''}")
        return story_of(server, database, power_cut, count, rounds, seconds)


class Disk:
    """`folder` lies on it; `file` is all that is left of it after a power cut."""

    def __init__(self, file, folder):
        self.file, self.folder = file, folder

    def shut_down(self):
        handle = os.open(self.folder, os.O_RDONLY)
        fcntl.ioctl(handle, SHUT_DOWN, struct.pack("I", WITHOUT_WRITING))
        os.close(handle)

    def come_back(self):
        self.unmount()
        self.mount()

    def mount(self):
        subprocess.run(["mount", "-o", "loop", self.file, self.folder], check=True)

    def unmount(self):
        """Waits until nobody has a file on it open."""
        command = ["umount", self.folder]
        wait_until(
            lambda: subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0
        )


@contextlib.contextmanager
def disk_of_its_own():
    with tempfile.TemporaryDirectory(prefix="tpmguide-power-") as name:
        disk = Disk(Path(name, "disk.img"), Path(name, "disk"))
        disk.folder.mkdir()
        os.chmod(name, 0o755)  # PostgreSQL runs as somebody else
        with disk.file.open("wb") as file:
            file.truncate(SIZE)
        subprocess.run(["mkfs.ext4", "-q", disk.file], check=True)
        disk.mount()
        try:
            yield disk
        finally:
            disk.unmount()


@contextlib.contextmanager
def sqlite_on(disk):
    """(Database, what falls with the power, what rises when it is back)."""
    with sqlite_database(disk.folder) as database:
        yield database, lambda: None, lambda: None


@contextlib.contextmanager
def postgres_on(disk):
    shutil.chown(disk.folder, "postgres")
    server = Postgres(disk.folder / "data")
    os.sync()  # its settings were written by us, and not brought to the disk
    server.start()

    def rise():
        # It would look whether that process lives; its number may be anybody's by now.
        (server.folder / "postmaster.pid").unlink(missing_ok=True)
        server.start()

    try:
        name = version_of(server.url)
        database = Database(server.url, name, server.connect)
        yield database, server.kill, rise
    finally:
        server.kill()


if __name__ == "__main__":
    main()
