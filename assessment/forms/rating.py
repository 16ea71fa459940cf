"""One skill's answer."""

from django import forms

from assessment.answers import NO_ANSWER, Answer
from assessment.models import NOTE_LENGTH, REASON_LENGTH, Rating


def check_length_of_note(note):
    if len(note) > NOTE_LENGTH:
        raise forms.ValidationError(
            f"Shorten the note to {NOTE_LENGTH:,} characters (it has {len(note):,})."
        )


class RatingForm(forms.Form):
    """One skill's answer. Drawn by the rating card and not by crispy.

    `scale` is the framework's; `stored` is the answer that stands now, which a page without scripts sends back beside
    a new tick. What the target asks of the skill is not known here: nobody shall see it
    before they have answered.
    """

    value = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    confidence = forms.ChoiceField(
        choices=Rating.Confidence.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose not very, fairly or very."},
    )
    note = forms.CharField(
        required=False,
        widget=forms.Textarea,
        validators=[check_length_of_note],
    )
    url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": "This is not a web address. It looks like https://example.org/page.",
            "max_length": "This address is too long. Use a shorter link.",
        },
    )
    not_applicable = forms.BooleanField(required=False)
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False,
        max_length=REASON_LENGTH,
        error_messages={
            "max_length": f"Shorten the reason to {REASON_LENGTH} characters."
        },
    )

    def __init__(self, *args, skill, scale, stored=NO_ANSWER, **kwargs):
        self.skill = skill
        self.stored = stored
        kwargs.setdefault("initial", _initial(stored))
        super().__init__(*args, prefix=skill.key, **kwargs)
        self.fields["value"].choices = [(str(each.value), each.name) for each in scale]
        self.fields["value"].error_messages["invalid_choice"] = (
            f"Choose one of the levels {scale[0].value} to {scale[-1].value}."
        )

    def clean_url(self):
        url = self.cleaned_data["url"]
        if url and not url.startswith(("http://", "https://")):
            raise forms.ValidationError("Use an address that begins with https://.")
        return url

    def clean(self):
        cleaned = super().clean()
        if "not_applicable" not in cleaned or "value" not in cleaned:
            return cleaned
        if cleaned["not_applicable"]:
            self._clean_left_out(cleaned)
        elif cleaned.get("reason") and not self.stored.not_applicable:
            self.add_error(
                "reason", "Tick the box above to leave the skill out, or clear this."
            )
        return cleaned

    def _clean_left_out(self, cleaned):
        if not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error(
                "reason", "Say in a few words why it is not part of your work."
            )
        # A radio cannot be unchosen: the level that was stored gives way to the tick.
        if cleaned["value"] not in (None, self.stored.value):
            self.add_error(
                "not_applicable",
                "You chose a level and left the skill out. Untick this to keep the level.",
            )
        cleaned["value"] = None

    def question(self, newer, text):
        """Says that another answer is stored by now; sending the form again keeps this."""
        self.add_error(
            "value",
            f"This was changed elsewhere: now it is {text}. Nothing was overwritten. "
            "What you chose here is still here; save again to keep it.",
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(newer.revision)

    def answer(self) -> Answer:
        """The valid form as an answer."""
        cleaned = self.cleaned_data
        return Answer(
            value=cleaned["value"],
            not_applicable=cleaned["not_applicable"],
            reason=cleaned["reason"] if cleaned["not_applicable"] else "",
            confidence=cleaned["confidence"] or Rating.Confidence.MEDIUM,
            note=cleaned["note"],
            url=cleaned["url"],
            revision=cleaned["revision"] or 0,
        )


def _initial(stored):
    return {
        "value": stored.value,
        "confidence": stored.confidence,
        "note": stored.note,
        "url": stored.url,
        "not_applicable": stored.not_applicable,
        "reason": stored.reason,
        "revision": stored.revision,
    }
