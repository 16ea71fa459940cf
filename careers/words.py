"""Numbers and lists as they are said in a sentence. Pure."""

from collections.abc import Sequence

_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def in_words(number: int) -> str:
    """Small numbers as words, others as digits."""
    return _WORDS[number] if number < len(_WORDS) else str(number)


def counted(number: int, one: str, many: str) -> str:
    """ "one skill", "seven skills", "no skills"."""
    return f"{in_words(number)} {one if number == 1 else many}"


def listed(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; "a; b, c; and d" where a name has a comma."""
    if len(names) < 2:
        return "".join(names)
    if any("," in name for name in names):
        return f"{'; '.join(names[:-1])}; and {names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}"
