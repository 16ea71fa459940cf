"""Sample data for the style guide, which shows each component in each state.

Nothing here is real, and nothing but the style guide's page uses it.
"""

from types import SimpleNamespace as Sample

from django import forms

from assessment import charts
from assessment.how_page import worked_example
from assessment.styleguide.guide import guide
from assessment.styleguide.ladder import RUNGS, ladder
from assessment.styleguide.practice import practice
from assessment.styleguide.trends import trends
from assessment.wording import VERDICTS

STATEMENTS = (
    ("Not yet", "I have not met this skill, or I could not yet describe it."),
    ("Aware", "I can say what a risk is and tell someone when I notice one."),
    (
        "Guided",
        "I keep one team's risk log current and suggest likelihood, impact and an "
        "owner, with guidance.",
    ),
    (
        "Independent",
        "I find, rank and respond to a whole project's risks by myself and escalate "
        "at the right moment.",
    ),
    (
        "Leading",
        "I manage linked risks and dependencies across several projects and coach "
        "others to act before problems hit.",
    ),
    (
        "Shaping",
        "I set the organization's approach to delivery risk and advise executives on "
        "which risks are worth taking.",
    ),
)

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

SKILL = Sample(
    key="risk-management",
    name="Risk management",
    description="Spotting what could go wrong (or right) early, judging how much it "
    "matters, and acting before it becomes a problem.",
    example="For example: every second week you went through one team's risk log and "
    "suggested an owner for each new risk. That counts as 2.",
)
PROMPT = "Describe a risk you raised early. What did you do about it?"
FIGURES = (
    Sample(value="2 to 4 years", label="typical experience"),
    Sample(value="15", label="skills are asked for"),
    Sample(value="6", label="must-haves"),
    Sample(value="USD 140,000", label="median pay, the guide's own figure"),
)
PARTS = ("Basics", "Rating", "Report", "Ladder")


class SampleForm(forms.Form):
    """The fields of a rating, filled by hand."""

    value = forms.TypedChoiceField(
        choices=[(level, level) for level in range(6)],
        coerce=int,
        required=False,
        error_messages={"required": "Choose the highest sentence that is true of you."},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    confidence = forms.ChoiceField(
        choices=[("low", "Not very"), ("medium", "Fairly"), ("high", "Very")],
        widget=forms.RadioSelect,
        initial="medium",
        required=False,
    )
    note = forms.CharField(required=False, max_length=40)
    url = forms.URLField(required=False, assume_scheme="https")
    not_applicable = forms.BooleanField(required=False)
    reason = forms.CharField(required=False)


class SampleField(forms.Form):
    email = forms.EmailField(
        label="E-mail", help_text="Only for reminders and to get back in."
    )
    hours = forms.IntegerField(label="Hours a week", min_value=1, max_value=40)
    level = forms.ChoiceField(
        label="Target level", choices=[(name, name) for name, *_ in RUNGS]
    )
    notes = forms.BooleanField(
        label="Include my notes in the shared report", required=False
    )


def _levels(chosen=None):
    return [
        Sample(value=value, name=name, statement=text, checked=value == chosen)
        for value, (name, text) in enumerate(STATEMENTS)
    ]


def _card(prefix, chosen=None, data=None, required=False, initial=None):
    if data is not None:
        data = {f"{prefix}-{name}": value for name, value in data.items()}
    form = SampleForm(data, prefix=prefix, initial=initial)
    form.fields["value"].required = required
    skill = Sample(**{**vars(SKILL), "key": prefix})
    return Sample(form=form, skill=skill, levels=_levels(chosen))


def _cards(theme):
    return {
        "card_open": _card(f"{theme}-open"),
        "card_saved": _card(f"{theme}-saved", chosen=4, initial={"confidence": "high"}),
        "card_invalid": _card(
            f"{theme}-invalid",
            data={"note": "A note that is longer than forty characters.", "url": "x y"},
            required=True,
        ),
        "card_folded": _card(f"{theme}-folded", chosen=4),
        "card_left_out": _card(
            f"{theme}-left-out",
            initial={"not_applicable": True, "reason": "Another team owns our data."},
        ),
    }


def _groups():
    skills = (("Version control literacy", True), ("Programming literacy", False))
    return [
        Sample(
            name="Delivery craft", count="6 of 6", url="#", done=True, current=False
        ),
        Sample(name="People", count="4 of 4", url="#", done=True, current=False),
        Sample(
            name="Technical literacy",
            count="2 of 6",
            url="#",
            done=False,
            current=True,
            skills=[
                Sample(key="steps", name=name, answered=answered)
                for name, answered in skills
            ],
        ),
        Sample(name="Judgment", count="0 of 4", url="#", done=False, current=False),
    ]


def _theme(name):
    """What must differ between the two themes: names and ids."""
    return {
        "name": name,
        "contents": [
            Sample(anchor=f"{name}-{part.lower()}", text=part) for part in PARTS
        ],
        "options": [
            Sample(value=value, label=value, checked=value == 3) for value in range(6)
        ],
        "writing": f"{name}-writing",
        "practice": practice(name),
        "words": [
            Sample(value=value, label=label, checked=value == "medium")
            for value, label in SampleForm.base_fields["confidence"].choices
        ],
        "words_name": f"{name}-words",
        "choice_name": f"{name}-choice",
        "fields": SampleField(
            {f"{name}-hours": "90", f"{name}-email": "ana@example.org"}, prefix=name
        ),
        **_cards(name),
    }


def _rating():
    return {
        "levels": _levels(3),
        "prompt": PROMPT,
        "saved": Sample(kind="saved", text="Saved 14:32"),
        "suggestion": Sample(
            rated_at=None,
            text="3 Independent",
            statement=STATEMENTS[3][1],
            now="",
            keep_url="",
        ),
        "failed": Sample(kind="failed", text="Not saved. Use “Save and continue”."),
        "groups": _groups(),
        "progress": charts.progress([(6, 6), (4, 4), (2, 6), (0, 4)]),
    }


def samples(report) -> dict:
    """Build the context of the style guide; `report` is the example, or None."""
    return {
        "themes": [_theme("light"), _theme("dark")],
        "colours": COLOURS,
        "bands": list(reversed(VERDICTS)),
        "figures": FIGURES,
        "report": report,
        "provisional": worked_example(),
        "mark": charts.gap_mark(2, 4),
        **_rating(),
        **ladder(),
        **guide(),
        "trends": trends(),
    }
