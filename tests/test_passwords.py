"""Passwords that say little more than the name of this site are refused."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

REFUSED = (
    "tpmguide2026",
    "TPMguide!tpmguide",
    "ladder-house-1",
    "guide.acme.example",
    "laddercompany-1",
)


@pytest.fixture
def names(settings):
    settings.SITE_NAME = "Ladder House"
    settings.ALLOWED_HOSTS = [
        "guide.acme.example",
        "laddercompany.example",
        "testserver",
    ]


@pytest.mark.parametrize("password", REFUSED)
@pytest.mark.usefixtures("names")
def test_the_words_of_the_site_are_no_password(password):
    with pytest.raises(ValidationError, match="Without the name of this site"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["ladder-and-eight-more", "wholly other words", "an 7 acm guid"]
)
@pytest.mark.usefixtures("names")
def test_other_words_are_enough(password):
    validate_password(password)


def test_a_sign_up_says_so_beside_the_field(client, db):
    said = {"email": "new@example.org", "password1": "tpmguide2026"}

    answer = client.post(reverse("account_signup"), said)

    assert "Add other words." in answer.text
    assert not User.objects.filter(email="new@example.org").exists()
