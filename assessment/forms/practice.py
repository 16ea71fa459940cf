"""Notes for interview questions."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.forms.rating import check_length_of_note
from careers.wording import isolated

SIGN_REFUSED = _("This text holds a sign that cannot be stored. Type it anew.")


class PracticeForm(forms.Form):
    """Notes for interview questions. `changes` are those to keep, {question key: text}.

    Drawn by interview.html. `skills` are SkillStandings, each with its question; `stored`
    are the notes that are kept already. Each field goes with what its page has seen: a note
    that was not touched there is left alone, and one that was changed elsewhere is not
    written over.
    """

    def __init__(self, *args, skills, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = [each.question.key for each in skills]
        self.stored, self.changes = stored, {}
        for each in skills:
            key = each.question.key
            kept = stored.get(key, "")
            self.fields[key] = forms.CharField(
                label=gettext("Your notes on %(skill)s")
                % {"skill": isolated(each.skill.name)},
                initial=kept,
                required=False,
                error_messages={"null_characters_not_allowed": SIGN_REFUSED},
            )
            self.fields[_seen(key)] = forms.Field(initial=kept, required=False)

    def clean(self):
        cleaned = super().clean()
        for key in self.keys:
            if key not in self.errors:
                self._compare(key, _plain(cleaned[key]))
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
        self.add_error(key, changed_elsewhere(stored))
        self.data = self.data.copy()
        self.data[_seen(key)] = stored

    def fields_of(self, skills):
        """[(SkillStanding, its note, what the page has seen)], as the page shows them."""
        keys = [each.question.key for each in skills]
        return [
            (each, self[key], self[_seen(key)])
            for each, key in zip(skills, keys, strict=True)
        ]


def changed_elsewhere(stored):
    """Says what is stored now, in place of what the page has seen."""
    if not stored:
        return gettext(
            "This note was changed elsewhere. It is empty now. Nothing was overwritten. "
            "What you wrote is still here; save again to keep it."
        )
    return gettext(
        "This note was changed elsewhere. It says now: “%(note)s” Nothing was "
        "overwritten. What you wrote is still here; save again to keep it."
    ) % {"note": stored}


def _seen(key):
    return f"seen:{key}"


def _plain(text):
    """As it is stored: browsers send line breaks as two characters."""
    return (text or "").replace("\r\n", "\n").strip()
