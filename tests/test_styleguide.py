"""The page for those who build pages; tools/styleguide."""

from scoring.number import Band
from tests.factories import make_shipped_framework
from tests.reading import texts


def test_style_guide_shows_each_verdict(client, db):
    make_shipped_framework()

    response = client.get("/styleguide/")

    assert len(texts(response, "span", "band-badge")) == len(Band)


def test_style_guide_needs_no_framework(client, db):
    response = client.get("/styleguide/")

    assert texts(response, "title")[0] == "Style guide · tpmguide"
