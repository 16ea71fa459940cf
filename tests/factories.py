"""Plain functions that make what tests are about, through the front door."""

import secrets
from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from assessment.actions import save_answers, start_assessment, submit_assessment
from assessment.answers import Answer, answers_of, targets
from assessment.models import Guest
from assessment.models import digest_of as digest_of_token
from assessment.plans import add_steps, start_plan, step_of, write_entry
from assessment.sharing import create_share_link
from careers.files import digest_of, load_files, parse_framework, shipped_folder
from careers.models import Framework
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
from careers.store import (
    FRAMEWORK_FIELDS,
    TABLES,
    live_frameworks,
    load,
    rows_of,
    spec_of,
    write_rows,
)

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
IN_SMALL_FRAMEWORK = {  # what addresses name of it, and of "another-ladder"
    "group": "delivery",
    "skill": "planning",
    "level": "senior-tpm",
    "specialization": "cloud",
    "related": "coordinator",
    "framework": "another-ladder",
    "level_of_framework": "tpm",
    "skill_of_framework": "planning",
    "specialization_of_framework": "cloud",
    "related_of_framework": "coordinator",
}


def make_framework(*, key=None, version="1.0", publish=True, **changes):
    """A framework with `small_spec(**changes)`, live or as the draft of its key.

    A published version before it is retired; a draft of its key is written over.
    """
    key = key or settings.FRAMEWORK_KEY
    if not changes:
        return _imported(*_small(key, version), publish)
    spec = small_spec(key=key, version=version, **changes).in_order()
    return _imported(spec, digest_of(spec), publish)


def make_with_planning_as(*skills, version="1.1", publish=True):
    """The small framework with these skills, (key, keys that it replaces), for planning.

    What they replace goes; each is required as planning was.
    """
    first, *rest = small_spec().skills
    new = tuple(
        first.replaced(
            key=key,
            name=key.title(),
            order=n,
            replaces=replaces,
            actions=(),
            questions=(),
        )
        for n, (key, replaces) in enumerate(skills, 10)
    )
    gone = {"planning", *(old for _, replaces in skills for old in replaces)}
    levels = tuple(
        level.replaced(
            requirements=(
                *(each for each in level.requirements if each.skill not in gone),
                *(
                    level.requirement("planning").replaced(skill=key)
                    for key, _ in skills
                ),
            )
        )
        for level in small_spec().levels
    )
    return make_framework(
        version=version,
        publish=publish,
        skills=(*new, *(each for each in rest if each.key not in gone)),
        levels=levels,
        leaves_out=(),
        certifications=(),
    )


def make_shipped_framework(*, publish=True):
    """The framework that comes with the app: twenty skills, seven rungs."""
    return _imported(shipped_spec(), _shipped_digest(), publish)


def shipped_files():
    """The files of the framework that comes with the app, as {relative name: text}."""
    return load_files(shipped_folder("technical-project-manager"))


@lru_cache(maxsize=1)
def shipped_spec():
    """The framework that comes with the app, read once."""
    return parse_framework(shipped_files()).spec


@lru_cache(maxsize=1)
def _shipped_digest():
    return digest_of(shipped_spec())


def _imported(spec, said, publish):
    """The draft, or the live version: one that this run has published is written again.

    `said` is the digest of the spec.
    """
    if not publish:
        return apply_import(plan_spec(spec))
    versions = Framework.objects.for_key(spec.key)
    is_new = not versions.filter(Q(status="draft") | Q(version=spec.version)).exists()
    if said in published and is_new:
        framework = _written_again(spec, published[said], versions.published())
    else:
        framework = publish_framework(framework=apply_import(plan_spec(spec)))
        published[said] = framework.digest
    load(framework.digest)  # kept from test to test, so before any changes the rows
    return framework


published = {}  # {digest of a spec: digest of its rows}, of those that the rules have passed


def _written_again(spec, digest, live):
    """The rows that publishing a spec leaves, without asking again what was asked once."""
    own = {name: getattr(spec, name) for name in FRAMEWORK_FIELDS}
    before = live.first()
    live.update(status=Framework.Status.RETIRED)
    framework = Framework.objects.create(
        **own,
        status=Framework.Status.PUBLISHED,
        based_on=before,
        digest=digest,
        published_at=timezone.now(),
    )
    write_parts(TABLES, framework, spec, digest)
    return framework


