"""Several tabs save one card at the same moment: one is stored, none is overwritten."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from assessment import actions
from assessment.answers import NO_ANSWER, Answer
from assessment.measuring import answers_of
from assessment.models import Assessment
from tests.factories import make_assessment, make_framework

TABS, ROUNDS = 6, 4


def race(person, assessment, revision):
    """What each tab is answered, as (value, status)."""
    address = reverse("assessment:save", args=[assessment.uid, "tooling"])
    signed_in = Client()
    signed_in.force_login(person)
    start = Barrier(TABS)

    def save(value):
        tab = Client()
        tab.cookies.update(signed_in.cookies)
        said = {"tooling-value": value, "tooling-revision": revision}
        start.wait()
        try:
            return value, tab.post(address, said).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TABS) as pool:
        return list(pool.map(save, range(TABS)))


@pytest.mark.django_db(transaction=True)
def test_one_of_many_tabs_wins_and_the_others_are_told(alice):
    make_framework()
    for ratings, revision in (({}, 0), ({"tooling": Answer(note="Before")}, 1)):
        for _ in range(ROUNDS):
            draft = make_assessment(owner=alice, ratings=ratings)

            answered = race(alice, draft, revision)

            winners = [value for value, status in answered if status == 200]
            assert sorted(status for _, status in answered) == [200] + [409] * 5
            assert [answers_of(draft)["tooling"].value] == winners


@pytest.mark.django_db
@pytest.mark.parametrize("read", [NO_ANSWER, Answer(2, revision=1)])
def test_what_was_overtaken_since_it_was_read_is_not_written(framework, alice, read):
    draft = make_assessment(owner=alice, ratings={"tooling": Answer(2)})
    if read.revision:
        actions.record_ratings(assessment=draft, ratings={"tooling": Answer(3)})
    before = answers_of(draft)["tooling"]
    locked = Assessment.objects.for_saving("tooling").get(pk=draft.pk)
    answer = Answer(5, revision=read.revision)

    with pytest.raises(actions.Overtaken), transaction.atomic():
        actions.record_rating(assessment=locked, answer=answer, stored=read)

    assert answers_of(draft)["tooling"] == before
