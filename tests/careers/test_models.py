"""Every rule that the database itself holds for a framework, by the constraint's name."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.models import (
    Career,
    CareerLevel,
    Certification,
    CertificationSupport,
    DevelopmentAction,
    Framework,
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
from tests.careers.constraints import (
    again,
    constraints,
    guide_constraints,
    outside,
    refused_by,
    taken,
)
from tests.factories import make_framework

pytestmark = pytest.mark.django_db


def second_version(**values):
    """A second row of the key that the framework of the test has."""

    def offend():
        first = Framework.objects.get()
        Framework.objects.create(key=first.key, title="Second", **values)

    return offend


def needs_itself():
    row = SkillPrerequisite.objects.get()
    row.needs = row.skill
    row.save()


NOW = timezone.now()
OFFENCES = {
    "framework_version_once_per_key": [
        second_version(version="1.0", status="retired", digest="x", published_at=NOW)
    ],
    "framework_one_published_per_key": [
        second_version(version="2", status="published", digest="x", published_at=NOW)
    ],
    "framework_digest_iff_published": [
        outside(Framework, digest=""),
        outside(Framework, published_at=None),
        outside(Framework, status="draft"),
    ],
    "proficiency_level_once": [taken(ProficiencyLevel, "value")],
    "proficiency_level_on_scale": [outside(ProficiencyLevel, value=11)],
    "source_key_once": [again(Source)],
    "left_out_key_once": [again(LeftOut)],
    "skill_group_key_once": [taken(SkillGroup, "key")],
    "skill_key_once": [taken(Skill, "key")],
    "skill_level_once": [taken(SkillLevel, "value")],
    "skill_level_on_scale": [
        outside(SkillLevel, value=0),
        outside(SkillLevel, value=11),
    ],
    "skill_level_hours": [
        outside(SkillLevel, hours=0),
        outside(SkillLevel, hours=2001),
    ],
    "skill_prerequisite_once": [again(SkillPrerequisite)],
    "skill_prerequisite_not_itself": [needs_itself],
    "skill_prerequisite_min_on_scale": [
        outside(SkillPrerequisite, min_value=0),
        outside(SkillPrerequisite, min_value=11),
    ],
    "skill_prerequisite_from_on_scale": [
        outside(SkillPrerequisite, applies_from=0),
        outside(SkillPrerequisite, applies_from=11),
    ],
    "career_key_once": [taken(Career, "key")],
    "career_level_key_once": [taken(CareerLevel, "key")],
    "career_level_order_once": [taken(CareerLevel, "career", "order")],
    "career_level_ready_line": [
        outside(CareerLevel, ready_line=89),
        outside(CareerLevel, ready_line=101),
    ],
    "requirement_once": [taken(Requirement, "skill")],
    "requirement_required_on_scale": [outside(Requirement, required=11)],
    "requirement_importance": [
        outside(Requirement, importance=0),
        outside(Requirement, importance=6),
    ],
    "requirement_must_have_is_required": [
        outside(Requirement, must_have=True, required=0)
    ],
    "development_action_key_once": [taken(DevelopmentAction, "key")],
    "development_action_from": [outside(DevelopmentAction, from_value=10, to_value=11)],
    "development_action_one_step": [
        outside(DevelopmentAction, from_value=1, to_value=3),
        outside(DevelopmentAction, from_value=1, to_value=1),
    ],
    "development_action_hours": [
        outside(DevelopmentAction, hours=0),
        outside(DevelopmentAction, hours=2001),
    ],
    "interview_question_key_once": [taken(InterviewQuestion, "key")],
    "interview_question_on_scale": [
        outside(InterviewQuestion, probes_value=0),
        outside(InterviewQuestion, probes_value=11),
    ],
    "certification_key_once": [again(Certification)],
    "certification_support_once": [again(CertificationSupport)],
    "certification_support_on_scale": [
        outside(CertificationSupport, up_to=0),
        outside(CertificationSupport, up_to=11),
    ],
}
CASES = [(name, offence) for name, each in OFFENCES.items() for offence in each]


@pytest.mark.parametrize(("name", "offend"), CASES, ids=[name for name, _ in CASES])
def test_constraint_refuses_an_offence(framework, name, offend):
    assert refused_by(name, offend)


def test_second_draft_of_a_key_is_refused():
    make_framework(publish=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        second_version(version="2")()


def test_every_named_constraint_has_an_offence():
    assert constraints() - guide_constraints() - {"framework_one_draft_per_key"} == set(
        OFFENCES
    )


def test_one_draft_one_published_and_many_retired_versions_stand_together():
    for number in range(3):
        make_framework(version=f"1.{number}")
    make_framework(version="2", publish=False)
    make_framework(key="other", publish=False)

    statuses = Framework.objects.for_key("technical-project-manager")
    assert [each.status for each in statuses] == [
        "draft",
        "published",
        "retired",
        "retired",
    ]


def test_a_name_from_right_to_left_stands_apart_from_what_follows():
    framework = make_framework(title="سلّم", publish=False)
    framework.skills.filter(key="planning").update(name="تخطيط")
    skill = framework.skills.get(key="planning")
    rows = (
        framework,
        skill.levels.get(value=2),
        Requirement.objects.get(skill=skill, career_level__key="tpm"),
        CertificationSupport.objects.get(skill=skill),
    )

    assert [str(row) for row in rows] == [
        "\u2068سلّم\u2069 1.0 (draft)",
        "\u2068تخطيط\u2069 at 2",
        "TPM: \u2068تخطيط\u2069 3",
        "CAPM: \u2068تخطيط\u2069 up to 2",
    ]
