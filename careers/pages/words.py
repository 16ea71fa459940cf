"""How the numbers and short texts of a framework are said. Pure of rows."""

from careers.shape import CareerLevel, FrameworkSpec
from careers.words import in_words

GRADES = {
    "direct": "Said of this level by the main source",
    "guide-general": "Said by the main source, of no one level",
    "supported": "Supported by another framework",
    "inferred": "Our own judgment",
}


def sentence(text: str) -> str:
    """A short text with its first letter large: what stands alone begins so."""
    return text[:1].upper() + text[1:]


def years(level: CareerLevel) -> str:
    """ "4 to 7 years", "15+ years"; empty where the level names none."""
    low, high = level.years_min, level.years_max
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {high} years"
    return f"{low}+ years" if high is None else f"{low} to {high} years"


def money(amount: int | None, currency: str) -> str:
    """A yearly sum, such as "USD 140,000"; empty where there is none."""
    return "" if amount is None else f"{currency} {amount:,}"


def money_range(low: int, high: int, currency: str) -> str:
    """Two yearly sums, such as "USD 90,000 to 140,000"."""
    return f"{money(low, currency)} to {high:,}"


def scale_text(spec: FrameworkSpec, value: int) -> str:
    """A point of the scale with its name: "3 Independent"."""
    names = {point.value: point.name for point in spec.scale}
    return f"{value} {names.get(value, '')}".strip()


def kicker(spec: FrameworkSpec, level: CareerLevel) -> str:
    """What kind of level this is: "Rung 3 of 7", "Specialization"."""
    career = spec.careers_by_key[level.career]
    if career.kind == "ladder":
        place = spec.ladder.index(level) + 1
        return f"Rung {place} of {len(spec.ladder)}"
    return "Specialization" if career.kind == "specialization" else "Related career"


def shown_of(shown: int, whole: int, one: str, many: str) -> str:
    """How much of a list is shown: "All 26 questions", "Three of 26 questions"."""
    if shown == whole:
        return f"All {whole} {one if whole == 1 else many}"
    return sentence(f"{in_words(shown)} of {whole} {one if whole == 1 else many}")
