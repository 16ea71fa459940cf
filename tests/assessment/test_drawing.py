"""A component that is drawn from the same arguments is drawn once."""

from django.template import Context, Template

from assessment.charts import gap_mark
from assessment.templatetags import drawing


def drawn(**context):
    text = '{% load drawing %}{% draw "gap_mark" mark=mark %}'
    return Template(text).render(Context(context))


def test_a_drawing_is_what_its_component_shows():
    shown = drawn(mark=gap_mark(2, 4))

    assert shown.strip().startswith('<svg class="gap-mark is-short"')
    assert "&lt;" not in shown


def test_a_drawing_sees_nothing_of_the_page():
    assert "private" not in drawn(mark=gap_mark(1, 4), label="private")


def test_the_same_drawing_is_kept_and_another_is_not_mixed_up():
    drawing._drawn.cache_clear()

    marks = [drawn(mark=gap_mark(you, 3)) for you in (1, 2, 1)]

    assert marks[0] == marks[2] != marks[1]
    assert drawing._drawn.cache_info().misses == 2
