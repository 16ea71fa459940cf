"""What is wrong with guide files is said at once, with line, path and sentence."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.files import parse_guide, text_of
from careers.problems import ERROR, MOST_PROBLEMS
from careers.rules import problems_of
from tests.guides import changed_page, small_guide

BROKEN = Path(__file__).parent / "broken_guide"
WHOLE = text_of(small_guide())
PROBLEMS = {  # file in broken_guide/: line, path and sentence of each problem
    "missing_page.yaml": [
        "6: pages: The page 'pay' is missing. Add it.",
    ],
    "not_a_guide.yaml": [
        "1: key: A guide has no 'key'. Remove it.",
        "1: pages: The page 'role' is missing. Add it.",
        "1: pages: The page 'start' is missing. Add it.",
        "1: pages: The page 'apply' is missing. Add it.",
        "1: pages: The page 'pay' is missing. Add it.",
        "1: pages: The page 'market' is missing. Add it.",
        "1: pages: The page 'questions' is missing. Add it.",
        "2: version: A guide has no 'version'. Did you mean 'questions'?",
        "3: skills: A guide has no 'skills'. Remove it.",
    ],
    "page_twice.yaml": [
        "31: pages/pay: 'pay' stands here 2 times. Keep one of them.",
    ],
    "pay.yaml": [
        "32: pay_ranges/france/high_usd: Fill in both low_usd and high_usd, or neither.",
        "34: pay_ranges/france/currency: 4 characters are too many. Use at most 3.",
        "34: pay_ranges/france/currency: Write a currency as three capital letters, such as USD.",
        "36: pay_ranges/france/high: This is below 'low'. Correct one.",
        "47: pay_ranges/us/low_usd: The range is in US dollars already. Leave this out.",
        "48: pay_ranges/us/high_usd: This is below 'low_usd'. Correct one.",
        "51: pay_ranges/spain/currency: Write a currency as three capital letters, such as USD.",
        "52: pay_ranges/spain/low: Write a whole number from 1 to 2000000000, not 0.",
        "54: pay_ranges/spain/year: This is a text. Put it in quotes.",
    ],
    "questions.yaml": [
        "33: questions/one/topic: There is no 'weather' here. Choose from: career, tool.",
        "36: questions/one/link: Write an address of this site, such as '/pay/' or '/start/#steps'.",
        "38: questions/two/link_text: Fill in both link and link_text, or neither.",
        "41: questions/two/answer: This is empty. Fill it in.",
        "47: questions/three/link: Write an address of this site, such as '/pay/' or '/start/#steps'.",
        "49: questions/four/link: Fill in both link and link_text, or neither.",
    ],
    "route_without_cost.yaml": [
        "16: pages/role/sections/one/entries/school/cost: A route has a cost. Fill it in.",
        "warning 24: pages/role/sections/two/entries/home/cost: This is shown in a section of the kind 'routes' only.",
        "warning 25: pages/role/sections/three: There is nothing in this section. Fill it or remove it.",
    ],
    "unknown_page.yaml": [
        "31: pages/weather/key: There is no 'weather' here. Choose from: role, start, apply, pay, market, questions.",
    ],
    "unknown_source.yaml": [
        "19: pages/role/sections/one/facts/growth/source: There is no source 'bureau'. Correct it, or add one.",
    ],
}


def in_words(problem):
    """Warnings are marked; every problem of a file names its line."""
    assert problem.file
    assert problem.line
    said = f"{problem.line}: {problem.path}: {problem.sentence}"
    return said if problem.severity == ERROR else f"warning {said}"


@pytest.mark.parametrize("name", PROBLEMS)
def test_broken_guide_is_told_with_line_and_path(name):
    text = (BROKEN / name).read_text(encoding="utf-8")

    assert [in_words(each) for each in parse_guide({name: text}).problems] == PROBLEMS[
        name
    ]


def test_every_broken_guide_is_tested():
    assert {path.name for path in BROKEN.iterdir()} == set(PROBLEMS)


def test_small_guide_has_no_problem():
    assert problems_of(small_guide()) == []


def test_nothing_at_all_is_no_guide():
    assert parse_guide({}).spec is None
    assert [str(each) for each in parse_guide({}).problems] == [
        "There is no guide here. Begin with its 'framework:'."
    ]


def test_where_a_part_is_lost_the_others_are_not_blamed():
    text = text_of(small_guide()) + "pages: none\n"

    said = [each.sentence for each in parse_guide({"a.yaml": text}).problems]

    assert said == ["'pages' stands here twice. Keep one of them."]


def test_after_many_problems_the_rest_is_left_out():
    pay = small_guide().pay_ranges[0].replaced(currency="")
    guide = small_guide(pay_ranges=(pay,) * (MOST_PROBLEMS + 1))

    assert len(problems_of(guide)) == MOST_PROBLEMS


@pytest.mark.parametrize(
    ("link", "allowed"),
    [
        ("/", True),
        ("/pay/", True),
        ("/ladder/junior-tpm/", True),
        ("/start/#how-long", True),
        ("/pay", False),
        ("pay/", False),
        ("//example.org/", False),
        ("/pay/?a=1", False),
        ("javascript:alert(1)", False),
        ("/Pay/", False),
        ("/pay/\n", False),
    ],
)
def test_link_is_an_address_of_this_site(link, allowed):
    question = small_guide().questions[0].replaced(link=link, link_text="There")

    errors = problems_of(small_guide(questions=(question,)))

    assert (errors == []) is allowed


def test_text_is_judged_as_in_a_framework():
    pages = changed_page("pay", title="a\nb", description="a" * 161, lead="a" * 301)

    said = [str(each) for each in problems_of(small_guide(pages=pages))]

    assert said == [
        "pages/pay/title: This must be one line. Remove the line break.",
        "pages/pay/description: 161 characters are too many. Use at most 160.",
        "pages/pay/lead: 301 characters are hard to read. Shorten it to 300.",
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_cut_of_a_guide_is_read_without_a_crash(data):
    at = data.draw(st.integers(0, len(WHOLE)))
    added = data.draw(st.text(max_size=5))

    guide, problems = parse_guide({"a.yaml": WHOLE[:at] + added + WHOLE[at + 3 :]})

    assert guide is not None or problems != []
