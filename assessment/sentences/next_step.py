"""The one thing to do next. Pure."""

from collections.abc import Sequence

from careers.words import counted, listed

MOST_NAMED = 2


def raise_next(*, skill: str, to: str, hours: int) -> str:
    """The first step up, with its hours, at least 1: a rough guide."""
    about = counted(hours, "hour", "hours") if hours == 1 else f"{hours} hours"
    return f"Raise {skill} to {to}, about {about}."


def answer_next(names: Sequence[str]) -> str:
    """What is not answered yet, the first ones by name."""
    rest = len(names) - MOST_NAMED
    more = [counted(rest, "other", "others")] if rest > 0 else []
    return f"Answer {listed([*names[:MOST_NAMED], *more])}."


def nothing_next(level: str) -> str:
    """Nothing is short and nothing is open."""
    return f"Collect evidence for {level} and ask for a review."
