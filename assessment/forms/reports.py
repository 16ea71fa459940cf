"""What is said about a report, and looked for."""

from django import forms

from assessment.models import LABEL_LENGTH
from careers.shape import TOP_LEVEL


class LabelForm(forms.Form):
    """The owner's own name for an assessment."""

    label = forms.CharField(
        label="Name",
        required=False,
        max_length=LABEL_LENGTH,
        help_text="For example “Before the review”. Only you see it.",
        error_messages={
            "max_length": f"Shorten the name to {LABEL_LENGTH} characters."
        },
    )


class ShareForm(forms.Form):
    """A new share link: for whom, for how long, and what of the report it shows."""

    label = forms.CharField(
        label="Who is it for?",
        max_length=LABEL_LENGTH,
        help_text="For example “My manager”. Only you see it.",
        error_messages={
            "required": "Write who it is for, so that you can tell your links apart.",
            "max_length": f"Shorten this to {LABEL_LENGTH} characters.",
        },
    )
    days = forms.TypedChoiceField(
        label="How long does it work?",
        choices=[(days, f"{days} days") for days in (7, 30, 90)],
        coerce=int,
        initial=30,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how long the link works.",
            "invalid_choice": "Choose 7, 30 or 90 days.",
        },
    )
    shown_name = forms.CharField(
        label="Your name on the page",
        required=False,
        max_length=LABEL_LENGTH,
        help_text="Leave it empty to share the report without a name.",
        error_messages={"max_length": f"Shorten this to {LABEL_LENGTH} characters."},
    )
    includes_notes = forms.BooleanField(
        label="Show my notes and links, and why I left skills out",
        required=False,
    )


class WhatIfForm(forms.Form):
    """Other levels for the skills of a target. Drawn by the lever and not by crispy.

    Sent by GET: an address that names some skills leaves the others as they stand, in
    `stands` {skill key: 0..5, or None}.
    """

    def __init__(self, data, *, stands):
        known = {key: value for key, value in data.items() if key in stands}
        super().__init__(stands | known)
        for key in stands:
            self.fields[key] = forms.TypedChoiceField(
                choices=[(str(n), str(n)) for n in range(TOP_LEVEL + 1)],
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={
                    "invalid_choice": f"Choose a level from 0 to {TOP_LEVEL}."
                },
            )

    def values(self):
        """{skill key: 0..5} of what has a level and is one."""
        return {
            key: value for key, value in self.cleaned_data.items() if value is not None
        }
