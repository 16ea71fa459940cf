"""The framework that comes with the app: all of it, without an error, as it is meant."""

import re
from pathlib import Path

import pytest

from careers.files import files_of, parse_framework
from careers.problems import errors, warnings
from careers.shape import HEADS
from tests.factories import shipped_files

FILES = shipped_files()
SPEC, PROBLEMS = parse_framework(FILES)
COUNTS_AS = re.compile(r" That counts as ([1-5])\.$")
MOST_WORDS = 18  # of a first small piece
VERBS = (
    "Agree Ask Be Begin Bring Choose Collect Compare Count Do Download Draw Explain Find "
    "Follow Hold Interview Invite Let List Log Look Mark Name Note Offer Open Pick Plan "
    "Propose Publish Put Read Show Sit Start Take Tell Think Try Watch Write"
)
WARNINGS = Path(__file__).parent / "golden" / "warnings.txt"

REGENERATE = (
    f"Write the files anew: `manage.py import_framework careers/content/{SPEC.key}`, then "
    f"`manage.py export_framework --draft --to careers/content/{SPEC.key} --force`."
)

# Career level: required and importance of the twenty skills in framework order, and the
# places of its must-haves. A change here changes scores: raise the version with it.
REQUIREMENTS = {
    "junior-tpm": ("22222111111122112212", "55443322222235223315", (0, 1, 13, 19)),
    "tpm": ("33333222222233223323", "45454323232345435425", (1, 3, 13, 16, 19)),
    "senior-tpm": (
        "34333323232344334434",
        "34444323232355445545",
        (12, 13, 16, 17, 19),
    ),
    "lead-tpm": ("34444323232344444434", "34334313221355555444", (12, 13, 14, 15, 16)),
    "technical-program-manager": (
        "34444323232354445445",
        "23334212121254455455",
        (12, 15, 16, 18, 19),
    ),
    "director-tpm": (
        "35544323232354455445",
        "23323212111255454454",
        (2, 12, 15, 18, 19),
    ),
    "vp-tpm": ("35544323232355555555", "12213112111155454553", (12, 13, 15, 17, 18)),
    "ai-ml-integration": ("33334323323334224423", "45455424434345435425", (4, 13, 16)),
    "cloud-native-transformation": (
        "33333334243443324323",
        "45454335243545435425",
        (7, 11, 16),
    ),
    "cyber-physical-security": (
        "33443423232344224323",
        "45454523232344435425",
        (3, 5, 16),
    ),
    "sustainable-tech": ("33334223222243323333", "45445324232355334455", (4, 12, 18)),
    "web3-decentralized": ("33333432332243324423", "45454543442355435425", (5, 12, 16)),
    "quantum-applications": (
        "33334223322234224434",
        "45454324432345435544",
        (13, 16, 17),
    ),
    "it-project-manager": (
        "32333212111133333323",
        "43554313121155445435",
        (3, 12, 16, 19),
    ),
    "technical-coordinator": (
        "31122111111122111212",
        "53354322121135222315",
        (0, 13, 19),
    ),
    "technical-delivery-manager": (
        "34433323232334334424",
        "35433423232445355425",
        (1, 13, 15, 16, 19),
    ),
    "technical-manager": (
        "23433434443433343433",
        "23433434543434354534",
        (7, 8, 15, 17),
    ),
    "technology-project-manager": (
        "32333313122243333333",
        "43443314132255444445",
        (12, 13, 19),
    ),
}

HOURS = {  # skill: hours of each step
    "pm-tooling": (6, 16, 40, 80, 140),
    "agile-delivery": (8, 24, 60, 120, 200),
    "sdlc": (8, 20, 50, 110, 180),
    "requirements": (8, 24, 60, 120, 180),
    "data-reporting": (8, 24, 60, 120, 180),
    "quality-testing": (8, 26, 60, 120, 180),
    "version-control": (6, 14, 40, 90, 150),
    "cloud-foundations": (10, 30, 70, 130, 200),
    "programming-literacy": (12, 40, 90, 160, 240),
    "api-integration": (8, 28, 70, 130, 200),
    "databases": (8, 30, 70, 140, 220),
    "devops-cicd": (8, 28, 70, 130, 200),
    "stakeholder-management": (6, 24, 60, 140, 240),
    "technical-communication": (6, 20, 50, 120, 200),
    "negotiation-conflict": (6, 24, 60, 140, 220),
    "leadership-motivation": (8, 30, 80, 160, 280),
    "risk-management": (6, 24, 60, 130, 220),
    "adaptability-problem-solving": (6, 24, 60, 130, 220),
    "strategic-thinking": (8, 30, 80, 160, 280),
    "time-prioritization": (6, 20, 60, 130, 220),
}

