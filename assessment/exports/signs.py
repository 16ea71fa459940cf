"""Which signs the fonts of this machine can draw.

WeasyPrint draws a box for any other, and the text of the PDF then holds a wrong letter: what
a screen reader says is not what the person wrote. So each of them becomes STAND_IN, and the
person is told before.
"""

import re
import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

STAND_IN = "\N{REPLACEMENT CHARACTER}"
LIST = "fc-list"  # of fontconfig, by which Pango finds its fonts
UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Zs")  # categories of what no font need draw
VARIATIONS = range(0xFE00, 0xFE10)


@cache
def ranges() -> list[tuple[int, int]]:
    """(first, last) of what any installed font draws, in order; asked once a process."""
    said = subprocess.run(
        [LIST, ":", "charset"], capture_output=True, check=True, text=True
    ).stdout
    found = re.findall(r"\b([0-9a-f]+)(?:-([0-9a-f]+))?\b", said.replace("charset", ""))
    merged: list[tuple[int, int]] = []
    for first, last in sorted((int(a, 16), int(b or a, 16)) for a, b in found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def lacking(text: str) -> list[str]:
    """The signs of a text that no font here draws, in the order in which they come."""
    return [sign for sign in dict.fromkeys(text) if not _is_drawn(sign)]


def _is_drawn(sign: str) -> bool:
    code = ord(sign)
    if unicodedata.category(sign) in UNSEEN or code in VARIATIONS:
        return True
    place = bisect_right(ranges(), (code, 0x110000)) - 1
    return place >= 0 and code <= ranges()[place][1]


def with_stand_ins(text: str, signs: Iterable[str]) -> str:
    """The text with STAND_IN for each of these signs."""
    return text.translate(dict.fromkeys(map(ord, signs), STAND_IN))
