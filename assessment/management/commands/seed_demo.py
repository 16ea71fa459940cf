"""A made-up person with three reports over a year, for trying and for screenshots."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from assessment.actions import save_answers, start_assessment, submit_assessment
from assessment.answers import Answer
from assessment.models import Assessment, Rating
from careers.store import live_frameworks, spec_of

EMAIL = "demo@example.org"
TARGET = "senior-tpm"
PASSWORD_LENGTH = 14

# Days ago, a name, and how far below the requirement each skill stood: one digit for
# every skill in framework order.
YEAR = (
    (350, "First look", "11121122122132222211"),
    (170, "After the spring release", "01110102211121111110"),
    (20, "Before the review", "00100001101010101010"),
)


class Command(BaseCommand):
    help = "Add a made-up person with three reports over a year (for development)."

    def handle(self, **options):
        framework = live_frameworks().first()
        if framework is None:
            raise CommandError(
                "No framework is published. Run: manage.py import_framework --publish"
            )
        if not framework.levels.filter(key=TARGET).exists():
            raise CommandError(f"The published framework has no level '{TARGET}'.")
        if get_user_model().objects.filter(email=EMAIL).exists():
            self.stdout.write(f"{EMAIL} is there already. Nothing was changed.")
            return
        password = get_random_string(PASSWORD_LENGTH)
        with transaction.atomic():
            self._make(framework, password)
        self.stdout.write(f"Sign in as {EMAIL} with the password {password}")

    def _make(self, framework, password):
        person = get_user_model().objects.create_user(EMAIL, EMAIL, password)
        EmailAddress.objects.create(
            user=person, email=EMAIL, primary=True, verified=True
        )
        earlier = None
        for days_ago, label, shortfalls in YEAR:
            earlier = _assess(framework, person, label, shortfalls, earlier)
            _move_back(earlier, timezone.now() - timedelta(days=days_ago))


def _assess(framework, person, label, shortfalls, earlier):
    assessment = start_assessment(
        owner=person,
        framework=framework,
        target=framework.levels.get(key=TARGET),
        based_on=earlier,
    )
    spec = spec_of(framework)
    level = spec.levels_by_key[TARGET]
    answers = {
        skill.key: _answer(skill, level.requirement(skill.key), int(shortfall))
        for skill, shortfall in zip(spec.skills, shortfalls, strict=False)
    }
    save_answers(assessment=assessment, answers=answers)
    Assessment.objects.filter(pk=assessment.pk).update(label=label)
    return submit_assessment(assessment=assessment)


def _answer(skill, requirement, shortfall):
    value = max(0, requirement.required - shortfall)
    note = f"An example of {skill.name.lower()} from the last project."
    return Answer(
        value=value,
        confidence="high" if requirement.must_have else "medium",
        note=note if requirement.must_have else "",
    )


def _move_back(assessment, moment):
    """Only made-up people have a past that the clock did not see."""
    Rating.objects.filter(assessment=assessment).update(rated_at=moment)
    Assessment.objects.filter(pk=assessment.pk).update(
        started_at=moment - timedelta(minutes=12),
        changed_at=moment,
        submitted_at=moment,
    )
