"""What each career level requires of each skill, as one table that is saved at once.

A cell that an editor did not touch is never written, so that two editors can work side by
side; where both wrote another thing into one cell, the later one is told and decides.
"""

from collections import Counter, defaultdict
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from careers import shape
from careers.admin.forms import NO_LONGER_A_DRAFT, lock_draft
from careers.admin.history import from_to
from careers.models import CareerLevel, Framework, Requirement, Skill
from careers.names import COLUMNS
from careers.problems import warnings
from careers.rules import problems_of_requirements
from careers.shape import KINDS_OF_CAREER, USUAL_IMPORTANCE, FrameworkSpec
from careers.store import TABLE_OF
from scoring.inputs import HIGHEST_TOP

LADDER = "ladder"
HIGHEST_IMPORTANCE = 5


class Values(NamedTuple):
    """What stands in a cell."""

    required: int
    importance: int
    must_have: bool

    def __str__(self):
        return f"{self.required}.{self.importance}.{int(self.must_have)}"


class Cell:
    """One career level's requirement of one skill, as held, as live and as typed.

    `held` is what the draft holds, `live` what the live version has, `seen` what the
    editor knows of; each None where there is nothing. `typed` are the three fields as they
    were sent. `values` is what the editor wants, None where it cannot be read or is what
    stood there.
    """

    error = ""

    def __init__(self, level, skill, pk, held, live):
        self.level, self.skill, self.pk = level, skill, pk
        self.name = f"{level.pk}-{skill.pk}"  # the end of the names of its fields
        self.named = f"s{skill.pk} l{level.pk}"  # the heads of its row and its column
        self.held, self.live, self.seen = held, live, held
        self.typed = self.values = None

    # As it is shown

    @property
    def shown(self):
        """(required, importance, must_have) as the fields show them."""
        if self.typed is not None:
            return self.typed
        return self.held or ("", USUAL_IMPORTANCE, False)

    @property
    def was(self):
        """What the live version has, where the draft differs; empty where it does not."""
        if self.held is None or self.held == self.live:
            return ""
        if self.live is None:
            return gettext("new")
        said = []
        if self.held.required != self.live.required:
            said.append(gettext("was %(n)d") % {"n": self.live.required})
        if self.held.importance != self.live.importance:
            n = {"n": self.live.importance}
            said.append(gettext("importance was %(n)d") % n)
        if self.live.must_have and not self.held.must_have:
            said.append(gettext("was a must-have"))
        elif self.held.must_have and not self.live.must_have:
            said.append(gettext("was not a must-have"))
        return ", ".join(said)

    # As it was sent

    def read(self, data, seen, top):
        """Takes what was typed; sets `values` or `error`."""
        required = data.get(f"r{self.name}")
        if required is None:  # the page that was sent did not have this cell
            return
        importance = data.get(f"i{self.name}", "")
        must_have = f"m{self.name}" in data
        self.typed = (required.strip(), importance.strip(), must_have)
        if required.strip() == "" and seen is None:
            self.typed = None  # there was nothing, and there is nothing
            return
        self.values = self._read(top)
        if self.values is None:
            # What somebody saved meanwhile is told once this is mended.
            self.seen = seen
        elif self.values == seen:
            self.typed = self.values = None  # untouched: it shows what is held by now
        elif self.held not in (seen, self.values):
            self.error = gettext(
                "Somebody saved %(values)s here meanwhile. Save again to put yours in its place."
            ) % {"values": self.held_in_words}

    def _read(self, top):
        required, importance, must_have = self.typed
        if not _is_whole(required, 0, top):
            self.error = gettext("0 to %(top)d, please") % {"top": top}
        elif not _is_whole(importance, 1, HIGHEST_IMPORTANCE):
            most = {"top": HIGHEST_IMPORTANCE}
            self.error = gettext("importance: 1 to %(top)d, please") % most
        elif must_have and int(required) == 0:
            self.error = gettext("a must-have needs 1 at least")
        else:
            return Values(int(required), int(importance), must_have)
        return None

    @property
    def held_in_words(self):
        if self.held is None:
            return gettext("nothing")
        required, importance, must_have = self.held
        return f"{required} {'M ' if must_have else ''}{importance}"

    @property
    def changes(self):
        """Whether saving writes it."""
        return self.values not in (None, self.held)

    @property
    def log_lines(self):
        old = self.held or (None, None, None)
        return [
            from_to(f"{self.skill}, {COLUMNS[name]}", before, now)
            for name, before, now in zip(Values._fields, old, self.values, strict=True)
            if before != now
        ]


def _is_whole(text, low, high):
    return text.isascii() and text.isdecimal() and low <= int(text[:3]) <= high


