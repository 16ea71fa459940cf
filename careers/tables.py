"""Which row holds which part of a framework: the one table between spec and models."""

import dataclasses
import typing
from dataclasses import dataclass, field
from functools import cached_property

from careers import models, spec
from careers.spec_tree import PARTS_WITHIN


@dataclass(frozen=True)
class Table:
    """How the parts of one kind are kept.

    `parent` is the column with the row that holds the part. `links` names, for each field
    that holds a key, the column and the section where that key lives. `placed` parts keep
    the owner's order in the column `order`; the others have an order of their own.
    """

    part: type
    model: type
    parent: str = "framework"
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    placed: bool = False

    @cached_property
    def fields(self):
        """The names of the part's own fields, without the parts within it."""
        within = PARTS_WITHIN.get(self.part, {})
        return [f.name for f in dataclasses.fields(self.part) if f.name not in within]

    @cached_property
    def lists(self):
        """Those of the fields that hold several texts; their column has one a line."""
        hints = typing.get_type_hints(self.part)
        return {name for name in self.fields if hints[name] == tuple[str, ...]}

    @cached_property
    def path_to_framework(self):
        """How a query of the rows names their framework."""
        names = {column.name for column in self.model._meta.fields}
        return "framework" if "framework" in names else f"{self.parent}__framework"


SKILL = {"skill": ("skill", "skills")}

# A part comes after the part that holds it and after what it is linked to.
TABLES = [
    Table(spec.ProficiencyLevel, models.ProficiencyLevel),
    Table(spec.Source, models.Source, placed=True),
    Table(spec.LeftOut, models.LeftOut, placed=True),
    Table(spec.SkillGroup, models.SkillGroup, placed=True),
    Table(spec.Skill, models.Skill, links={"group": ("group", "groups")}),
    Table(spec.SkillLevel, models.SkillLevel, parent="skill"),
    Table(
        spec.SkillPrerequisite,
        models.SkillPrerequisite,
        parent="skill",
        links={"skill": ("needs", "skills")},
    ),
    Table(spec.Career, models.Career),
    Table(
        spec.CareerLevel, models.CareerLevel, links={"career": ("career", "careers")}
    ),
    Table(spec.Requirement, models.Requirement, parent="career_level", links=SKILL),
    Table(
        spec.DevelopmentAction, models.DevelopmentAction, parent="skill", placed=True
    ),
    Table(
        spec.InterviewQuestion,
        models.InterviewQuestion,
        parent="skill",
        links={"career_level": ("career_level", "levels")},
        placed=True,
    ),
    Table(spec.Certification, models.Certification, placed=True),
    Table(
        spec.CertificationSupport,
        models.CertificationSupport,
        parent="certification",
        links=SKILL,
    ),
]

FRAMEWORK_FIELDS = ("key", "version", "title", "language", "attribution", "notes")
