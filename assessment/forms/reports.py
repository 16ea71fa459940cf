"""What is said about a report, and looked for."""

from django import forms

from assessment.models import LABEL_LENGTH


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