LADDER = [  # years from and to, median and average pay
    (0, 2, 75_000, 80_000),
    (2, 4, 110_000, 115_000),
    (4, 7, 140_000, 145_000),
    (7, 10, 170_000, 175_000),
    (10, 15, 190_000, 195_000),
    (15, None, 215_000, 220_000),
    (20, None, 255_000, 260_000),
]


def digits(level, field):
    return "".join(str(getattr(item, field)) for item in level.requirements)


def test_shipped_framework_has_no_errors():
    assert [str(problem) for problem in errors(PROBLEMS)] == []


def test_shipped_framework_has_the_warnings_of_the_golden_file():
    told = [f"{problem}\n" for problem in warnings(PROBLEMS)]

    assert "".join(told) == WARNINGS.read_text(encoding="utf-8")


def test_shipped_files_are_as_an_export_writes_them():
    written = files_of(SPEC)

    assert set(written) == set(FILES), REGENERATE
    changed = [name for name in written if written[name] != FILES[name]]
    assert changed == [], REGENERATE


def test_shipped_framework_is_whole():
    within_skills = {
        section: sum(len(getattr(skill, section)) for skill in SPEC.skills)
        for section in ("levels", "prerequisites", "actions", "questions")
    }

    assert [len(SPEC.skills_in(group.key)) for group in SPEC.groups] == [6, 6, 4, 4]
    assert within_skills == {
        "levels": 100,
        "prerequisites": 21,
        "actions": 252,
        "questions": 84,
    }
    assert len(SPEC.certifications) == 35
    assert sum(len(level.requirements) for level in SPEC.ladder) == 140


def test_shipped_careers_are_the_ladder_and_eleven_others():
    kinds = [career.kind for career in SPEC.careers]

    assert kinds == ["ladder"] + ["specialization"] * 6 + ["related"] * 5
    assert [level.key for level in SPEC.levels] == list(REQUIREMENTS)


@pytest.mark.parametrize("key", REQUIREMENTS)
def test_shipped_career_level_requires_what_is_meant(key):
    level = SPEC.levels_by_key[key]
    places = {item.skill: place for place, item in enumerate(level.requirements)}

    must_haves = tuple(places[item.skill] for item in level.must_haves)

    found = (digits(level, "required"), digits(level, "importance"), must_haves)
    assert found == REQUIREMENTS[key]


def test_shipped_ladder_has_years_and_pay():
    found = [
        (rung.years_min, rung.years_max, rung.pay_median, rung.pay_average)
        for rung in SPEC.ladder
    ]

    assert found == LADDER


def test_shipped_skills_take_the_hours_that_are_meant():
    assert {skill.key: SPEC.hours_of(skill) for skill in SPEC.skills} == HOURS


@pytest.mark.parametrize("skill", SPEC.skills, ids=lambda skill: skill.key)
def test_every_step_of_a_shipped_skill_has_actions_within_its_hours(skill):
    asked = max(
        (
            item.required
            for level in SPEC.ladder
            for item in level.must_haves
            if item.skill == skill.key
        ),
        default=0,
    )
    for step, hours in enumerate(SPEC.hours_of(skill)):
        actions = skill.actions_of_step(step)
        heads = [action.head for action in actions]
        assert sum(action.hours for action in actions) <= hours
        assert heads == [head for head in HEADS if head in heads]
        assert len(heads) == (3 if step < asked else 2)


def test_every_shipped_action_begins_with_a_piece_for_this_week():
    actions = [action for skill in SPEC.skills for action in skill.actions]

    assert [a.key for a in actions if not a.key.endswith(f"-{a.head}")] == []
    assert [a.key for a in actions if "this week" not in a.first_piece.lower()] == []
    assert [a.key for a in actions if not a.description] == []
    assert max(len(action.what_to_do) for action in actions) <= 260


