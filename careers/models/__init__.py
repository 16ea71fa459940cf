"""A framework and the guide as rows.

Each version of a framework owns its rows; published ones are never written again. The
guide has no versions. Only `careers.store` turns rows into a spec and back, and
says which column holds which field.
"""

from careers.models.career import Career, CareerLevel, Requirement
from careers.models.framework import Framework, LeftOut, ProficiencyLevel, Source
from careers.models.guide import (
    Fact,
    Guide,
    GuideEntry,
    GuidePage,
    GuideQuestion,
    GuideSection,
    GuideSource,
    PayRange,
)
from careers.models.practice import (
    Certification,
    CertificationSupport,
    DevelopmentAction,
    InterviewQuestion,
)
from careers.models.skill import Skill, SkillGroup, SkillLevel, SkillPrerequisite

__all__ = [
    "Career",
    "CareerLevel",
    "Certification",
    "CertificationSupport",
    "DevelopmentAction",
    "Fact",
    "Framework",
    "Guide",
    "GuideEntry",
    "GuidePage",
    "GuideQuestion",
    "GuideSection",
    "GuideSource",
    "InterviewQuestion",
    "LeftOut",
    "PayRange",
    "ProficiencyLevel",
    "Requirement",
    "Skill",
    "SkillGroup",
    "SkillLevel",
    "SkillPrerequisite",
    "Source",
]
