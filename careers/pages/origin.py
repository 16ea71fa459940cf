"""Where a framework comes from: what it rests on, and what it leaves out."""

from careers.pages.parts import Fact
from careers.shape import FrameworkSpec
from careers.words import listed

# Not "guide-general": what the guide says of the whole career says nothing of one level.
SPEAK_OF_THE_LEVEL = ("direct", "supported")


def topics_left_out(spec: FrameworkSpec) -> tuple[Fact, ...]:
    """Each topic without a skill of its own, with what covers it and why."""
    names = {skill.key: skill.name for skill in spec.skills}
    names |= {career.key: career.title for career in spec.careers}
    return tuple(
        Fact(
            topic.topic,
            f"Covered in {listed([names.get(key, key) for key in topic.folded_into])}. "
            f"{topic.why}",
        )
        for topic in spec.leaves_out
    )


def grounds(spec: FrameworkSpec) -> str:
    """For how many required levels of the ladder a source speaks of that very level."""
    grades = [
        item.evidence_grade
        for rung in spec.ladder
        for item in rung.requirements
        if item.required
    ]
    backed = sum(grade in SPEAK_OF_THE_LEVEL for grade in grades)
    return (
        f"For {backed} of the {len(grades)} required levels on the ladder a published "
        "source says that the skill belongs to that level. Every number is our own "
        "judgment."
    )
