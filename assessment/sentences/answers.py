"""What the answers so far mean for a score to come. Pure."""

from fractions import Fraction

from assessment.scoring import CURRENT
from assessment.sentences.words import percent, printed


def left_out_sentence(share: Fraction) -> str:
    """What leaving skills out does to the weight that counts."""
    return (
        f"What you left out is {printed(round(1000 * share))} % of the weight of this "
        "level. A score is about the rest; above "
        f"{percent(CURRENT.max_not_applicable_share)} there is none."
    )
