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


class WhatIfForm(forms.Form):
    """Other levels for the skills of a report's target, each drawn as a `segment`.

    Sent by GET: an address that names some skills leaves the others as they stand.
    """

    def __init__(self, data, *, report):
        self.report = report
        self.stands = {each.key: each.rating for each in report.asked}
        known = {key: value for key, value in data.items() if key in self.stands}
        super().__init__(self.stands | known)
        self.points = [point.value for point in report.spec.scale]
        for key in self.stands:
            self.fields[key] = forms.TypedChoiceField(
                choices=[(str(value), str(value)) for value in self.points],
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={
                    "invalid_choice": f"Choose a level from {self.points[0]} to "
                    f"{self.points[-1]}."
                },
            )

    def tried(self):
        """{skill key: point of the scale} of the levels that do not stand already."""
        return {
            key: value
            for key, value in self.cleaned_data.items()
            if value is not None and value != self.stands[key]
        }

    def groups(self):
        """[(skill group, [(SkillStanding, options of a `segment`, errors)])]."""
        return [
            (
                group,
                [
                    (each, self._options(each.key), self.errors.get(each.key, []))
                    for each in self.report.asked
                    if each.skill.group == group.key
                ],
            )
            for group in self.report.spec.groups
            if any(each.skill.group == group.key for each in self.report.asked)
        ]

    def _options(self, key):
        chosen = str(self[key].value())
        return [
            {"value": value, "label": value, "checked": str(value) == chosen}
            for value in self.points
        ]
