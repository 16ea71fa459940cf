"""Which row holds which part of a framework or a guide: all that joins spec and models."""

import typing
from dataclasses import dataclass, field
from functools import cached_property

from careers import guide_spec, models, spec
from careers.spec_tree import own_fields


@dataclass(frozen=True)
class Table:
    """How the parts of one kind are kept.

    `parent` is the column with the row that holds the part. `links` names, for each field
    that holds a key, the column and the section where that key lives. `placed` parts keep
    the owner's order in the column `order`; the others have an order of their own. `path`
    says how a query names what holds them all, where that is not the framework.
    """

    part: type
    model: type
    parent: str = "framework"
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    placed: bool = False
    path: str = ""

    @cached_property
    def fields(self):
        return own_fields(self.part)

    @cached_property
    def lists(self):
        """Those of the fields that hold several texts; their column has one a line."""
        hints = typing.get_type_hints(self.part)
        return {name for name in self.fields if hints[name] == tuple[str, ...]}

    @cached_property
    def path_to_whole(self):
        """How a query of the rows names the framework or the guide that holds them."""
        names = {column.name for column in self.model._meta.fields}
        own = "framework" if "framework" in names else f"{self.parent}__framework"
        return self.path or own


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

FROM_SOURCE = {"source": ("source", "sources")}

GUIDE_TABLES = [
    Table(
        guide_spec.GuideSource,
        models.GuideSource,
        parent="guide",
        placed=True,
        path="guide",
    ),
    Table(guide_spec.GuidePage, models.GuidePage, parent="guide", path="guide"),
    Table(
        guide_spec.GuideSection,
        models.GuideSection,
        parent="page",
        placed=True,
        path="page__guide",
    ),
    Table(
        guide_spec.Fact,
        models.Fact,
        parent="section",
        links=FROM_SOURCE,
        placed=True,
        path="section__page__guide",
    ),
    Table(
        guide_spec.GuideEntry,
        models.GuideEntry,
        parent="section",
        placed=True,
        path="section__page__guide",
    ),
    Table(
        guide_spec.PayRange,
        models.PayRange,
        parent="guide",
        links=FROM_SOURCE,
        placed=True,
        path="guide",
    ),
    Table(
        guide_spec.GuideQuestion,
        models.GuideQuestion,
        parent="guide",
        placed=True,
        path="guide",
    ),
]
