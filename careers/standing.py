"""What a page of a framework may say about its reader. Pure.

Plain values, filled in by whoever knows people: see `reader` in `tpmguide/urls.py`. The
pages themselves know nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reader stands by the latest report. Career levels are given by their keys."""

    now: str | None  # the highest rung held with every rung below it
    target: str  # what the report was made for; not always a rung
    report_url: str
    results: Mapping[str, str]  # in words; no level of which too little is answered
