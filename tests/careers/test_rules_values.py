"""The rules for single values and for keys, on the shipped framework."""

import pytest

from careers.problems import warnings
from careers.shape import SkillPrerequisite
from tests.careers.changed import (
    SHIPPED,
    told,
    with_part,
    with_requirement,
    with_skill_level,
)


def required(value):
    return with_requirement(SHIPPED, "tpm", "sdlc", required=value)


def importance(value):
    return with_requirement(SHIPPED, "tpm", "sdlc", importance=value)


def hours(value):
    return with_skill_level(SHIPPED, "sdlc", 1, hours=value)


def ready_line(value):
    return with_part(SHIPPED, "levels", "tpm", ready_line=value)


@pytest.mark.parametrize(
    ("change", "low", "high"),
    [(required, 0, 5), (importance, 1, 5), (hours, 1, 2000), (ready_line, 90, 100)],
)
def test_number_is_within_its_limits(change, low, high):
    for value in (low - 1, high + 1):
        [sentence] = told(change(value))
        assert sentence.endswith(
            f"/{change.__name__}: Write a whole number from {low} to {high}, not {value}."
        )
    assert told(change(low)) == told(change(high)) == []


@pytest.mark.parametrize("statement", ["", "  "])
def test_empty_statement_is_an_error(statement):
    spec = with_skill_level(SHIPPED, "sdlc", 2, statement=statement)

    assert told(spec) == ["skills/sdlc/levels/2/statement: This is empty. Fill it in."]


@pytest.mark.parametrize(
    ("section", "key", "field", "value", "sentence"),
    [
        ("skills", "sdlc", "group", "craft", "There is no skill group 'craft'."),
        ("levels", "vp-tpm", "career", "tmp", "There is no career 'tmp'."),
        (
            "careers",
            "web3-decentralized",
            "base_level",
            "cto",
            "There is no rung of the ladder 'cto'.",
        ),
        ("certifications", "capm", "suits", ("x",), "There is no career level 'x'."),
    ],
)
def test_reference_stays_inside_the_framework(section, key, field, value, sentence):
    spec = with_part(SHIPPED, section, key, **{field: value})

    sentences = [each.partition(" Correct it")[0] for each in told(spec)]

    assert sentences == [f"{section}/{key}/{field}: {sentence}"]


def test_reference_to_a_near_key_is_advised():
    spec = with_part(SHIPPED, "skills", "sdlc", group="delivery-crafts")

    assert told(spec) == [
        "skills/sdlc/group: There is no skill group 'delivery-crafts'. Did you mean "
        "'delivery-craft'?"
    ]


@pytest.mark.parametrize(
    ("section", "part", "field", "kind"),
    [
        (
            "prerequisites",
            SkillPrerequisite(skill="x-y", min_value=1, applies_from=1),
            "skill",
            "skill",
        ),
        ("actions", SHIPPED.skills[0].actions[0], "certifications", "certification"),
        ("questions", SHIPPED.skills[0].questions[0], "career_level", "career level"),
    ],
)
def test_reference_of_a_skill_stays_inside_the_framework(section, part, field, kind):
    value = ("x-y",) if field == "certifications" else "x-y"
    part = part.replaced(**{field: value})
    spec = with_part(SHIPPED, "skills", "pm-tooling", **{section: (part,)})

    [sentence] = told(spec)

    assert sentence.startswith(f"skills/pm-tooling/{section}/")
    assert sentence.endswith(
        f"/{field}: There is no {kind} 'x-y'. Correct it, or add one."
    )


@pytest.mark.parametrize(
    ("section", "key", "field", "sentence"),
    [
        ("careers", "technical-manager", "evidence_grade", "Choose from: direct, "),
        ("certifications", "capm", "verification", "Choose from: looked-up, "),
    ],
)
def test_choice_is_one_of_its_words(section, key, field, sentence):
    spec = with_part(SHIPPED, section, key, **{field: "xyz"})

    [problem] = told(spec)

    assert problem.startswith(f"{section}/{key}/{field}: There is no 'xyz' here. ")
    assert problem.count(sentence) == 1


@pytest.mark.parametrize(
    "key", ["Upper", "two words", "under_score", "-a", "a-", "a--b", "é", "a/b", "a\n"]
)
def test_key_has_small_letters_digits_and_hyphens(key):
    sources = (SHIPPED.sources[0].replaced(key=key),)

    [sentence] = told(SHIPPED.replaced(sources=sources))

    assert sentence.endswith(
        " cannot be a key. Use small letters, digits and single hyphens, such as "
        "'risk-management'."
    )


def test_keys_stand_once():
    source, *others = SHIPPED.sources
    spec = SHIPPED.replaced(sources=(source, source, *others))

    assert told(spec) == [
        "sources/guide: 'guide' stands here 2 times. Keep one of them."
    ]


@pytest.mark.parametrize("section", ["actions", "questions"])
def test_actions_and_questions_have_keys_of_their_own(section):
    theirs = getattr(SHIPPED.skills_by_key["sdlc"], section)
    spec = with_part(SHIPPED, "skills", "databases", **{section: theirs[:1]})

    assert told(spec) == [
        f"skills/databases/{section}/{theirs[0].key}: '{theirs[0].key}' is a key in "
        "'sdlc' already. Give it a key of its own."
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a\nb", "This must be one line. Remove the line break."),
        ("a\u2028b", "This must be one line. Remove the line break."),
        ("a\0b", "This holds an invisible control character. Type it anew."),
        ("a\ud800", "This holds an invisible control character. Type it anew."),
        ("a" * 121, "121 characters are too many. Use at most 120."),
    ],
)
def test_line_of_text_can_be_kept(text, sentence):
    assert told(SHIPPED.replaced(title=text)) == [f"title: {sentence}"]


def test_every_problem_is_told_at_once():
    spec = with_requirement(required(6), "tpm", "databases", importance=0)

    assert {path.partition(":")[0] for path in told(spec)} == {
        "levels/tpm/requirements/sdlc/required",
        "levels/tpm/requirements/databases/importance",
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a" * 241, "241 characters are hard to read. Shorten it to 240."),
    ],
)
def test_long_text_is_a_warning(text, sentence):
    spec = with_part(SHIPPED, "skills", "sdlc", description=text)

    assert told(spec, warnings) == [f"skills/sdlc/description: {sentence}"]
    assert told(spec) == []
