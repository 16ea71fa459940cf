"""`make crash`: kill -9 under load, again and again; no acknowledged rating may be missing.

Ends with 1 on a loss, on any error before the kill, or if the control was not found out.
"""

import random
import sys
import time
from dataclasses import dataclass, field

from tools.rig.crowd import (
    all_rating,
    arguments,
    databases,
    errors_of,
    invite,
    say,
    say_faults,
)
from tools.rig.databases import HEALTHY
from tools.rig.ledger import compare
from tools.rig.server import installation

PAUSE = (0.05, 0.4)  # seconds between two changes: hurried, so that a kill hits many
LIMIT = 5000  # saves of one guest
EARLIEST = 0.5  # share of a round after which the kill may come
CONTROL_ROUNDS = 1


@dataclass
class Story:
    """What became of all rounds on one database."""

    acknowledged: int = 0
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)  # wrong in the database
    errors: list[str] = field(default_factory=list)  # wrong before a kill
    returns: list[float] = field(
        default_factory=list
    )  # seconds from start to first 200

    @property
    def is_good(self):
        return self.acknowledged > 0 and not self.faults and not self.errors


def main():
    asked = arguments(__doc__.partition("\n")[0], rounds=5, seconds=8, guests=32)
    good = True
    for postgres in databases(asked.database):
        if not asked.control:
            story = crash(postgres, asked.guests, asked.rounds, asked.seconds)
            good &= say_story(story)
        story = crash(postgres, asked.guests, CONTROL_ROUNDS, asked.seconds, "late")
        good &= say_control(story)
    sys.exit(not good)


def crash(postgres, count, rounds, seconds, control=""):
    """Kills a fresh installation `rounds` times under load; returns the Story.

    After each return, before anybody goes on, the database is compared with what was
    acknowledged. Then each guest first sends again what had no answer.
    """
    with installation(postgres, control) as (server, database):
        say(f"\n{database.name}, {count} guests{', control' if control else ''}")
        return story_of(server, database, server.kill, count, rounds, seconds)


def story_of(server, database, kill, count, rounds, seconds):
    """`kill` ends the server, and whatever else is to end, at once; returns the Story."""
    story = Story()
    server.start()
    guests = invite(server, count, PAUSE, LIMIT)
    for number in range(rounds):
        before = story.acknowledged
        rate_and_kill(kill, guests, seconds)
        story.returns.append(server.start())
        comparison = compare([g.ledger for g in guests], database.ratings())
        integrity = database.integrity()
        story.acknowledged = sum(g.ledger.acknowledgements for g in guests)
        unanswered = sum(g.unsaved is not None for g in guests)
        story.unanswered += unanswered
        story.faults += comparison.faults
        if integrity not in HEALTHY:
            story.faults.append(integrity)
        say(
            f"  kill {number + 1}: {story.acknowledged - before} acknowledged, "
            f"{unanswered} unanswered, back in {story.returns[-1]:.1f} s; "
            f"{comparison}; integrity {integrity}"
        )
    story.errors = errors_of(guests)
    return story


def rate_and_kill(kill, guests, seconds):
    """Guests rate until the server dies somewhere in the later half of the round."""
    with all_rating(guests) as stop:
        time.sleep(seconds * random.uniform(EARLIEST, 1))
        stop.set()  # from here on nobody wonders about an answer that does not come
        kill()


def say_story(story):
    say(
        f"  acknowledged  {story.acknowledged}, and {story.unanswered} without an answer"
    )
    say(f"  lost or wrong {len(story.faults)}")
    say_faults(story.faults)
    say(f"  errors        {len(story.errors)}")
    say_faults(story.errors)
    returns = sorted(story.returns)
    median = returns[len(returns) // 2]
    say(f"  first 200     {median:.1f} s median, {returns[-1]:.1f} s worst")
    return story.is_good


def say_control(story, fault="late"):
    """Whether a server that acknowledges before it stores was found out."""
    say(
        f"  {fault:<13} {story.acknowledged} acknowledged; "
        f"{len(story.faults)} cards lost or wrong"
    )
    if not story.faults:
        say("  The rig did not see it: the rounds above count as not run.")
    return bool(story.faults)


if __name__ == "__main__":
    main()
