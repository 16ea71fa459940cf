"""What stands on the rating cards, besides the answers themselves."""

import re

import pytest
from django.urls import reverse

from tests.factories import changed_skill, make_assessment, make_framework

pytestmark = pytest.mark.django_db


def test_page_says_how_to_choose_and_what_counts(alice, alice_client):
    make_framework(skills=changed_skill("testing", example=""))
    draft = make_assessment(owner=alice, ratings={"tooling": 3})

    response = alice_client.get(
        reverse("assessment:rate", args=[draft.uid, "delivery"])
    )

    content = response.content.decode()
    examples = re.findall(r"your (\w+) helped a team. That counts as 2", content)
    assert "the highest sentence that is true of you most of the time" in content
    assert "Think of the last six months." in content
    assert examples == ["planning", "tooling"]
    assert content.count("What counts?") == 2
