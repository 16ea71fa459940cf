"""Sample data for the component that asks an interview question."""

from types import SimpleNamespace as Sample

from django import forms

QUESTION = Sample(
    question="Tell me about a risk that you took seriously before others did.",
    skill="Risk management",
    skill_url="#risk-management",
    state="short",
    standing="You 2, asked 4",
    shows_level="3 Independent",
    shows="I find, rank and respond to a whole project's risks by myself.",
    strong_answer="Says when the risk was first seen, and what was done in time.",
    weak_answer="Describes what one should do about risks.",
    note="The supplier was late.\nI asked for a second one in week two.",
    prompt="",
)


class SampleNote(forms.Form):
    note = forms.CharField(
        label="Your notes on Risk management",
        widget=forms.Textarea({"rows": 6, "class": "writing__text"}),
    )
    seen = forms.Field(required=False, widget=forms.HiddenInput)


def practice(name):
    """One card for a theme: names and ids differ."""
    form = SampleNote(prefix=f"{name}-practice")
    return Sample(question=QUESTION, note=form["note"], seen=form["seen"])
