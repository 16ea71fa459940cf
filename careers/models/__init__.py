"""A framework and the guide as rows.

Each version of a framework owns its rows; published ones are never written again. The
guide has no versions. Only `careers.store` turns rows into a spec and back, and
says which column holds which field.
"""

from careers.models.framework import (
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
from careers.models.unclear import UnclearStatement
