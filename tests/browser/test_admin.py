"""The admin, where a page of ours is wider than Django's own."""

import pytest
from django.urls import reverse

from careers.models import CareerLevel, Framework
from careers.publishing import start_draft

pytestmark = pytest.mark.browser


def test_a_level_of_a_draft_is_no_wider_than_a_window(open_browser, spec, admin):
    draft = start_draft(framework=Framework.objects.get())
    level = CareerLevel.objects.filter(framework=draft).first()
    page = open_browser(admin, viewport={"width": 1280, "height": 900})

    page.goto(reverse("admin:careers_careerlevel_change", args=[level.pk]))

    assert page.locator("table textarea").count() >= 20  # one a skill
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == 1280
