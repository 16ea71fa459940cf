"""What is said where the same answers are held against other targets. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessment.scoring import Band, Insufficient, Reason
from assessment.sentences.words import BAND_TITLES, REASON_SENTENCES
from careers.words import counted, in_words, listed

MOST_NAMED = 2


def not_measured(result: Insufficient, names: Mapping[str, str]) -> str:
    """Why there is no score, and which skills to answer; `names` are those of skills."""
    said = []
    if result.unanswered:
        skills = _some([names[key] for key in result.unanswered])
        said.append(f"Answer {skills} to measure it.")
    if not said or Reason.TOO_MANY_NOT_APPLICABLE in result.reasons:
        said.append(REASON_SENTENCES[_main(result.reasons)])
    return " ".join(said)


def _some(skills: Sequence[str]) -> str:
    """All of them, or the first two and how many more."""
    if len(skills) <= MOST_NAMED + 1:
        return listed(skills)
    more = f"{in_words(len(skills) - MOST_NAMED)} more skills"
    return listed([*skills[:MOST_NAMED], more])


def _main(reasons: Sequence[Reason]) -> Reason:
    share = Reason.TOO_MANY_NOT_APPLICABLE
    return share if share in reasons else reasons[0]


def rung_not_measured(unanswered: Sequence[str]) -> str:
    """What a rung without a number waits for; `unanswered` are skills by name."""
    return f"Not measured: answer {_some(unanswered)}" if unanswered else "Not measured"


def band_at(band: Band, *, provisional: bool) -> str:
    """The band at a target, and whether open answers can still change it."""
    return f"{BAND_TITLES[band]}, provisional" if provisional else BAND_TITLES[band]


def fit_note(measured: int, total: int) -> str:
    """How many targets have a number."""
    if measured == total:
        return f"All {in_words(total)} are measured."
    if not measured:
        return f"None of {in_words(total)} is measured; each says what is missing."
    others = total - measured
    last = (
        "The other one stands last, with what is missing."
        if others == 1
        else f"The other {in_words(others)} stand last, each with what is missing."
    )
    are = "is" if measured == 1 else "are"
    return (
        f"{in_words(measured).capitalize()} of {in_words(total)} {are} measured. {last}"
    )


def asked_by_one(first: str, second: str, only: int, both: int) -> str:
    """How far two targets ask for the same skills."""
    skills = counted(both, "skill", "skills")
    if not only:
        same = "skill" if both == 1 else skills
        return f"{first} and {second} ask for the same {same}."
    count = counted(only, "skill is", "skills are").capitalize()
    return f"{count} asked by only one of them, {skills} by both."


def steps_note(count: int, shown: int) -> str:
    """What the list of steps that help two targets shows."""
    if not count:
        return "No single step brings points to both."
    if count == 1:
        return "One step brings points of coverage to both."
    if shown < count:
        return (
            f"{in_words(count).capitalize()} steps bring points of coverage to both. "
            f"These {in_words(shown)} bring the most."
        )
    return f"{in_words(count).capitalize()} steps bring points of coverage to both."