ROOM = 1_000_000  # pks for each whole that is kept; far from those that rows get
kept = {}  # {digest: what `_statements` makes of the parts}


def write_parts(tables, whole, spec, digest):
    """Writes the parts of a framework or a guide; from the second time on without models.

    Django's `bulk_create` of them took a twelfth of the time of all tests.
    """
    if digest not in kept:
        write_rows(tables, whole, spec)
        kept[digest] = _statements(tables, whole, ROOM * (len(kept) + 1))
        return
    with connection.cursor() as cursor:
        for sql, place, rows in kept[digest]:
            if place is not None:
                rows = [(*row[:place], whole.pk, *row[place + 1 :]) for row in rows]
            cursor.executemany(sql, rows)


def _statements(tables, whole, first_pk):
    """(SQL, the place of the pk of the whole in a row, rows) for the parts of each table."""
    pks, statements = {type(whole): {whole.pk: None}}, []
    for table in tables:
        fields = table.model._meta.concrete_fields
        found = rows_of(table, whole).order_by("pk")
        numbers = {row.pk: pk for pk, row in enumerate(found, first_pk)}
        pks[table.model] = numbers
        rows = [
            tuple(
                pks[field.related_model].get(getattr(row, field.attname))
                if field.is_relation
                else numbers[row.pk]
                if field.primary_key
                else field.get_db_prep_save(getattr(row, field.attname), connection)
                for field in fields
            )
            for row in found
        ]
        of_whole = [field.related_model is type(whole) for field in fields]
        columns = ", ".join(connection.ops.quote_name(each.column) for each in fields)
        values = ", ".join(["%s"] * len(fields))
        name = connection.ops.quote_name(table.model._meta.db_table)
        sql = f"INSERT INTO {name} ({columns}) VALUES ({values})"
        statements.append((sql, of_whole.index(True) if any(of_whole) else None, rows))
    return statements


def small_spec(**changes):
    """Five skills in two groups, three rungs, one specialization, one related career."""
    return _five_skills(settings.FRAMEWORK_KEY).replaced(**changes)


@lru_cache
def _small(key, version):
    """The small framework in order, and its digest."""
    spec = small_spec(key=key, version=version).in_order()
    return spec, digest_of(spec)