def test_every_shipped_first_piece_is_one_short_thing_to_do():
    """One sentence of at most 18 words, said once: `description` goes on from there."""
    pieces = {
        action.key: action
        for skill in SPEC.skills
        for action in skill.actions
        if action.first_piece
    }

    assert len(pieces) == 252
    assert [
        key for key, a in pieces.items() if len(a.first_piece.split()) > MOST_WORDS
    ] == []
    assert [
        key
        for key, a in pieces.items()
        if a.first_piece.split()[0] not in VERBS.split()
    ] == []
    assert [
        key
        for key, a in pieces.items()
        if not a.first_piece.endswith(".") or re.search(r"[.?!] ", a.first_piece)
    ] == []
    assert [
        key
        for key, a in pieces.items()
        if a.first_piece.lower() in a.description.lower()
    ] == []


def test_shipped_cases_stand_at_levels_of_must_have_skills():
    told = {
        level.value: sum(
            bool(each.counts)
            for skill in SPEC.skills
            for each in skill.levels
            if each.value == level.value
        )
        for level in SPEC.skills[0].levels
    }
    both = {
        bool(level.counts) == bool(level.does_not_count)
        for skill in SPEC.skills
        for level in skill.levels
    }

    assert told == {1: 0, 2: 0, 3: 12, 4: 12, 5: 8}
    assert both == {True}


def test_shipped_certifications_follow_their_rule():
    """None helps up to the top of the scale, and the rule says so."""
    helped = [each.up_to for item in SPEC.certifications for each in item.supports]

    assert max(helped) == 4
    assert SPEC.certification_rule.endswith(
        "None helps up to 5: that is shown at work alone."
    )


def test_every_shipped_question_tells_a_strong_answer_from_a_weak_one():
    questions = [question for skill in SPEC.skills for question in skill.questions]

    assert [q.key for q in questions if not (q.strong_answer and q.weak_answer)] == []


def test_every_shipped_must_have_has_a_question_at_its_level():
    asked = {
        (question.career_level, skill.key, question.probes_value)
        for skill in SPEC.skills
        for question in skill.questions
    }

    bare = [
        (level.key, item.skill)
        for level in SPEC.ladder
        for item in level.must_haves
        if (level.key, item.skill, item.required) not in asked
    ]

    assert bare == []


def test_shipped_statements_are_short_and_all_different():
    statements = [level.statement for skill in SPEC.skills for level in skill.levels]

    assert max(map(len, statements)) <= 130
    assert len(set(statements)) == 100


@pytest.mark.parametrize("skill", SPEC.skills, ids=lambda skill: skill.key)
def test_every_shipped_skill_has_an_example_that_names_its_level(skill):
    (level,) = COUNTS_AS.findall(skill.example)

    assert skill.example.startswith("For example: ")
    assert re.search(r"\byou(r)?\b", skill.example)
    assert skill.statement(int(level)) != ""
    assert len(skill.example) <= 200


def test_shipped_examples_are_all_different_and_show_both_middle_levels():
    examples = [skill.example for skill in SPEC.skills]

    levels = {level for text in examples for level in COUNTS_AS.findall(text)}

    assert len(set(examples)) == 20
    assert levels == {"2", "3"}


def test_certifications_of_shipped_actions_support_their_skill():
    supports = {
        certification.key: {item.skill for item in certification.supports}
        for certification in SPEC.certifications
    }

    strange = [
        (action.key, key)
        for skill in SPEC.skills
        for action in skill.actions
        for key in action.certifications
        if skill.key not in supports[key]
    ]

    assert strange == []


def test_every_requirement_of_a_shipped_career_has_a_basis():
    bare = [
        (level.key, item.skill)
        for level in SPEC.levels
        for item in level.requirements
        if not item.basis
    ]

    assert bare == []


def test_no_must_have_of_the_shipped_ladder_is_only_inferred():
    inferred = [
        (rung.key, item.skill)
        for rung in SPEC.ladder
        for item in rung.must_haves
        if item.evidence_grade == "inferred"
    ]

    assert inferred == []


def test_shipped_prerequisites_hold_for_everyone_who_meets_a_career_level():
    broken = [
        (level.key, skill.key, need.skill)
        for level in SPEC.levels
        for skill in SPEC.skills
        for need in skill.prerequisites
        if level.requirement(skill.key).required >= need.applies_from
        and level.requirement(need.skill).required < need.min_value
    ]

    assert broken == []


def test_shipped_framework_gives_credit():
    assert "O*NET® is a trademark of USDOL/ETA." in SPEC.attribution
    assert "CC BY 4.0" in SPEC.attribution
    assert "Open Government Licence v3.0" in SPEC.attribution
    assert [source.key for source in SPEC.sources] == [
        *("guide", "onet", "onet-cism", "uk", "dbx", "lad", "gl", "pmi", "esco")
    ]
