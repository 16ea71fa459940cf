"""Rows to specs, published ones once in each process."""

import pytest

from careers import store
from careers.models import Framework, InterviewQuestion, Requirement, Skill
from tests.factories import (
    make_framework,
    make_shipped_framework,
    make_with_planning_as,
    small_spec,
)

pytestmark = pytest.mark.django_db


def test_rows_load_to_the_spec_that_was_imported():
    framework = make_framework()

    assert store.load_rows(framework) == small_spec()


@pytest.mark.parametrize("make", [make_framework, make_shipped_framework])
def test_rows_load_with_one_query_a_table(make, django_assert_num_queries):
    framework = make()

    with django_assert_num_queries(14):
        store.load_rows(framework)


def test_published_spec_is_loaded_once(django_assert_num_queries):
    framework = make_framework()
    first = store.spec_of(framework)

    with django_assert_num_queries(0):
        second = store.spec_of(framework)

    assert second is first


def test_draft_spec_is_loaded_anew():
    draft = make_framework(publish=False)
    store.spec_of(draft)
    Skill.objects.filter(key="planning").update(name="Plans")

    assert store.spec_of(draft).skills_by_key["planning"].name == "Plans"


def test_retired_spec_stays_readable():
    old = make_framework()
    make_framework(version="2.0", title="Next ladder")

    assert store.load(old.digest).version == "1.0"


def test_unknown_digest_raises_does_not_exist():
    with pytest.raises(Framework.DoesNotExist):
        store.load("0" * 64)


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        # skills of each version after the first, with what each replaces
        ([{"plans": "planning"}, {"roadmaps": "plans"}], "roadmaps"),
        # one that goes on by itself was not taken over
        ([{"plans": "planning"}, {"maps": "plans", "plans": ""}], "plans"),
        ([{"plans": "planning"}, {"maps": "plans", "planning": ""}], "planning"),
        # of several, the first
        ([{"plans": "planning"}, {"trips": "plans", "maps": "plans"}], "trips"),
        ([{"plans": "planning"}, {"roadmaps": ""}], None),
    ],
)
def test_a_skill_is_found_by_any_key_that_it_had(
    versions, found, django_assert_num_queries
):
    make_framework()
    for number, skills in enumerate(versions, 1):
        renamed = [(key, tuple(old.split())) for key, old in skills.items()]
        live = make_with_planning_as(*renamed, version=f"1.{number}")
    spec = store.spec_of(live)

    skill = store.skill_once(spec, "planning")

    assert (skill and skill.key) == found
    assert store.skill_once(spec, "tooling").key == "tooling"
    with django_assert_num_queries(0):
        assert store.skill_once(spec, "planning") is skill


@pytest.mark.parametrize("key", [None, "other"])
def test_live_framework_is_the_published_one_of_its_key(key):
    make_framework(key=key)
    second = make_framework(key=key, version="2.0")
    make_framework(key=key, version="3.0", publish=False)
    make_framework(key="stranger")

    assert list(store.live_frameworks(key)) == [second]


def test_links_out_of_a_clean_framework_are_none():
    assert store.links_out_of(make_shipped_framework()) == []


def test_links_out_of_name_each_row_that_leaves_its_framework():
    make_framework()
    draft = make_framework(version="2.0", publish=False)
    stranger = Skill.objects.get(framework__version="1.0", key="testing")
    question = InterviewQuestion.objects.get(framework=draft, key="planning-tpm")
    InterviewQuestion.objects.filter(pk=question.pk).update(skill=stranger)
    Requirement.objects.filter(
        career_level__framework=draft, career_level__key="tpm", skill__key="testing"
    ).update(skill=stranger)

    assert store.links_out_of(draft) == [
        "required skill 'TPM: Testing 2' is linked to another framework by its skill.",
        "interview question 'Tell me of planning.' is linked to another framework by "
        "its skill.",
    ]
