"""What was written beside the ratings: the owner's, and shown to others on request."""

from assessment.report.case import Case
from assessment.report.parts import SkillNote

WEB = ("https://", "http://")


def notes(case: Case) -> list[SkillNote]:
    """Notes and links in framework order, of skills that have one of them."""
    written = [
        SkillNote(skill.name, said.note.strip(), _link(said.url))
        for skill in case.spec.skills
        if (said := case.answers.get(skill.key))
    ]
    return [each for each in written if each.note or each.url]


def _link(url: str) -> str:
    return url if url.startswith(WEB) else ""
