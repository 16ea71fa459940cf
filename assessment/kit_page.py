"""The application kit: lines for a résumé, and the outline of a letter.

It says only what the person wrote: their notes, the names of the skills, their target.
What is left for them to fill in stands in square brackets.
"""

from dataclasses import dataclass
from unicodedata import category

from assessment.report import Report
from careers.addresses import skill_url
from careers.shape import Skill

MOST_IN_LETTER = 3
LETTER = """\
Dear [name],

I am applying for the role of {role} at [company]. [What draws you to it.]

What I bring:

{lines}

[One thing that you want to learn in this role.]

I would like to tell you more.

Kind regards,
[your name]"""
NO_NOTE = "No strength has a note yet. A line needs your own words."
NO_STRENGTH = (
    "A line comes from a strength with a note. By your own rating no requirement of this "
    "target is met yet."
)
NO_LINE = "- [Something that you did, and what came of it.]"


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A strength without a note, and what the note could be about."""

    name: str
    url: str
    prompt: str


@dataclass(frozen=True, slots=True)
class KitPage:
    """`lines` is empty where no strength has a note, and `no_lines` says why."""

    target: str
    lines: str
    no_lines: str
    letter: str
    unwritten: tuple[Unwritten, ...]


def kit_page(report: Report) -> KitPage:
    """What the notes of a submitted assessment give; the most important strength first."""
    strengths = [(line.skill, in_one_line(line.note)) for line in report.met]
    lines = [f"- {skill.name}: {note}" for skill, note in strengths if note]
    return KitPage(
        target=report.level.title,
        lines="\n".join(lines),
        no_lines="" if lines else NO_NOTE if strengths else NO_STRENGTH,
        letter=LETTER.format(
            role=report.level.title, lines="\n".join(lines[:MOST_IN_LETTER]) or NO_LINE
        ),
        unwritten=tuple(
            Unwritten(skill.name, skill_url(report.spec, skill.key), _prompt(skill))
            for skill, note in strengths
            if not note
        ),
    )


def in_one_line(note: str) -> str:
    """A note without its line breaks; a control character is a blank."""
    shown = "".join(" " if category(sign) == "Cc" else sign for sign in note)
    return " ".join(shown.split())


def _prompt(skill: Skill) -> str:
    return next(iter(skill.evidence_prompts), "")
