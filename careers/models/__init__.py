"""A framework as rows. Each version owns its rows; published ones are never written again.

Only `careers.catalogue` and `careers.importing` turn rows into a spec and back, and
`careers.tables` says which column holds which field.
"""

from careers.models.career import Career, CareerLevel, Requirement
from careers.models.framework import Framework, LeftOut, ProficiencyLevel, Source
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
    "Framework",
    "InterviewQuestion",
    "LeftOut",
    "ProficiencyLevel",
    "Requirement",
    "Skill",
    "SkillGroup",
    "SkillLevel",
    "SkillPrerequisite",
    "Source",
]
