"""Texts that may be left out since 0011 stand in no file and no digest when empty.

The form of a framework as it was then stands here once more, so that later changes of
`careers.shape` cannot change what this does.
"""

import hashlib
import json

from django.db import migrations

OF_FRAMEWORK = ("key", "version", "title", "language")  # the others may be left out
OF_FRAMEWORK_LEFT_OUT = ("attribution", "person", "certification_rule", "notes")
KINDS = ("ladder", "specialization", "related")
LISTS = {  # columns with one text a line
    *("certifications", "evidence_prompts", "focus_areas", "folded_into", "replaces"),
    *("responsibilities", "suits", "topics"),
}
NEVER_LEFT_OUT = {"folded_into", "order", "verification"}
ORDERED = {"skill", "career", "careerlevel"}  # their order is a field of theirs


def rewrite_digests(apps, schema_editor):
    frameworks = apps.get_model("careers", "Framework").objects
    for framework in frameworks.exclude(digest=""):
        document = document_of(apps, framework)
        text = json.dumps(document, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(text.encode("ascii")).hexdigest()
        frameworks.filter(pk=framework.pk).update(digest=digest)


def document_of(apps, framework):
    """What a file of the framework holds; what is empty or has its default is left out."""

    def rows(name, *order, **holder):
        found = apps.get_model("careers", name).objects.filter(**holder)
        return found.order_by(*(order or ("order", "pk")))

    def parts(name, **holder):
        return [part_of(row) for row in rows(name, **holder)]

    def by_skill(name, column="skill", **holder):
        """{key of the skill in a column: what the row says of it}."""
        found = rows(name, "pk", **holder).select_related(column)
        return {getattr(row, column).key: part_of(row) for row in found}

    whole = {"framework": framework}
    skills = [
        part_of(
            skill,
            group=skill.group.key,
            levels={
                row.value: part_of(row, "value")
                for row in rows("SkillLevel", "pk", skill=skill)
            },
            prerequisites=by_skill("SkillPrerequisite", "needs", skill=skill),
            actions=parts("DevelopmentAction", skill=skill),
            questions=[
                part_of(row, career_level=row.career_level.key)
                for row in rows("InterviewQuestion", skill=skill)
            ],
        )
        for skill in rows("Skill", "group__order", "group", "order", "key", **whole)
    ]
    careers = list(rows("Career", "order", "key", **whole))
    careers.sort(key=lambda career: KINDS.index(career.kind))
    levels = [
        part_of(
            level,
            career=career.key,
            requirements=by_skill("Requirement", career_level=level),
        )
        for career in careers
        for level in rows("CareerLevel", "order", "key", career=career)
    ]
    places = {level["key"]: place for place, level in enumerate(levels)}
    certifications = [
        part_of(row, supports=by_skill("CertificationSupport", certification=row))
        for row in rows("Certification", **whole)
    ]
    for each in certifications:
        each.get("suits", []).sort(key=lambda key: (places.get(key, len(places)), key))
    document = {name: getattr(framework, name) for name in OF_FRAMEWORK}
    may_be_empty = {name: getattr(framework, name) for name in OF_FRAMEWORK_LEFT_OUT}
    may_be_empty |= {
        "scale": [part_of(row) for row in rows("ProficiencyLevel", "value", **whole)],
        "sources": parts("Source", **whole),
        "leaves_out": parts("LeftOut", **whole),
        "groups": parts("SkillGroup", **whole),
        "skills": skills,
        "careers": list(map(part_of, careers)),
        "levels": levels,
        "certifications": certifications,
    }
    return document | {name: each for name, each in may_be_empty.items() if each}


def part_of(row, *without, **more):
    """The columns of a row but its links, with `more` in place of these."""
    part = {name: value for name, value in more.items() if value}
    for column in row._meta.fields:
        name, value = column.name, getattr(row, column.attname)
        default = column.default if column.has_default() else None
        if name in LISTS:
            lines = (line.strip() for line in value.split("\n"))
            value, default = [line for line in lines if line], []
        is_own = not (column.primary_key or column.is_relation or name in without)
        if name == "order":
            is_own = row._meta.model_name in ORDERED
        if is_own and (name in NEVER_LEFT_OUT or value != default):
            part[name] = value
    return part


class Migration(migrations.Migration):
    dependencies = [("careers", "0012_unclear_statement")]
    operations = [migrations.RunPython(rewrite_digests, migrations.RunPython.noop)]
