"""What the tables of a spreadsheet say of a ladder: tables to the shape, and back. Pure.

`Skills` is the whole of scale and skills, `Matrix` the whole of the rungs and of what they
require; `docs/framework-format.md`, "Spreadsheets", describes both. What a table cannot
hold, such as hours, stays as the framework has it that the table is read over.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from careers.fields import LONGEST_KEY, plain_name
from careers.files import Parsed, completed
from careers.problems import ERROR, MOST_PROBLEMS, Problem, advice, errors, quoted
from careers.rules import ADDS_UP_POINTS, problems_of
from careers.shape import (
    USUAL_IMPORTANCE,
    CareerLevel,
    FrameworkSpec,
    ProficiencyLevel,
    Requirement,
    Skill,
    SkillGroup,
    SkillLevel,
)
from careers.tables import MATRIX, SKILLS, Table

ABOUT_A_SKILL = ("key", "name", "group")
SUMS = ("points", "sum", "total", "total points")

_CELL = re.compile(r"(\d{1,9})(?:[.,]0+)?(?:\s*(m))?(?:\s+(\d)|(?<=m)(\d))?", re.I)
_POINT = re.compile(r"(\d{1,2})(?:[.:)]?\s+(.*)|[.:)]?)", re.DOTALL)


# Tables to the shape
# --------------------------------------------------------------------------------------


def parse_tables(base: FrameworkSpec, tables: Iterable[Table]) -> Parsed:
    """A framework with what the tables say, and all problems at once.

    A table of skills is the whole of scale and skills, a matrix the whole of the rungs.
    """
    tables = list(tables)
    problems = [
        Problem(
            table.cell(table.rows[0][0], 0),
            ERROR,
            f"The names of the columns stand in row {row}. Remove the rows above it.",
            table.file,
        )
        for table in tables
        if (row := _names_below(table))
    ]
    if problems:
        return Parsed(base, problems)
    spec = base
    seen: dict[bool, Table] = {}
    for table in sorted(tables, key=lambda table: not is_skills(table)):
        kind = SKILLS if is_skills(table) else MATRIX
        if is_skills(table) in seen:
            sentence = f"There are two tables of the kind {kind}. Choose one of them."
            problems.append(Problem("", ERROR, sentence, table.file))
            break
        seen[is_skills(table)] = table
        reader = _Reader(table, spec, problems)
        spec = reader.with_skills() if is_skills(table) else reader.with_matrix()
    if not (errors(problems) or spec.ladder):
        sentence = (
            f"Nothing says what the rungs are. Choose the matrix with it, in a workbook "
            f"as the sheet {MATRIX}, or name the points by the rungs, without numbers."
        )
        problems.append(Problem("", ERROR, sentence))
    if not errors(problems):
        spec = completed(spec).in_order()
        problems += problems_of(spec)
    return Parsed(spec, problems[:MOST_PROBLEMS])


class _Reader:
    """Reads one table over a framework; `are_rungs`: its points bear no numbers."""

    are_rungs = False

    def __init__(
        self, table: Table, spec: FrameworkSpec, problems: list[Problem]
    ) -> None:
        self.table, self.spec, self.problems = table, spec, problems
        self.columns = [plain_name(cell) for cell in table.header]
        self.find = {name: self._column(name) for name in ABOUT_A_SKILL}
        for name in ABOUT_A_SKILL if is_skills(table) else ABOUT_A_SKILL[:1]:
            if self.find[name] is None:
                self.complain(
                    table.rows[0][0],
                    0,
                    f"No column is called '{name}'. The first row names the columns: "
                    "key, name, group and each point of the scale, or key and each rung.",
                )

    def _column(self, name: str) -> int | None:
        return self.columns.index(name) if name in self.columns else None

    def complain(self, row: int, column: int, sentence: str) -> None:
        place = self.table.cell(row, column)
        self.problems.append(Problem(place, ERROR, sentence, self.table.file))

    def others(self) -> Iterator[tuple[int, str]]:
        """(column, its name as it is written) of the points or the rungs."""
        known = self.find.values() if is_skills(self.table) else (self.find["key"],)
        row, header = self.table.rows[0]
        seen: set[str] = set()
        for column in range(max(len(cells) for _, cells in self.table.rows)):
            name = header[column] if column < len(header) else ""
            plain = plain_name(name)
            if column in known:
                continue
            if plain and plain in seen:
                sentence = f"{quoted(name)} is the name of two columns. Keep one."
                self.complain(row, column, sentence)
            elif plain:
                yield column, name
            elif below := self._below(column):
                sentence = (
                    "This column has no name in the first row. Name it, or empty it."
                )
                self.complain(below, column, sentence)
            seen.add(plain)

    def _below(self, column: int) -> int | None:
        """The first row below the names that has something in a column."""
        rows = self.table.rows[1:]
        return next((row for row, cells in rows if _at(cells, column)), None)

    # Skills

    def with_skills(self) -> FrameworkSpec:
        points = self.points()
        if any(column is None for column in self.find.values()):
            return self.spec
        key_at, name_at, group_at = (self.find[name] or 0 for name in ABOUT_A_SKILL)
        groups: dict[str, SkillGroup] = {}
        skills: dict[str, Skill] = {}
        known = _by_name(self.spec.groups, "name")
        for row, cells in self.table.rows[1:]:
            name, named = _at(cells, name_at), _at(cells, group_at)
            key = _at(cells, key_at) or _key_of(name, "skill", skills)
            if key in skills:
                sentence = f"{quoted(key)} is the key of a row above. Keep one of them."
                self.complain(row, key_at, sentence)
            for column, said in ((name_at, name), (group_at, named)):
                if not said:
                    self.complain(row, column, "This is empty. Fill it in.")
            if plain_name(named) not in known:
                taken = {group.key for group in known.values()}
                known[plain_name(named)] = SkillGroup.model_construct(
                    key=_key_of(named, "group", taken), name=named
                )
            group = known[plain_name(named)]
            groups[group.key] = group
            before = self.spec.skills_by_key.get(key) or Skill.model_construct(
                key=key, order=0
            )
            levels = tuple(self.levels(before, row, cells, points))
            skills[key] = before.replaced(name=name, group=group.key, levels=levels)
        return self._with(points, tuple(groups.values()), tuple(skills.values()))

    def points(self) -> dict[int, tuple[int, str]]:
        """{column: (point, its name)}; named without numbers, they are numbered from 1.

        Columns that bear the names of points are these points.
        """
        row = self.table.rows[0][0]
        found = {
            column: (name, _POINT.fullmatch(name)) for column, name in self.others()
        }
        names = {plain_name(point.name): point for point in self.spec.scale}
        if all(plain_name(name) in names for name, _ in found.values()):
            known = {c: names[plain_name(name)] for c, (name, _) in found.items()}
            return {column: (each.value, each.name) for column, each in known.items()}
        self.are_rungs = not any(number for _, number in found.values())
        if self.are_rungs:
            return {
                column: (value, name)
                for value, (column, (name, _)) in enumerate(found.items(), 1)
            }
        points: dict[int, tuple[int, str]] = {}
        for column, (name, number) in found.items():
            if number is None:
                sentence = (
                    f"{quoted(name)} has no number. Begin the name of each point with "
                    "its number, such as '2 Working'."
                )
                self.complain(row, column, sentence)
            elif int(number[1]) in {value for value, _ in points.values()}:
                sentence = f"The point {number[1]} has two columns. Keep one."
                self.complain(row, column, sentence)
            else:
                points[column] = int(number[1]), number[2] or ""
        return points

    def levels(
        self,
        skill: Skill,
        row: int,
        cells: list[str],
        points: dict[int, tuple[int, str]],
    ) -> Iterator[SkillLevel]:
        for column, (value, _) in points.items():
            statement = _at(cells, column)
            if statement and value == 0:
                sentence = "Nobody has to show anything at 0. Empty this cell."
                self.complain(row, column, sentence)
            elif statement:
                before = skill.level_at(value) or SkillLevel.model_construct(
                    value=value
                )
                yield before.replaced(statement=statement)

    def _with(
        self,
        points: dict[int, tuple[int, str]],
        groups: tuple[SkillGroup, ...],
        skills: tuple[Skill, ...],
    ) -> FrameworkSpec:
        """The framework with this scale and these skills, and without what names others."""
        keys = {skill.key for skill in skills}
        scale = {point.value: point for point in self.spec.scale}
        careers = self.spec.careers_by_key
        spec = self.spec.replaced(
            scale=tuple(
                scale[value].replaced(name=name or scale[value].name)
                if value in scale
                else ProficiencyLevel.model_construct(
                    value=value, name=name or f"{value}"
                )
                for value, name in points.values()
            ),
            groups=groups,
            skills=tuple(
                skill.replaced(prerequisites=_of(skill.prerequisites, keys))
                for group in groups
                for skill in _placed(each for each in skills if each.group == group.key)
            ),
            levels=tuple(
                level.replaced(requirements=_of(level.requirements, keys))
                for level in self.spec.levels
            ),
            certifications=tuple(
                each.replaced(supports=_of(each.supports, keys))
                for each in self.spec.certifications
            ),
            leaves_out=tuple(
                each.replaced(
                    folded_into=tuple(
                        key for key in each.folded_into if key in keys or key in careers
                    )
                )
                for each in self.spec.leaves_out
            ),
        )
        if self.are_rungs and not spec.ladder:
            return spec.replaced(levels=_rungs_of(spec))
        return spec

    # Matrix

    def with_matrix(self) -> FrameworkSpec:
        key_at = self.find["key"]
        rungs = self.rungs()
        if key_at is None:
            return self.spec
        requirements: dict[str, dict[int, Requirement]] = {}
        skills = self.spec.skills_by_key
        for row, cells in self.table.rows[1:]:
            key = _at(cells, key_at)
            if key in requirements:
                sentence = f"{quoted(key)} has a row above. Keep one of them."
                self.complain(row, key_at, sentence)
            elif key not in skills and plain_name(key) in SUMS:
                self.complain(row, key_at, ADDS_UP_POINTS)
            elif key not in skills:
                advised = advice(key, skills, "Correct it, or add the skill.")
                sentence = f"There is no skill {quoted(key)}. {advised}"
                self.complain(row, key_at, sentence)
            requirements[key] = {
                column: self.requirement(rung, key, row, column, _at(cells, column))
                for column, rung in rungs.items()
            }
        self.complain_of_lacking(rungs.values())
        levels = tuple(
            rung.replaced(
                requirements=tuple(each[column] for each in requirements.values())
            )
            for column, rung in rungs.items()
        )
        return self._with_rungs(levels)

    def complain_of_lacking(self, rungs: Collection[CareerLevel]) -> None:
        """Of columns without which the framework is no whole: all others may go."""
        row, keys = self.table.rows[0][0], {rung.key for rung in rungs}
        for career in self.spec.careers:
            own = [each for each in self.spec.ladder if each.career == career.key]
            if own and keys.isdisjoint(each.key for each in own):
                lacking = ", ".join(quoted(each.short_title) for each in own)
                sentence = (
                    f"The columns of the ladder {quoted(career.title)} are missing: "
                    f"{lacking}. Add them, also where nothing changes, or delete this "
                    "ladder in the draft first."
                )
                self.complain(row, 0, sentence)
            base = self.spec.levels_by_key.get(career.base_level)
            if base and base.key not in keys:
                sentence = (
                    f"{quoted(career.title)} is compared with {quoted(base.short_title)}, "
                    "which has no column. Add the column, or say in the draft first what "
                    "it is compared with."
                )
                self.complain(row, 0, sentence)
        for rung in rungs:
            below = self.spec.levels_by_key.get(rung.after)
            if below and below.key not in keys:
                sentence = (
                    f"{quoted(rung.short_title)} comes after "
                    f"{quoted(below.short_title)}, which has no column. Add the column, "
                    "or say in the draft first what it comes after."
                )
                self.complain(row, 0, sentence)

    def rungs(self) -> dict[int, CareerLevel]:
        """{column: the rung that its name means, or a new one}."""
        known = _by_name(self.spec.ladder, "title") | _by_name(
            self.spec.ladder, "short_title"
        )
        taken = {level.key for level in self.spec.levels}
        ladders = [each.key for each in self.spec.careers if each.kind == "ladder"]
        career = ladders[0] if ladders else ""
        rungs: dict[int, CareerLevel] = {}
        for column, name in self.others():
            rung = known.get(plain_name(name))
            if rung in rungs.values():
                sentence = f"{quoted(name)} has a column already. Keep one of them."
                self.complain(self.table.rows[0][0], column, sentence)
                continue
            if rung is None:
                key = _key_of(name, "rung", taken)
                taken.add(key)
                rung = _new_rung(key, career, name)
            career = rung.career
            rungs[column] = rung
        return rungs

    def requirement(
        self, rung: CareerLevel, skill: str, row: int, column: int, said: str
    ) -> Requirement:
        """What a cell asks for; one that asks for nothing leaves the rest as it was."""
        held = (item for item in rung.requirements if item.skill == skill)
        before = next(held, Requirement.model_construct(skill=skill, required=0))
        if not said:
            return before.replaced(required=0, must_have=False)
        found = _CELL.fullmatch(said)
        if found is None:
            self.complain(
                row,
                column,
                f"{quoted(said)} cannot be read. Write the required level, M for a "
                "must-have, and the importance, such as '3 M 5'. Leave the cell empty "
                "where nothing is asked.",
            )
            return before
        importance = found[3] or found[4]
        return before.replaced(
            required=int(found[1]),
            must_have=found[2] is not None,
            importance=int(importance) if importance else USUAL_IMPORTANCE,
        )

    def _with_rungs(self, rungs: tuple[CareerLevel, ...]) -> FrameworkSpec:
        """The framework with these rungs, and without what names others."""
        ladders = {each.key for each in self.spec.careers if each.kind == "ladder"}
        placed = [
            rung
            for career in dict.fromkeys(rung.career for rung in rungs)
            for rung in _placed(each for each in rungs if each.career == career)
        ]
        levels = (
            *placed,
            *(level for level in self.spec.levels if level.career not in ladders),
        )
        gone = {level.key for level in self.spec.levels} - {each.key for each in levels}
        return self.spec.replaced(
            levels=levels,
            skills=tuple(
                skill.replaced(
                    questions=tuple(
                        each
                        for each in skill.questions
                        if each.career_level not in gone
                    )
                )
                for skill in self.spec.skills
            ),
            certifications=tuple(
                each.replaced(suits=tuple(key for key in each.suits if key not in gone))
                for each in self.spec.certifications
            ),
        )


# Rows of a table, and parts of the shape
# --------------------------------------------------------------------------------------


def is_skills(table: Table) -> bool:
    """By the name of the sheet, else by those of the columns."""
    sheet = plain_name(table.sheet)
    if sheet in (plain_name(SKILLS), plain_name(MATRIX)):
        return sheet == plain_name(SKILLS)
    return {"name", "group"} <= {plain_name(cell) for cell in table.header}


def _names_below(table: Table) -> int | None:
    """The row that names the columns, where a title stands above it."""
    first, *others = table.rows
    if "key" in map(plain_name, first[1]):
        return None
    found = (row for row, cells in others if "key" in map(plain_name, cells))
    return next(found, None)


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _by_name(parts: Iterable[Any], attribute: str) -> dict[str, Any]:
    """{name as compared: part}: by its key, and by its name where no other has it."""
    parts = list(parts)
    times = Counter(plain_name(getattr(part, attribute)) for part in parts)
    named = {
        plain_name(getattr(part, attribute)): part
        for part in parts
        if times[plain_name(getattr(part, attribute))] == 1
    }
    return named | {part.key: part for part in parts}


def _name_of(part: Any, parts: Iterable[Any], attribute: str) -> str:
    """What names a part in a table: its name, or its key where the name means another."""
    name = getattr(part, attribute)
    found = _by_name(parts, attribute).get(plain_name(name))
    return name if found is part else part.key


def _key_of(name: str, kind: str, taken: Iterable[str]) -> str:
    """A key that nothing else has, from a name; "skill-3" where it has no Latin letter."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[: LONGEST_KEY - 5]
    taken = set(taken)
    stem = stem.rstrip("-")
    if stem and stem not in taken:
        return stem
    stem = stem or kind
    return next(
        f"{stem}-{n}" for n in range(1, len(taken) + 2) if f"{stem}-{n}" not in taken
    )


