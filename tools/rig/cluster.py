"""A PostgreSQL with a copy that follows it, and a Redis: of one rig alone, on loopback.

Nothing of the machine's own servers is touched. Root may not run PostgreSQL: as root, the
account `postgres` does.
"""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tools.rig.databases import Database, version_of
from tools.rig.server import PATIENCE, free_port

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
REDIS = shutil.which("redis-server")
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_wal_senders = 4
wal_keep_size = 256MB
shared_buffers = 32MB
"""


def run(*command):
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["su", "postgres", "-s", "/bin/sh", "-c", shlex.join(words)]
    subprocess.run(
        words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
    )


class Postgres:
    """One server: the first one, or a copy `of` it."""

    def __init__(self, folder, of=None):
        self.folder, self.port = folder, free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        if of is None:
            run(BINARIES / "initdb", "-D", folder, "-U", "postgres", "-A", "trust")
        else:
            way = ["-h", "127.0.0.1", "-p", of.port, "-U", "postgres"]
            run(BINARIES / "pg_basebackup", *way, "-D", folder, "-R", "-c", "fast")
        with open(folder / "postgresql.conf", "a") as file:
            file.write(f"{SETTINGS}port = {self.port}\n")

    def start(self):
        self._control("start", "-l", self.folder / "log")

    def stop(self):
        self._control("stop", "-m", "fast")

    def kill(self):
        """kill -9 of all its processes, whether its folder can be read or not."""
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (process / "cwd").readlink() == self.folder:
                    os.kill(int(process.name), signal.SIGKILL)

    def restart(self):
        self._control("restart", "-m", "fast", "-l", self.folder / "log")

    def connect(self):
        return psycopg.connect(self.url, autocommit=True)

    def followers(self):
        with contextlib.closing(self.connect()) as connection:
            rows = connection.execute("SELECT state FROM pg_stat_replication")
            return [state for (state,) in rows]

    def _control(self, *words):
        run(BINARIES / "pg_ctl", "-D", self.folder, "-w", "-t", PATIENCE, *words)


class Redis:
    """Keeps nothing on the disk: once it is killed, all that it held is gone."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        command = [REDIS, "--port", self.port, "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(
            [*map(str, command), "--dir", self.folder], stdout=subprocess.DEVNULL
        )

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE)


@contextlib.contextmanager
def cluster():
    """(first PostgreSQL, its copy, Redis, Database), all started; ended at the end."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="tpmguide-drill-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        first = Postgres(folder / "first")
        first.start()
        stack.callback(stop, first)
        copy = Postgres(folder / "copy", of=first)
        copy.start()
        stack.callback(stop, copy)
        redis = Redis(folder)
        redis.start()
        stack.callback(lambda: redis.kill())
        database = Database(first.url, version_of(first.url), first.connect)
        yield first, copy, redis, database


def stop(server):
    with contextlib.suppress(subprocess.CalledProcessError):  # stopped already
        server.stop()


def wait_until(what, seconds=PATIENCE):
    """Seconds until it holds; raises RuntimeError where it does not."""
    begun = time.monotonic()
    while not what():
        if time.monotonic() - begun > seconds:
            raise RuntimeError(f"In {seconds} seconds it did not come to hold.")
        time.sleep(0.05)
    return time.monotonic() - begun
