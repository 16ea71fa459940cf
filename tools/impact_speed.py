"""Part of `make cost`: processor time of counting whom a draft moves, for 5,000 people.

`python -m tools.impact_speed 100000` counts as many as the promise is about.

From a scratch database with the shipped framework, a draft of it with edits of all kinds
of a requirement, and made-up people who rated themselves at random. Ends with 1 where
100,000 would take longer than promised.
"""

import random
import sys
import tempfile
import time
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.utils import timezone

from tools.cost import prepare
from tools.rig.crowd import say

PEOPLE, PROMISED_FOR, PROMISE = 5_000, 100_000, 60


def main():
    people = int(sys.argv[1]) if sys.argv[1:] else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        seconds = measure(people)
        connection.close()
    whole = seconds * PROMISED_FOR / people
    say(
        f"{people} people: {seconds:.2f} s; {PROMISED_FOR} would take {whole:.0f} s "
        f"(promise: {PROMISE} s)"
    )
    sys.exit(whole > PROMISE)


def measure(people):
    """Processor seconds of one count of everybody, from the first query on."""
    runs = import_module("assessment.impact_runs")
    draft = make_draft()
    make_people(draft.based_on, people)
    begun = time.process_time()
    versions = runs.Versions(draft)
    run = runs.start_run(versions)
    while not run.is_done:
        runs.count_slice(run, versions)
    return time.process_time() - begun


def make_draft():
    """Of the live version: one requirement, one must-have and three importances differ."""
    publishing = import_module("careers.publishing")
    live = apps.get_model("careers.Framework").objects.get(status="published")
    draft = publishing.start_draft(framework=live)
    rows = apps.get_model("careers.Requirement").objects
    rows = rows.filter(career_level__framework=draft)
    keys = list(draft.skills.values_list("key", flat=True)[:5])
    rows.filter(skill__key=keys[0], required__lt=5).update(required=5)
    rows.filter(skill__key=keys[1], required__gte=1).update(must_have=True)
    rows.filter(skill__key__in=keys[2:]).update(importance=2)
    return draft


def make_people(live, count):
    by_chance, now = random.Random(1), timezone.now()
    levels, skills = list(live.levels.all()), list(live.skills.all())
    users, assessments, ratings = (
        apps.get_model(name).objects
        for name in ("auth.User", "assessment.Assessment", "assessment.Rating")
    )
    kind = assessments.model
    people = users.bulk_create(
        users.model(username=f"person-{n}", email=f"person-{n}@example.org")
        for n in range(count)
    )
    made = assessments.bulk_create(
        kind(
            owner=person,
            framework=live,
            target=by_chance.choice(levels),
            status=kind.Status.SUBMITTED,
            started_at=now,
            changed_at=now,
            submitted_at=now,
            readiness_tenths=500,
            band="developing",
            scoring_version="2.0",
            range_low=40,
            range_high=60,
        )
        for person in people
    )
    for start in range(0, count, 500):
        ratings.bulk_create(
            ratings.model(
                assessment=each,
                skill=skill,
                value=by_chance.randint(1, 5),
                rated_at=now,
            )
            for each in made[start : start + 500]
            for skill in skills
        )


if __name__ == "__main__":
    main()
