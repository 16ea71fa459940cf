"""Numbers to drawings: the geometry of every chart, as ready-made attribute texts.

Pure: standard library only, no rounding and no judgement. Points come in as printed
tenths (684 is 68.4 points), so that what is drawn is what is written beside it. All x
are percent of the width, all y are pixels: drawings slide with the page, text does not
shrink on a phone. A part that is not there is None or "", never zero wide.
"""

from assessment.charts.progress import Progress, progress
from assessment.charts.skill import GapMark, gap_mark
from assessment.charts.trend import TrendChart, trend_chart

__all__ = [
    "GapMark",
    "Progress",
    "TrendChart",
    "gap_mark",
    "progress",
    "trend_chart",
]