def _new_rung(key: str, career: str, name: str) -> CareerLevel:
    return CareerLevel.model_construct(
        key=key, career=career, order=0, title=name, short_title=name
    )


def _rungs_of(spec: FrameworkSpec) -> tuple[CareerLevel, ...]:
    """A rung for each point of the scale; `completed` makes it stand at that point."""
    ladder = next((each.key for each in spec.careers if each.kind == "ladder"), "")
    rungs: list[CareerLevel] = []
    for point in spec.scale:
        key = _key_of(point.name, "rung", (rung.key for rung in rungs))
        rungs.append(_new_rung(key, ladder, point.name))
    return tuple(_placed(rungs))


def _placed(parts: Iterable[Any]) -> list[Any]:
    """Parts in the order of a table; numbered anew where theirs is another one."""
    parts = list(parts)
    places = [(part.order, part.key) for part in parts]
    if places == sorted(places) and all(part.order for part in parts):
        return parts
    return [part.replaced(order=place) for place, part in enumerate(parts, 1)]


def _of(parts: Iterable[Any], skills: set[str]) -> tuple[Any, ...]:
    """Those of the parts whose skill is among the keys."""
    return tuple(part for part in parts if part.skill in skills)


# The shape to tables
# --------------------------------------------------------------------------------------


