"""Where a framework comes from: what it rests on, and what it leaves out."""

from careers.pages.parts import Fact
from careers.shape import FrameworkSpec
from careers.words import listed


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
    """How many required levels of the ladder rest on more than our own judgment."""
    grades = [
        item.evidence_grade
        for rung in spec.ladder
        for item in rung.requirements
        if item.required
    ]
    rest = sum(grade != "inferred" for grade in grades)
    return (
        f"{rest} of the {len(grades)} required levels on the ladder rest on a published "
        "source. The others are our own judgment."
    )
