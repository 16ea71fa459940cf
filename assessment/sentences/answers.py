"""What the answers mean for a score, and the scale that they are given on. Pure."""

from collections.abc import Mapping
from fractions import Fraction

from assessment.scoring import CURRENT
from assessment.sentences.words import percent, printed


def left_out_sentence(share: Fraction) -> str:
    """What leaving skills out means for a score to come; "" without any."""
    if not share:
        return ""
    return (
        f"What you left out is {_share(share)} of the weight of this level. A score is "
        f"about the rest; above {percent(CURRENT.max_not_applicable_share)} there is none."
    )


def left_out_note(share: Fraction, most: Fraction) -> str:
    """What leaving skills out did to a score, which ends above `most`; "" without any."""
    if not share:
        return ""
    return (
        f"They would be {_share(share)} of the weight. The score is about the rest; above "
        f"{percent(most)} there would be none."
    )


def _share(share: Fraction) -> str:
    return f"{printed(round(1000 * share))} %"


def scale_note(names: Mapping[int, str]) -> str:
    """The levels of the scale with their names: "0 None, 1 Aware" as a sentence."""
    return f"{', '.join(f'{value} {name.lower()}' for value, name in names.items())}."
