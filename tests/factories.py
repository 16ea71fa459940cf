"""Plain functions that make what tests are about, through the front door."""

import secrets
from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from assessment.actions import record_ratings, start_assessment, submit_assessment
from assessment.answers import Answer
from assessment.measuring import targets
from assessment.models import Guest, digest_of
from assessment.sharing import create_share_link
from careers.files import load_files, parse_framework, shipped_folder
from careers.publishing import apply_import, plan_spec, publish_framework
from careers.shape import (
    Career,
    CareerLevel,
    Certification,
    CertificationSupport,
    DevelopmentAction,
    FrameworkSpec,
    InterviewQuestion,
    LeftOut,
    ProficiencyLevel,
    Requirement,
    Skill,
    SkillGroup,
    SkillLevel,
    SkillPrerequisite,
    Source,
)
from careers.store import live_frameworks

# Frameworks
# --------------------------------------------------------------------------------------

SCALE = ("Not yet", "Aware", "Guided", "Independent", "Leading", "Shaping")
HOURS = (5, 20, 40, 60, 80)
SKILLS = {  # key: (group, order, name)
    "planning": ("delivery", 1, "Planning"),
    "tooling": ("delivery", 2, "Tooling"),
    "testing": ("delivery", 3, "Testing"),
    "communication": ("people", 1, "Communication"),
    "leadership": ("people", 2, "Leadership"),
}
MUST_HAVES = {"planning", "communication"}
IMPORTANCE = (5, 3, 3, 4, 2)  # of the skills above, in their order
REQUIRED = {  # career level: what it asks of the skills above, in their order
    "junior-tpm": (2, 2, 1, 2, 0),
    "tpm": (3, 3, 2, 3, 2),
    "senior-tpm": (4, 3, 3, 4, 4),
    "cloud": (3, 4, 3, 3, 2),
    "coordinator": (2, 3, 2, 3, 1),
}


def make_framework(*, key=None, version="1.0", publish=True, **changes):
    """A framework with `small_spec(**changes)`, live or as the draft of its key.

    A published version before it is retired; a draft of its key is written over.
    """
    key = key or settings.FRAMEWORK_KEY
    spec = small_spec(key=key, version=version, **changes)
    return _imported(spec.in_order(), publish)


def make_shipped_framework(*, publish=True):
    """The framework that comes with the app: twenty skills, seven rungs."""
    return _imported(shipped_spec(), publish)


def shipped_files():
    """The files of the framework that comes with the app, as {relative name: text}."""
    return load_files(shipped_folder("technical-project-manager"))


@lru_cache(maxsize=1)
def shipped_spec():
    """The framework that comes with the app, read once."""
    return parse_framework(shipped_files()).spec


def _imported(spec, publish):
    draft = apply_import(plan_spec(spec))
    return publish_framework(framework=draft) if publish else draft


def small_spec(**changes):
    """Five skills in two groups, three rungs, one specialization, one related career."""
    spec = FrameworkSpec(
        key=settings.FRAMEWORK_KEY,
        version="1.0",
        title="Small ladder",
        language="en-US",
        attribution="Written for tests.",
        person="project manager",
        scale=tuple(_proficiency_level(*each) for each in enumerate(SCALE)),
        sources=(Source("guide", "The guide", "a shelf", "own words", "everything"),),
        leaves_out=(LeftOut("budget", "Budget", ("planning",), "It is planning."),),
        groups=(
            SkillGroup("delivery", "Delivery", "technical", "Getting work done."),
            SkillGroup("people", "People", "soft", "Working with others."),
        ),
        skills=tuple(_skill(key, *each) for key, each in SKILLS.items()),
        careers=(
            Career("ladder", 1, "Small ladder", "ladder", "Three rungs."),
            _career("cloud", "specialization", "Cloud"),
            _career("coordinator", "related", "Coordinator"),
        ),
        levels=(
            _level("junior-tpm", "Junior TPM", career="ladder", order=1),
            _level("tpm", "TPM", career="ladder", order=2),
            _level("senior-tpm", "Senior TPM", career="ladder", order=3),
            _level("cloud", "Cloud", career="cloud", order=1),
            _level("coordinator", "Coordinator", career="coordinator", order=1),
        ),
        certifications=(_certification(),),
    )
    return replace(spec, **changes)


def changed_skill(skill, **changes):
    """The small spec's skills with one of them changed, for `small_spec(skills=...)`."""
    return tuple(
        replace(each, **changes) if each.key == skill else each
        for each in small_spec().skills
    )


def _proficiency_level(value, name):
    return ProficiencyLevel(
        value, name, f"I stand at {value}.", "a task", "with help", "simple"
    )


