"""The picture of a ladder: its numbers stand free, wherever on the scale they are."""

import pytest

from tests.browser.looks import SCREENS
from tests.careers.changed import with_all_requirements
from tests.factories import make_framework, small_spec

pytestmark = pytest.mark.browser

# Where the parts of the picture stand on the page, in pixels, and what follows it.
BOXES = """picture => {
    const box = element => {
        const {left, right, top, bottom} = element.getBoundingClientRect();
        return {left, right, top, bottom, text: element.textContent};
    };
    const rise = line => line.classList.contains("ladder-picture__riser");
    return {
        picture: box(picture),
        below: box(picture.nextElementSibling),
        texts: [...picture.querySelectorAll("text")].map(box),
        lines: [...picture.querySelectorAll("line")].filter(l => !rise(l)).map(box),
    };
}"""


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize(
    ("of_rungs", "numbers"),
    [
        ((0, 3, 5), ["0.0", "0.0", "3.0", "3.0", "5.0", "5.0"]),
        (None, ["1.0", "1.7", "2.5", "2.7", "4.0", "3.3"]),
    ],
    ids=["the ends of the scale, and twice the same", "between them"],
)
def test_no_number_meets_a_line_another_number_or_the_list_below(
    open_browser, live_server, transactional_db, size, of_rungs, numbers
):
    spec = small_spec()
    for rung, required in zip(spec.ladder, of_rungs or (), strict=bool(of_rungs)):
        asked = {"required": required, "must_have": False}
        spec = with_all_requirements(spec, rung.key, **asked)
    make_framework(levels=spec.levels)
    page = open_browser(viewport=SCREENS[size])
    page.goto("/ladder/")
    picture = page.locator("svg.ladder-picture")
    seen = picture.evaluate(BOXES)

    assert sorted(each["text"] for each in seen["texts"]) == sorted(numbers)
    for text in seen["texts"]:
        assert seen["picture"]["top"] <= text["top"]
        assert text["bottom"] <= seen["below"]["top"]
        others = [each for each in seen["texts"] if each is not text]
        met = [each for each in [*seen["lines"], *others] if overlap(text, each)]
        assert met == []


def overlap(one, other):
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )
