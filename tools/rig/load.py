"""`make load`: fifty guests rate at once for a minute; then the database is compared.

Ends with 1 on any error, on any difference, or if the control was not found out.
"""

import sys
import time
from dataclasses import dataclass

from tools.rig.crowd import (
    all_rating,
    arguments,
    databases,
    errors_of,
    invite,
    say,
    say_faults,
    times,
)
from tools.rig.databases import HEALTHY
from tools.rig.ledger import Comparison, compare
from tools.rig.server import installation

PAUSE = 1000  # milliseconds between two changes; people take ten times as long
LIMIT = 1000  # saves of one guest
CONTROL_SECONDS, CONTROL_GUESTS = 5, 10


@dataclass
class Minute:
    """What the guests saw while all of them rated, and what is stored afterwards."""

    seconds: float
    samples: list
    acknowledged: int
    errors: list[str]
    server_cpu: float | None
    rig_cpu: float
    comparison: Comparison
    integrity: str

    @property
    def is_good(self):
        faults = [*self.errors, *self.comparison.faults]
        return not faults and self.integrity in HEALTHY


def main():
    asked = arguments(__doc__.partition("\n")[0], seconds=60, guests=50, pause=PAUSE)
    good = True
    for postgres in databases(asked.database):
        if not asked.control:
            minute = measure(postgres, asked.guests, asked.seconds, asked.pause)
            good &= minute.is_good
        minute = measure(postgres, CONTROL_GUESTS, CONTROL_SECONDS, PAUSE, "forgetful")
        good &= say_control(minute)
    sys.exit(not good)


def measure(postgres, count, seconds, pause=PAUSE, control=""):
    """Loads a fresh installation, says what came of it and returns it as a Minute.

    `pause` is in milliseconds, from half of it to half as much again.
    """
    with installation(postgres, control) as (server, database):
        server.start()
        guests = invite(server, count, (pause * 0.0005, pause * 0.0015), LIMIT)
        arrival = len(samples_of(guests))
        cpu, own_cpu, begun = (
            server.cpu_seconds(),
            time.process_time(),
            time.monotonic(),
        )
        with all_rating(guests):
            time.sleep(seconds)
        lasted = time.monotonic() - begun
        minute = Minute(
            seconds=lasted,
            samples=samples_of(guests)[arrival:],
            acknowledged=sum(guest.ledger.acknowledgements for guest in guests),
            errors=errors_of(guests),
            server_cpu=None if cpu is None else server.cpu_seconds() - cpu,
            rig_cpu=time.process_time() - own_cpu,
            comparison=compare([guest.ledger for guest in guests], database.ratings()),
            integrity=database.integrity(),
        )
        say(f"\n{database.name}, {count} guests{', control' if control else ''}")
    if not control:
        say_minute(minute, arrival)
    return minute


def samples_of(guests):
    """All requests in the order in which they were begun."""
    samples = [sample for guest in guests for sample in guest.browser.samples]
    return sorted(samples, key=lambda sample: sample.begun)


def say_minute(minute, arrival):
    rate = minute.acknowledged / minute.seconds
    say(
        f"  requests      {len(minute.samples)} in {minute.seconds:.1f} s, {arrival} before"
    )
    say(f"  errors        {len(minute.errors)}")
    say_faults(minute.errors)
    say(f"  acknowledged  {minute.acknowledged} saves, {rate:.1f} a second")
    say(f"  saves         {times(minute.samples, 'save')}")
    say(f"  pages         {times(minute.samples, 'page')}")
    if minute.server_cpu is not None:
        share = minute.server_cpu / minute.seconds
        each = minute.server_cpu / max(1, len(minute.samples)) * 1000
        say(f"  server CPU    {share:.0%} of a core, {each:.1f} ms a request")
    say(f"  rig CPU       {minute.rig_cpu / minute.seconds:.0%} of a core")
    say(f"  stored        {minute.comparison}; integrity {minute.integrity}")
    say_faults(minute.comparison.faults)


def say_control(minute):
    """Whether a server that forgets every 20th save was found out."""
    found = len(minute.comparison.faults) + len(minute.errors)
    say(f"  forgetful     {minute.acknowledged} acknowledged; {minute.comparison}")
    if not found:
        say("  The rig did not see it: the figures above count as not measured.")
    return bool(found)


if __name__ == "__main__":
    main()