@lru_cache
def _five_skills(key):
    return FrameworkSpec(
        key=key,
        version="1.0",
        title="Small ladder",
        language="en-US",
        attribution="Written for tests.",
        person="project manager",
        scale=tuple(_proficiency_level(*each) for each in enumerate(SCALE)),
        sources=(
            Source(
                key="guide",
                title="The guide",
                where="a shelf",
                licence="own words",
                use="everything",
            ),
        ),
        leaves_out=(
            LeftOut(
                key="budget",
                topic="Budget",
                folded_into=("planning",),
                why="It is planning.",
            ),
        ),
        groups=(
            SkillGroup(
                key="delivery",
                name="Delivery",
                kind="technical",
                description="Getting work done.",
            ),
            SkillGroup(
                key="people",
                name="People",
                kind="soft",
                description="Working with others.",
            ),
        ),
        skills=tuple(_skill(key, *each) for key, each in SKILLS.items()),
        careers=(
            Career(
                key="ladder",
                order=1,
                title="Small ladder",
                kind="ladder",
                summary="Three rungs.",
            ),
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


def changed_skill(skill, **changes):
    """The small spec's skills with one of them changed, for `small_spec(skills=...)`."""
    return tuple(
        each.replaced(**changes) if each.key == skill else each
        for each in small_spec().skills
    )


def changed_level(level, **changes):
    """The small spec's levels with one of them changed, for `small_spec(levels=...)`."""
    return tuple(
        each.replaced(**changes) if each.key == level else each
        for each in small_spec().levels
    )


def required(**levels):
    """Requirements of the small spec's skills: {skill: (required, importance, must-have)}."""
    names = ("required", "importance", "must_have")
    return tuple(
        Requirement(skill=skill, **dict(zip(names, each, strict=False)))
        for skill, each in levels.items()
    )


def _proficiency_level(value, name):
    return ProficiencyLevel(
        value=value,
        name=name,
        definition=f"I stand at {value}.",
        scope="a task",
        autonomy="with help",
        complexity="simple",
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
        prerequisites=(
            SkillPrerequisite(skill="communication", min_value=2, applies_from=3),
        )
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
    return SkillLevel(
        value=value, statement=statement, hours=hours, **(cases if value == 4 else {})
    )


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
        key=key,
        order=1,
        title=title,
        kind=kind,
        summary=f"{title} work.",
        topics=(title,),
        base_level="tpm",
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
            Requirement(
                skill=skill,
                required=required,
                importance=importance,
                must_have=skill in MUST_HAVES,
            )
            for skill, required, importance in asked
        ),
    )


def _certification():
    return Certification(
        key="capm",
        name="CAPM",
        issuer="PMI",
        entry="A course.",
        verification="looked-up",
        suits=("junior-tpm",),
        supports=(CertificationSupport(skill="planning", up_to=2),),
        checked="2026-11",
        where="example.org",
        sure="the issuer's page",
    )


# Assessments
# --------------------------------------------------------------------------------------

# Of the small framework: what somebody answered at first, and later on.
EARLIER = {"planning": 2, "tooling": 2, "testing": 1, "communication": 1}
RATINGS = {
    "planning": Answer(value=3, confidence="high", note="The move of the archive."),
    "tooling": Answer(value=2, confidence="low"),
    "testing": Answer(not_applicable=True, reason="Others test."),
    "communication": Answer(value=2),
    "leadership": Answer(value=4),
}


def optional_skills(spec, level):
    """Keys of the skills that are no must-haves there, nor carried from a lower rung."""
    asked = targets(spec)[level.key].requirements
    return [item.key for item in asked if not item.is_must_have]


def make_guest():
    """A guest, and a browser that holds its token."""
    token, now, client = secrets.token_urlsafe(32), timezone.now(), Client()
    guest = Guest.objects.create(
        token_digest=digest_of_token(token), created_at=now, last_seen=now
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
    corrects=None,
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
        corrects=corrects,
    )
    if ratings is None and submit:
        ratings = dict.fromkeys(framework.skills.values_list("key", flat=True), 2)
    answers = {
        key: said if isinstance(said, Answer) else Answer(value=said)
        for key, said in (ratings or {}).items()
    }
    if corrects:  # whose answers are stored already
        stored = answers_of(assessment)
        answers = {
            key: replace(each, revision=stored[key].revision)
            for key, each in answers.items()
        }
    save_answers(assessment=assessment, answers=answers)
    if not submit:
        return assessment
    submit_assessment(assessment=assessment)
    assessment.refresh_from_db(fields=["counts_at"])
    return assessment


def make_share_link(assessment, *, label="My manager", days=30, **shown):
    """A live share link of a report, and the token of its address."""
    return create_share_link(assessment=assessment, label=label, days=days, **shown)


def make_entry(item, *, text="Found two shared risks.", day=None, **more):
    """A line of the journal about an item of a plan."""
    return write_entry(
        owner=item.plan.owner,
        day=day or timezone.localdate(),
        text=text,
        framework_key=item.plan.framework_key,
        skill_key=item.skill_key,
        skill_name=item.skill_name,
        item=item,
        **more,
    )


def make_plan(owner, *steps, framework=None, target="tpm", **time):
    """A plan with an item for each step, (skill key, value) or (skill key, value, title)."""
    spec = spec_of(framework or live_frameworks().get())
    plan = start_plan(owner=owner, spec=spec, level=spec.levels_by_key[target], **time)
    made = []
    for key, value, *title in steps:
        skill = spec.skills_by_key[key]
        actions = () if title else skill.actions_of_step(value - 1)
        step = step_of(spec, skill, value, next(iter(actions), None))
        made.append(replace(step, title=title[0]) if title else step)
    add_steps(plan=plan, steps=made)
    return plan
