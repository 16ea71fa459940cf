"""`make pdf-load`: ten guests rate alone, then beside four people who fetch PDFs.

Ends with 1 where a save beside PDFs takes more than three times as long, on any error, or
if the control was not found out.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

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
from tools.rig.ledger import percentile
from tools.rig.reader import Reader
from tools.rig.server import installation

PROMISE = 3  # times the median alone
PAUSE = (0.5, 1.5)  # seconds between two changes
LIMIT = 10_000  # saves of one guest
ALONE, BESIDE = "alone", "beside"


@dataclass
class Rounds:
    """The saves of all rounds, alone and beside PDFs, and what became of the PDFs."""

    saves: dict = field(default_factory=lambda: {ALONE: [], BESIDE: []})
    made: int = 0
    refused: int = 0
    errors: list[str] = field(default_factory=list)

    def ratio(self, share):
        beside, alone = (
            percentile([save.seconds for save in self.saves[name]], share)
            for name in (BESIDE, ALONE)
        )
        return beside / alone

    @property
    def keeps_promise(self):
        return self.ratio(0.5) <= PROMISE

    @property
    def is_good(self):
        return self.keeps_promise and self.made > 0 and not self.errors


def main():
    asked = arguments(
        __doc__.partition("\n")[0], rounds=3, seconds=20, guests=10, readers=4
    )
    sizes = asked.guests, asked.readers
    good = True
    for postgres in databases(asked.database):
        if not asked.control:
            good &= measure(postgres, *sizes, asked.rounds, asked.seconds).is_good
        control = measure(postgres, *sizes, 1, asked.seconds, "in_request")
        good &= say_control(control)
    sys.exit(not good)


def measure(postgres, guests, readers, rounds, seconds, control=""):
    """Measures a fresh installation, says what came of it and returns it as Rounds.

    Alone and beside take turns, so that what else the machine does meets both.
    """
    found = Rounds()
    with installation(postgres, control) as (server, database):
        server.start()
        raters = invite(server, guests, PAUSE, LIMIT)
        people = [Reader(server.port, number) for number in range(readers)]
        for reader in people:
            reader.arrive()
        for _ in range(rounds):
            found.saves[ALONE] += saves_of(raters, [], seconds)
            found.saves[BESIDE] += saves_of(raters, people, seconds)
        say(f"\n{database.name}, {guests} guests{', control' if control else ''}")
    found.made = sum(reader.made for reader in people)
    found.refused = sum(reader.refused for reader in people)
    found.errors = errors_of(raters) + [e for each in people for e in each.errors]
    say_rounds(found)
    return found


def saves_of(raters, readers, seconds):
    """The saves of the raters in a time in which the readers fetch PDFs."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(max(1, len(readers))) as pool:
        with all_rating(raters) as stop:
            futures = [pool.submit(reader.read, stop) for reader in readers]
            time.sleep(seconds)
        for future in futures:
            future.result()
    return [
        sample
        for rater in raters
        for sample in rater.browser.samples
        if sample.kind == "save" and sample.begun >= begun
    ]


def say_rounds(found):
    for name, saves in found.saves.items():
        say(f"  {name:13} {times(saves, 'save')}")
    say(
        f"  ratio         {found.ratio(0.5):.2f} of medians (at most {PROMISE}), "
        f"{found.ratio(0.95):.2f} of p95"
    )
    say(f"  PDFs          {found.made} made, {found.refused} times told to try again")
    say(f"  errors        {len(found.errors)}")
    say_faults(found.errors)


def say_control(found):
    """Whether a server that makes PDFs in the request was found out."""
    if found.keeps_promise:
        say("  The rig did not see it: the figures above count as not measured.")
    return not found.keeps_promise


if __name__ == "__main__":
    main()