def _skill(key, group, order, name):
    return Skill(
        key=key,
        group=group,
        order=order,
        name=name,
        description=f"{name} of technical work.",
        why_it_matters=f"{name} keeps a project going.",
        basis="guide",
        levels=tuple(
            _skill_level(name, value, hours)
            for value, hours in enumerate(HOURS, start=1)
        ),
        example=f"For example: your {name.lower()} helped a team. That counts as 2.",
        evidence_prompts=(f"When did {name.lower()} help?",),
        prerequisites=(SkillPrerequisite("communication", 2, 3),)
        if key == "leadership"
        else (),
        actions=tuple(_action(key, name, value) for value in range(5)),
        questions=(
            InterviewQuestion(
                key=f"{key}-tpm",
                career_level="tpm",
                probes_value=3,
                question=f"Tell me of {name.lower()}.",
                strong_answer="Names what came of it.",
                weak_answer="Names what one should do.",
            ),
        ),
    )


def _skill_level(name, value, hours):
    """At 4 with a case that counts and one that does not."""
    cases = {"counts": "You did it.", "does_not_count": "You saw it."}
    statement = f"I show {name.lower()} at level {value}."
    return SkillLevel(value, statement, hours, **(cases if value == 4 else {}))


def _action(key, name, value):
    """The last step of leadership has a first piece."""
    piece = {"head": "with-people", "first_piece": "Ask one person this week."}
    return DevelopmentAction(
        **(piece if (key, value) == ("leadership", 4) else {}),
        key=f"{key}-{value}-{value + 1}",
        from_value=value,
        to_value=value + 1,
        kind="on-the-job-practice",
        title=f"Practise {name.lower()} towards {value + 1}",
        description=f"Use {name.lower()} in one real piece of work.",
        hours=4,
        certifications=("capm",) if (key, value) == ("planning", 0) else (),
    )


def _career(key, kind, title):
    return Career(
        key, 1, title, kind, f"{title} work.", topics=(title,), base_level="tpm"
    )


def _level(key, title, *, career, order):
    asked = zip(SKILLS, REQUIRED[key], IMPORTANCE, strict=True)
    return CareerLevel(
        key=key,
        career=career,
        order=order,
        title=title,
        short_title=title,
        summary=f"{title} in one sentence.",
        years_min=order,
        years_max=order + 2,
        responsibilities=(f"What a {title} does.",),
        pay_median=60_000 + 20_000 * order,
        requirements=tuple(
            Requirement(skill, required, importance, must_have=skill in MUST_HAVES)
            for skill, required, importance in asked
        ),
    )


def _certification():
    return Certification(
        "capm",
        "CAPM",
        "PMI",
        "A course.",
        "looked-up",
        suits=("junior-tpm",),
        supports=(CertificationSupport("planning", 2),),
        checked="2026-11",
        where="example.org",
        sure="the issuer's page",
    )


# Assessments
# --------------------------------------------------------------------------------------


def optional_skills(spec, level):
    """Keys of the skills that are no must-haves there, nor carried from a lower rung."""
    asked = targets(spec)[level.key].requirements
    return [item.key for item in asked if not item.is_must_have]


def make_guest():
    """A guest, and a browser that holds its token."""
    token, now, client = secrets.token_urlsafe(32), timezone.now(), Client()
    guest = Guest.objects.create(
        token_digest=digest_of(token), created_at=now, last_seen=now
    )
    answer = HttpResponse()
    answer.set_signed_cookie(settings.GUEST_COOKIE_NAME, token)
    client.cookies.update(answer.cookies)
    return guest, client


def make_assessment(
    *,
    owner=None,
    guest=None,
    ratings=None,
    target="tpm",
    framework=None,
    based_on=None,
    submit=False,
):
    """An assessment with `ratings`, {skill key: value or Answer}, submitted if asked.

    Without `ratings` nothing is answered, or, to be submitted, everything with 2.
    """
    framework = framework or live_frameworks().get()
    assessment = start_assessment(
        owner=owner,
        guest=guest,
        framework=framework,
        target=framework.levels.get(key=target),
        based_on=based_on,
    )
    if ratings is None and submit:
        ratings = dict.fromkeys(framework.skills.values_list("key", flat=True), 2)
    answers = {
        key: said if isinstance(said, Answer) else Answer(value=said)
        for key, said in (ratings or {}).items()
    }
    record_ratings(assessment=assessment, ratings=answers)
    return submit_assessment(assessment=assessment) if submit else assessment


def make_share_link(assessment, *, label="My manager", days=30, **shown):
    """A live share link of a report, and the token of its address."""
    return create_share_link(assessment=assessment, label=label, days=days, **shown)