class Matrix:
    """The cells of one draft, of the careers of one kind: the ladder, or another.

    Loading costs three queries, whatever the size. `refusal` says why nothing of it can be
    saved any more; empty where it can.
    """

    refusal = ""

    def __init__(self, framework, kind=LADDER):
        self.framework, self.kind = framework, kind
        self.all_levels = list(
            CareerLevel.objects.filter(framework=framework)
            .select_related("career")
            .order_by("career__order", "career__pk", "order")
        )
        self.levels = [each for each in self.all_levels if each.career.kind == kind]
        self.skills = list(
            Skill.objects.filter(framework=framework)
            .select_related("group")
            .order_by("group__order", "group_id", "order", "pk")
        )
        held, live = self._load_values()
        self.cells = {
            (level.pk, skill.pk): Cell(
                level,
                skill,
                *held.get((level.key, skill.key), (None, None)),
                next(
                    (
                        live[level.key, key]
                        for key in (skill.key, *skill.replaces.split())
                        if (level.key, key) in live
                    ),
                    None,
                ),
            )
            for skill in self.skills
            for level in self.levels
        }

    def _load_values(self):
        """{(level, skill): (pk, values)} of the draft, {…: values} of the live version.

        One query.
        """
        wanted = [self.framework.pk, self.framework.live_pk]
        rows = Requirement.objects.filter(career_level__framework__in=wanted)
        held, live = {}, {}
        for pk, framework, level, skill, *values in rows.order_by().values_list(
            "pk",
            "career_level__framework",
            "career_level__key",
            "skill__key",
            *Values._fields,
        ):
            if framework == self.framework.pk:
                held[level, skill] = pk, Values(*values)
            if framework == self.framework.live_pk:  # or both, once it is published
                live[level, skill] = Values(*values)
        return held, live

    # As it is shown

    @cached_property
    def groups(self):
        """[(skill group, [(skill, its cells)])]."""
        return [
            (
                group,
                [
                    (skill, [self.cells[level.pk, skill.pk] for level in self.levels])
                    for skill in skills
                ],
            )
            for group, skills in groupby(self.skills, key=lambda skill: skill.group)
        ]

    @property
    def kinds(self):
        """[(kind of career, how many of its levels)], the ladder first."""
        counts = Counter(level.career.kind for level in self.all_levels)
        return [(kind, counts[kind]) for kind in KINDS_OF_CAREER if counts[kind]]

    @property
    def wrong(self):
        return [cell for cell in self.cells.values() if cell.error]

    @cached_property
    def changed(self):
        return [cell for cell in self.cells.values() if cell.was]

    @property
    def seen_as_text(self):
        """What the editor knows of, for the hidden field that comes back with the page."""
        return " ".join(
            f"{cell.name}:{cell.seen}" for cell in self.cells.values() if cell.seen
        )

    @cached_property
    def warnings(self):
        """What is odd about the requirements that the draft holds."""
        return warnings(problems_of_requirements(self.spec))

    @cached_property
    def spec(self):
        """The framework with its groups, skills, careers and levels, and no more."""

        def part(row, **within):
            table = TABLE_OF[type(row).__name__]
            own = {name: getattr(row, name) for name in table.fields}
            own |= {name: own[name].key for name in table.links}
            return table.part_of(own | within)

        requirements = defaultdict(list)
        for cell in self.cells.values():
            if cell.held:
                values = cell.held._asdict()
                item = shape.Requirement.model_construct(skill=cell.skill.key, **values)
                requirements[cell.level.pk].append(item)
        careers = {level.career_id: level.career for level in self.levels}
        return FrameworkSpec.model_construct(
            groups=tuple(part(group) for group, _ in self.groups),
            skills=tuple(part(skill) for skill in self.skills),
            careers=tuple(part(career) for career in careers.values()),
            levels=tuple(
                part(level, requirements=tuple(requirements[level.pk]))
                for level in self.levels
            ),
        )

    # As it was sent

    def read(self, data):
        """Takes what was sent; whether all of it can be saved."""
        seen = _seen_in(data.get("seen", ""))
        for name, cell in self.cells.items():
            cell.read(data, seen.get(name), self.framework.top)
        return not self.wrong

    def refuse(self, why):
        """Names every cell that somebody typed into, so that it can be typed anew."""
        self.refusal = why
        for cell in self.to_write:
            cell.error = gettext("not saved")

    @property
    def to_write(self):
        return [cell for cell in self.cells.values() if cell.changes]


def _seen_in(text):
    """{(pk of the level, pk of the skill): values} of the hidden field; what is odd is left out."""
    seen = {}
    for word in text.split():
        name, _, values = word.partition(":")
        numbers = [*name.split("-"), *values.split(".")]
        if len(numbers) == 5 and all(n.isascii() and n.isdecimal() for n in numbers):
            level, skill, required, importance, must = (int(n[:18]) for n in numbers)
            seen[level, skill] = Values(required, importance, bool(must))
    return seen


def load_for_matrix(pk):
    """The framework with its `top`, and `live_pk` and `live_version`; one query, or None."""
    live = Framework.objects.published().filter(key=OuterRef("key"))
    frameworks = Framework.objects.filter(pk=pk).annotate(
        top=Coalesce(Max("scale__value"), HIGHEST_TOP),
        live_pk=Subquery(live.values("pk")[:1]),
        live_version=Subquery(live.values("version")[:1]),
    )
    return frameworks.first()


@transaction.atomic
def save_matrix(*, framework, kind, data, log):
    """Writes what was typed, all of it or nothing, and returns (matrix, cells written).

    `log(level, message)` is called for each level of which something is written. The cells
    are None where something is wrong, or the version no draft any more: the matrix says
    which, and keeps what was typed.
    """
    is_draft = lock_draft(framework)
    matrix = Matrix(framework, kind)
    is_readable = matrix.read(data)
    if not is_draft:
        matrix.refuse(NO_LONGER_A_DRAFT)
    if not (is_draft and is_readable):
        return matrix, None
    written = matrix.to_write
    by_values = defaultdict(list)
    for cell in written:
        by_values[cell.values].append(cell)
    for values, cells in by_values.items():
        rows = Requirement.objects.filter(pk__in=[cell.pk for cell in cells])
        rows.update(**values._asdict())
    Requirement.objects.bulk_create(
        Requirement(career_level=cell.level, skill=cell.skill, **cell.values._asdict())
        for cell in written
        if cell.pk is None
    )
    for level in matrix.levels:
        lines = [
            line for cell in written if cell.level is level for line in cell.log_lines
        ]
        if lines:
            log(level, "\n".join(lines))
    return matrix, written