def table_of_skills(spec: FrameworkSpec) -> list[list[str]]:
    points = [
        (point.value, f"{point.value} {point.name}".strip()) for point in spec.scale
    ]
    groups = {group.key: group for group in spec.groups}
    names = {key: _name_of(group, spec.groups, "name") for key, group in groups.items()}
    return [
        [*ABOUT_A_SKILL, *(name for _, name in points)],
        *(
            [
                skill.key,
                skill.name,
                names.get(skill.group, skill.group),
                *(skill.statement(value) for value, _ in points),
            ]
            for skill in spec.skills
        ),
    ]


def table_of_matrix(spec: FrameworkSpec) -> list[list[str]]:
    names = [_name_of(rung, spec.ladder, "short_title") for rung in spec.ladder]
    requirements = [
        {item.skill: item for item in rung.requires} for rung in spec.ladder
    ]
    return [
        ["key", *names],
        *(
            [skill.key, *(_cell_of(each.get(skill.key)) for each in requirements)]
            for skill in spec.skills
        ),
    ]


def _cell_of(item: Requirement | None) -> str:
    if item is None:
        return ""
    importance = item.importance if item.importance != USUAL_IMPORTANCE else ""
    said = (item.required, "M" if item.must_have else "", importance)
    return " ".join(f"{each}" for each in said if each != "")


def tables_of(spec: FrameworkSpec) -> dict[str, list[list[str]]]:
    """{title: rows}, as a workbook has them."""
    return {SKILLS: table_of_skills(spec), MATRIX: table_of_matrix(spec)}
