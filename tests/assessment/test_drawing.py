"""A component that is drawn from the same arguments is drawn once."""

from uuid import uuid4

from django.template import Context, Template
from django.urls import reverse

from assessment.charts import gap_mark
from assessment.templatetags import drawing
from tests.factories import small_spec


def drawn(**context):
    text = '{% load drawing %}{% draw "gap_mark" mark=mark %}'
    return Template(text).render(Context(context))


def test_a_drawing_is_what_its_component_shows():
    shown = drawn(mark=gap_mark(2, 4, 0, 5))

    assert shown.strip().startswith('<svg class="gap-mark is-short"')
    assert "&lt;" not in shown


def test_a_drawing_sees_nothing_of_the_page():
    assert "private" not in drawn(mark=gap_mark(1, 4, 0, 5), label="private")


def test_the_same_drawing_is_kept_and_another_is_not_mixed_up():
    drawing._drawn.cache_clear()

    marks = [drawn(mark=gap_mark(you, 3, 0, 5)) for you in (1, 2, 1)]

    assert marks[0] == marks[2] != marks[1]
    assert drawing._drawn.cache_info().misses == 2


def test_an_assessments_address_is_put_in_and_not_kept():
    text = '{% load drawing %}{% draw "report_menu" uid=uid can_make_pdf=False %}'
    uids = [uuid4(), uuid4()]

    menus = [Template(text).render(Context({"uid": uid})) for uid in uids]

    for uid, other, menu in zip(uids, uids[::-1], menus, strict=True):
        assert reverse("assessment:what_if", args=[uid]) in menu
        assert str(other) not in menu
        assert str(drawing.NOBODY) not in menu


def test_without_an_assessment_no_address_leads_to_one():
    text = '{% load drawing %}{% draw "targets" uid=uid spec=spec chosen="" %}'
    uid, spec = uuid4(), small_spec()

    with_one, with_none = (
        Template(text).render(Context({"uid": each, "spec": spec}))
        for each in (uid, None)
    )

    assert f"&amp;based_on={uid}" in with_one
    assert "based_on" not in with_none


def test_a_mark_uses_the_whole_of_its_own_scale():
    whole, half = gap_mark(1, 4, 1, 4), gap_mark(0, 1, 0, 1)

    assert (whole.you, whole.required) == (whole.axis.start, whole.axis.end)
    assert (half.you, half.required) == ("6.00%", "94.00%")
    assert 'pathLength="3.1"' in drawn(mark=whole)
    assert gap_mark(2, 4, 1, 7).you == "20.67%"
