"""Sample data for the style guide, which shows each component in each state.

Nothing here is real, and nothing but the style guide's page uses it.
"""

from types import SimpleNamespace as Sample

from django import forms

from assessment import charts
from assessment.styleguide.comparisons import comparisons
from assessment.styleguide.guide import guide
from assessment.styleguide.ladder import RUNGS, ladder
from assessment.styleguide.practice import practice

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
BANDS = (
    (5, "Ready to make the case"),
    (4, "Nearly there"),
    (3, "On the way"),
    (2, "Building the base"),
    (1, "Exploring"),
)
FIGURES = (
    Sample(value="57 to 79", label="likely range, given how sure you were"),
    Sample(value="80.6", label="points of coverage you have banked"),
    Sample(value="79", label="someone who just meets TPM, the level below"),
    Sample(value="90", label="ready to make the case"),
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


def _gap_rows():
    rows = (
        ("Stakeholder management", 2, 4, True, "16.0", "100"),
        ("Data analysis and reporting", 2, 3, False, "1.8", "49"),
        ("Technical communication", 3, 4, True, "1.7", "65"),
        ("Version control literacy", 3, 2, False, "0.0", ""),
        ("Risk management", 4, 4, True, "0.0", ""),
        ("Programming literacy", None, 2, False, "0.0", ""),
        ("Database fundamentals", 1, 0, False, "0.0", ""),
    )
    return [
        Sample(
            name=name,
            must_have=must_have,
            mark=charts.gap_mark(rating, required),
            text=f"{'not rated' if rating is None else rating}, asked {required}",
            lost=lost,
            priority=priority,
            url="#skills",
        )
        for name, rating, required, must_have, lost, priority in rows
    ]


def _gaps():
    return [
        Sample(
            name=name,
            mark=charts.gap_mark(rating, required),
            text=f"You {rating}, asked for {required}",
            gain=gain,
        )
        for name, rating, required, gain in (
            ("Stakeholder management", 2, 4, "+14.3 points"),
            ("Technical communication", 3, 4, "+1.7 later"),
            ("Adaptability and problem solving", 3, 4, "+1.7 later"),
        )
    ]


def _scales():
    marks = {"ready_cut": 90, "level_below": 79, "level_below_name": "TPM"}
    return {
        "held": charts.score_scale(680, 57, 79, held_tenths=126, **marks),
        "plain": charts.score_scale(430, 35, 52, **marks),
        "low": charts.score_scale(
            120,
            4,
            24,
            held_tenths=56,
            ready_cut=85,
            level_below=60,
            level_below_name="Junior TPM",
        ),
        "high": charts.score_scale(
            840,
            77,
            93,
            held_tenths=90,
            ready_cut=98,
            level_below=84,
            level_below_name="Program Manager",
        ),
        "full": charts.score_scale(1000, 91, 100, **marks),
        "provisional": charts.score_scale(861, 74, 88, provisional=True, **marks),
    }


def _account():
    return [
        Sample(kind="", label="Delivery craft", note="of 29.7", points="26.5"),
        Sample(kind="", label="Technical literacy", note="of 20.3", points="16.2"),
        Sample(kind="", label="People and influence", note="of 24.3", points="15.7"),
        Sample(kind="", label="Judgment and direction", note="of 25.7", points="22.2"),
        Sample(kind="sum", label="Earned (coverage)", note="", points="80.6"),
        Sample(
            kind="held",
            label="Held until stakeholder management rises",
            note="",
            points="\N{MINUS SIGN}12.6",
        ),
        Sample(kind="total", label="Readiness", note="", points="68.0"),
    ]


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


def _columns():
    return [
        Sample(text="Skill", url="?sort=name", sort=""),
        Sample(text="You, asked", url="?sort=gap", sort=""),
        Sample(text="Points lost", url="?sort=lost", sort="descending"),
        Sample(text="Priority", url="?sort=priority", sort=""),
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
        "what_if_name": f"{name}-what-if",
        "what_if_faulty": f"{name}-what-if-faulty",
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


def _group_rows():
    groups = (("Delivery craft", 0.4, 80), ("People and influence", 0.2, 50))
    bars = charts.group_bars((share, covered) for _, share, covered in groups)
    return [
        Sample(
            name=name, bar=bar, covered=covered, worth=round(100 * share), met="2 of 5"
        )
        for (name, share, covered), bar in zip(groups, bars, strict=True)
    ]


def _report():
    return {
        "figures": FIGURES,
        "scales": _scales(),
        "bars": [
            charts.points_bar(680, 126, (160, 80, 40, 30, 10)),
            charts.points_bar(80, 56),
            charts.points_bar(840, 90),
            charts.points_bar(1000),
        ],
        "group_rows": _group_rows(),
        "account": _account(),
        "columns": _columns(),
        "rows": _gap_rows(),
        "gaps": _gaps(),
        "gap": charts.gap_mark(2, 4),
        "lever": charts.gap_mark(2, 4, under_cells=True),
    }


def samples() -> dict:
    """Build the context of the style guide."""
    return {
        "themes": [_theme("light"), _theme("dark")],
        "colours": COLOURS,
        "bands": BANDS,
        **_rating(),
        **_report(),
        **ladder(),
        **guide(),
        **comparisons(),
    }
