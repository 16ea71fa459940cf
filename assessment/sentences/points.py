"""Where the hundred points are. Pure."""

from collections.abc import Sequence

from careers.words import listed

STRIP = "The strip below the bar divides what is missing by skill, as the table does."


def points_note(*, missing: int, holders: Sequence[str]) -> str:
    """What is missing to 100, in tenths, and which must-haves hold earned points back."""
    if not missing:
        return "All 100 points are yours: nothing is missing."
    if not holders:
        return f"Every missing point stands beside its skill. {STRIP}"
    rise = "rises" if len(holders) == 1 else "rise"
    return (
        "Held points are yours already. They come back when "
        f"{listed(holders)} {rise}. {STRIP}"
    )
