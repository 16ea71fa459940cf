"""Plan for the people of a file, to check the planner or to see what some hours bring."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assessment.answers import prerequisites_of, targets
from assessment.json_keys import doubled_key
from assessment.management.reading import BAD_INPUT, read_text
from assessment.planner import Planner
from careers.store import live_frameworks, spec_of
from scoring.inputs import Answer
from scoring.number import Insufficient, readiness_of


class Wish(BaseModel):
    """One line: a target, whole hours, and a level for each skill that is answered."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    target: str
    hours: int = Field(ge=0)
    ratings: dict[str, int | None]


class Command(BaseCommand):
    help = (
        "Read JSON lines of target, hours and ratings and print the best plan of each, "
        "against the live framework. docs/planning.md tells the form. Writes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="a file of JSON lines; - reads the input")

    def handle(self, *, file, **options):
        live = live_frameworks(settings.FRAMEWORK_KEY).first()
        if live is None:
            raise CommandError("No framework is live: publish one first.")
        spec = spec_of(live)
        # All lines are read before the first is planned: half an answer misleads.
        wishes = [
            _read_line(spec, number, line)
            for number, line in enumerate(read_text(file).splitlines(), start=1)
            if line.strip()
        ]
        for target, hours, answers in wishes:
            plan = _plan(target, hours, answers, prerequisites_of(spec))
            self.stdout.write(json.dumps(plan))


def _plan(target, hours, answers, prerequisites):
    """A line of the output; null where no number can be shown."""
    now = readiness_of(target, answers)
    if isinstance(now, Insufficient):
        return {
            "now_tenths": None,
            "readiness_tenths": None,
            "hours_used": 0,
            "levels": {},
            "ready_hours": None,
        }
    planner = Planner(target, answers, prerequisites)
    best, soonest = planner.best(hours), planner.soonest()
    return {
        "now_tenths": now.readiness_tenths,
        "readiness_tenths": best.after.readiness_tenths,
        "hours_used": best.hours,
        "levels": best.levels,
        "ready_hours": soonest.hours if soonest else None,
    }


def _read_line(spec, number, line):
    """A line as (target, hours, answers)."""
    try:
        wish = Wish.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(each) for each in first["loc"])
        problem = f"{place}: {first['msg']}" if place else first["msg"]
        cure = 'write {"target": …, "hours": …, "ratings": {…}} on one line'
        raise _bad(number, problem, cure) from error
    if doubled := doubled_key(line):
        *within, key = doubled
        place = "".join(f"{each}: " for each in within)
        raise _bad(number, f'{place}key "{key}" is written twice', "keep one of them")
    of = targets(spec)
    if wish.target not in of:
        raise _bad(
            number, f'target is "{wish.target}"', f"choose one of {', '.join(of)}"
        )
    unknown = sorted(set(wish.ratings) - set(spec.skills_by_key))
    if unknown:
        cure = "take its key from the framework"
        raise _bad(number, f'ratings: there is no skill "{unknown[0]}"', cure)
    target = of[wish.target]
    if all(item.hours is None for item in target.requirements):
        raise CommandError("The framework tells no hours, so there is nothing to plan.")
    answers = {key: Answer(rating) for key, rating in wish.ratings.items()}
    for key, rating in wish.ratings.items():
        if rating is not None and not target.lowest <= rating <= target.top:
            cure = f"give a whole number from {target.lowest} to {target.top}, or null"
            raise _bad(number, f"ratings.{key} is {rating}", cure)
    return target, wish.hours, answers


def _bad(number, problem, cure):
    return CommandError(f"line {number}: {problem}; {cure}.", returncode=BAD_INPUT)
