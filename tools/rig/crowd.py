"""Many guests at once, and what both rigs say of them."""

import argparse
import contextlib
import os
import platform
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from tools.rig.databases import find_postgres
from tools.rig.guest import Guest
from tools.rig.ledger import percentile

AT_ONCE = 8  # guests who come in
SHOWN = 5  # faults of a kind that are shown


def invite(server, count, pause, limit):
    """That many guests, each with a rating page before them; a few came in at once.

    All come by one connection; the count behind its limit lets nobody wait for long.
    """
    guests = [Guest(server.port, number, pause, limit) for number in range(count)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(Guest.arrive, guests))
    return guests


@contextlib.contextmanager
def all_rating(guests):
    """Guests rate, each in a thread, until the event that this gives, or the block's end.

    They are waited for; what one of them raises is raised here.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(len(guests)) as pool:
        futures = [pool.submit(guest.rate, stop) for guest in guests]
        try:
            yield stop
        finally:
            stop.set()
    for future in futures:
        future.result()


def errors_of(guests):
    """What the guests did not expect, in words."""
    errors = [error for guest in guests for error in guest.errors]
    return errors + [fault for guest in guests for fault in guest.ledger.faults]


# Words
# ------------------------------------------------------------------------------------


def say(text=""):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say_faults(faults):
    for fault in faults[:SHOWN]:
        say(f"    {fault[:400]}")
    if len(faults) > SHOWN:
        say(f"    and {len(faults) - SHOWN} more")


def times(samples, kind):
    """ "812 saves, 12 / 31 / 48 ms" at the shares 0.5, 0.95 and 0.99."""
    seconds = [sample.seconds for sample in samples if sample.kind == kind]
    if not seconds:
        return f"no {kind}"
    shares = [f"{percentile(seconds, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99)]
    return f"{len(seconds)} {kind}s, p50 / p95 / p99 {' / '.join(shares)} ms"


# Command line
# ------------------------------------------------------------------------------------


def arguments(description, **numbers):
    """--control, --database, and a whole number for each of `numbers` with its default."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--control",
        action="store_true",
        help="only the control, whose loss must be seen",
    )
    parser.add_argument(
        "--database", choices=["sqlite", "postgres", "both"], default="both"
    )
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def databases(chosen):
    """The address of a PostgreSQL server, "" for SQLite, for each to be used."""
    # Asked to end, a rig leaves through the blocks that end its server, too.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    say(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}"
    )
    if chosen != "postgres":
        yield ""
    if chosen != "sqlite":
        server = find_postgres()
        if server:
            yield server
        elif chosen == "postgres":
            sys.exit(
                "tpmguide: no PostgreSQL answers. DATABASE_URL_POSTGRES names one."
            )
        else:
            say("\nSkipped PostgreSQL: none answers. DATABASE_URL_POSTGRES names one.")
