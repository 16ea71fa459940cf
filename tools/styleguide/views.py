"""The page, with a form and the example report as what there is to show."""

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.example import example_report
from careers.store import live_frameworks
from scoring.number import Band

COLOURS = (
    "paper",
    "surface",
    "sunk",
    "line",
    "line-strong",
    "ink-soft",
    "ink",
    "accent-soft",
    "accent",
    "gap-soft",
    "gap",
    "danger-soft",
    "danger",
)


class SampleForm(forms.Form):
    """Each kind of field, one of them wrong."""

    email = forms.EmailField(
        label="E-mail", help_text="Only for reminders and to get back in."
    )
    hours = forms.IntegerField(label="Hours a week", min_value=1, max_value=40)
    level = forms.ChoiceField(
        label="Target level", choices=[("lead", "Lead"), ("director", "Director")]
    )
    notes = forms.BooleanField(
        label="Include my notes in the shared report", required=False
    )


@require_safe
def styleguide(request):
    framework = live_frameworks().first()
    context = {
        "colours": COLOURS,
        "form": SampleForm({"hours": "90", "email": "ana@example.org"}),
        "verdicts": list(Band),
        "report": framework and example_report(framework.digest),
    }
    return render(request, "styleguide.html", context)
