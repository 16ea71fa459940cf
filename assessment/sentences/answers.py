"""What the answers so far mean for a score to come. Pure."""

from fractions import Fraction

from assessment.sentences.words import printed


def left_out_sentence(share: Fraction) -> str:
    """What leaving skills out does to the weight that counts."""
    return (
        f"What you left out is {printed(round(1000 * share))} % of the weight of this "
        "level. A score is about the rest; above 30 % there is none."
    )
