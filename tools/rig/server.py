"""The real server, as `make serve` starts it, on a scratch database; and its death."""

import atexit
import contextlib
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from tools.rig.databases import postgres_database, sqlite_database

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds until a start or an end counts as failed


class Server:
    """One server on a port of its own. `environment` is what the app is told."""

    def __init__(self, environment, log):
        self.port = free_port()
        self.environment = environment | {"PORT": str(self.port)}
        self.log = log
        self.process = None

    def start(self):
        """Starts it; returns the seconds until it answered 200."""
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            ["sh", "tools/serve"],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,  # Ctrl-C is for the rig, kill -9 for all of these
        )
        while not self._answers():
            if (
                self.process.poll() is not None
                or time.perf_counter() - begun > PATIENCE
            ):
                raise RuntimeError("The server did not start.")
            time.sleep(0.02)
        return time.perf_counter() - begun

    def kill(self):
        """kill -9 of the server with all its processes, none of which can react."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        self.process = None

    def cpu_seconds(self):
        """Processor time of all its processes until now; None where /proc is missing."""
        if not Path("/proc/self/stat").exists():
            return None
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                after_name = stat.read_text().rpartition(")")[2].split()
                if int(after_name[3]) == self.process.pid:  # the session
                    ticks += int(after_name[11]) + int(after_name[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def _answers(self):
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE
        )
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def installation(postgres="", control="", on=None):
    """(Server not yet started, Database) in a temporary folder; removes both at the end.

    `postgres` is the address of a server, or "" for SQLite; or the installation stands
    `on` a Database that is there. `control` names a way to lie, see control.py.
    """
    with tempfile.TemporaryDirectory(prefix="tpmguide-rig-") as name:
        folder = Path(name)
        if on:
            scratch = contextlib.nullcontext(on)
        else:
            scratch = (
                postgres_database(postgres) if postgres else sqlite_database(folder)
            )
        with scratch as database, open(folder / "log", "w+") as log:
            environment = like_production(folder, database, control)
            if database.url.startswith("sqlite"):
                environment["STATIC_ROOT"] = str(released() / "static")
                copy_released(database)
            else:
                prepare(environment, log)
            server = Server(environment, log)
            try:
                yield server, database
            except Exception:
                sys.stderr.write(tail(log))
                raise
            finally:
                server.kill()


def like_production(folder, database, control):
    """The environment of an installation without debugging; only https is missing."""
    environment = os.environ | {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database.url,
        "STATIC_ROOT": str(folder / "static"),
        "TMPDIR": str(folder),  # PDFs take their turn there
        "EMAIL_URL": "smtp://mail.invalid",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("PYTHONDEVMODE", None)
    if control:
        environment["DJANGO_SETTINGS_MODULE"] = "tools.rig.control"
        environment["RIG_CONTROL"] = control
    return environment


@cache
def released():
    """A folder with a database in SQLite and static files as a release leaves them.

    Made once: it takes twenty seconds of a processor, and each test wants a fresh one.
    """
    folder = Path(tempfile.mkdtemp(prefix="tpmguide-rig-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with sqlite_database(folder) as database, open(folder / "log", "w+") as log:
        prepare(like_production(folder, database, ""), log)
    return folder


def copy_released(database):
    """By SQLite, which brings the copy to the disk before it goes on."""
    with (
        sqlite_database(released()) as source,
        contextlib.closing(source.connect()) as original,
        contextlib.closing(database.connect()) as copy,
    ):
        original.backup(copy)


def prepare(environment, log):
    subprocess.run(
        [sys.executable, "manage.py", "release"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
        check=True,
    )


def tail(log):
    """The end of what the server wrote."""
    log.flush()
    log.seek(0)
    return log.read()[-3000:]
