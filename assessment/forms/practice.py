"""Notes for interview questions."""

from django import forms

from assessment.forms.rating import check_length_of_note

SIGN_REFUSED = "This text holds a sign that cannot be stored. Type it anew."


class PracticeForm(forms.Form):
    """Notes for interview questions. `changes` are those to keep, {question key: text}.

    `stored` are the notes that are kept already. Each field goes with what its page has
    seen: a note that was not touched there is left alone, and one that was changed
    elsewhere is not written over.
    """

    def __init__(self, *args, questions, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.stored, self.changes = questions, stored, {}
        for each in questions:
            kept = stored.get(each.key, "")
            self.fields[each.key] = forms.CharField(
                label=f"Your notes on {each.skill}",
                initial=kept,
                required=False,
                widget=forms.Textarea({"rows": 6, "class": "writing__text"}),
                error_messages={"null_characters_not_allowed": SIGN_REFUSED},
            )
            self.fields[_seen(each.key)] = forms.Field(
                initial=kept, required=False, widget=forms.HiddenInput
            )

    def clean(self):
        cleaned = super().clean()
        for each in self.questions:
            if each.key not in self.errors:
                self._compare(each.key, _plain(cleaned[each.key]))
        return cleaned

    def _compare(self, key, text):
        seen, stored = _plain(self.cleaned_data[_seen(key)]), self.stored.get(key, "")
        if text in (seen, stored):
            return
        try:  # of what is written now: two notes that were joined may be longer
            check_length_of_note(text)
        except forms.ValidationError as error:
            self.add_error(key, error)
            return
        if seen == stored:
            self.changes[key] = text
            return
        now = f"It says now: “{stored}”" if stored else "It is empty now."
        self.add_error(
            key,
            f"This note was changed elsewhere. {now} Nothing was overwritten. What you "
            "wrote is still here; save again to keep it.",
        )
        self.data = self.data.copy()
        self.data[_seen(key)] = stored

    def fields_of(self, questions):
        """[(question, its note, what the page has seen)], as the page shows them."""
        return [(each, self[each.key], self[_seen(each.key)]) for each in questions]


def _seen(key):
    return f"seen:{key}"


def _plain(text):
    """As it is stored: browsers send line breaks as two characters."""
    return (text or "").replace("\r\n", "\n").strip()
