"""Sample data for the parts of the style guide that show a ladder."""

from types import SimpleNamespace as Sample

from careers import charts as framework_charts

RUNGS = (
    # short title, years, scope, people and judgment, technical, asked of the skill
    ("Junior TPM", "0 to 2 years", "one team or one workstream", 16, 14, 1),
    ("TPM", "2 to 4 years", "one project, several teams or a supplier", 26, 24, 3),
    ("Senior TPM", "4 to 7 years", "several projects or a critical one", 36, 28, 4),
    ("Lead TPM", "7 to 10 years", "a connected portfolio", 39, 31, 4),
    ("Program Manager", "10 to 15 years", "a program of related projects", 44, 31, 5),
    ("Director", "15+ years", "a department and its roadmap", 46, 32, 5),
    ("VP", "20+ years", "the whole organization", 50, 32, 5),
)

MARKS = (Sample(text="You", kind="here"), Sample(text="Your target", kind="target"))


def ladder():
    return {
        "picture": framework_charts.ladder_picture(
            [(people, technical) for *_, people, technical, _ in RUNGS], current=2
        ),
        "rungs": _rungs(),
        "marks": MARKS,
        "stair": framework_charts.skill_levels(
            [(title, asked) for title, *_, asked in RUNGS], current=2
        ),
        "pips": framework_charts.pips(4, before=3),
        "shifts": _shifts(),
        "certifications": _certifications(),
    }


def _rungs():
    marks = {1: MARKS[:1], 2: MARKS[1:]}
    return [
        Sample(
            title=title,
            years=years,
            scope=scope,
            facts=("sets the approach", "median pay USD 140,000") if index == 2 else (),
            url="#",
            current=index == 2,
            marks=marks.get(index, ()),
        )
        for index, (title, years, scope, *_) in enumerate(RUNGS)
    ]


def _shifts():
    rows = (
        ("Cloud platform foundations", 2, 4, "+2", True),
        ("Agile methods and ceremonies", 3, 2, "\N{MINUS SIGN}1", False),
        ("Risk management", 3, 3, "0", True),
    )
    return [
        Sample(
            name=name,
            url="#ladder",
            mark=framework_charts.level_shift(before, now),
            before=f"at {before}",
            now=f"at {now}",
            by=by,
            must_have=must_have,
        )
        for name, before, now, by, must_have in rows
    ]


def _certifications():
    suits = [Sample(title=title, url="#ladder") for title in ("TPM", "Senior TPM")]
    helps = Sample(title="Risk management", url="#rating", text="up to 3")
    return [
        Sample(
            name=f"Certified Sample {number}",
            issuer="Institute of Samples",
            suits=suits[:number],
            supports=[helps],
            entry="A course of two days and a test.",
            sure="From general knowledge",
        )
        for number in (1, 2)
    ]
