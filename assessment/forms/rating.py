"""One skill's answer."""

from dataclasses import replace

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment import wording
from assessment.answers import NO_ANSWER, Answer, joined, statement_of
from assessment.models import NOTE_LENGTH, REASON_LENGTH, Rating
from assessment.report import WEB


def check_length_of_note(note):
    if len(note) > NOTE_LENGTH:
        raise forms.ValidationError(
            gettext("Shorten the note to %(most)s characters (it has %(length)s).")
            % {"most": f"{NOTE_LENGTH:,}", "length": f"{len(note):,}"}
        )


class LinkField(forms.URLField):
    """The address of a page that shows something; it may come without its beginning."""

    default_error_messages = {
        "invalid": _(
            "This is not a web address. It looks like https://example.org/page."
        ),
        "max_length": _("This address is too long. Use a shorter link."),
    }

    def __init__(self, **more):
        super().__init__(required=False, max_length=500, assume_scheme="https", **more)

    def clean(self, value):
        url = super().clean(value)
        if url and not url.startswith(WEB):
            raise forms.ValidationError(
                gettext("Use an address that begins with https://.")
            )
        return url


class LinesField(forms.MultipleChoiceField):
    """Lines of the person's own journal; any are taken, as any note is."""

    def valid_value(self, value):
        return True


BESIDE = frozenset({"note", "url"})
"""What stands beside an answer: where it is wrong, the answer is stored without it."""


class RatingForm(forms.Form):
    """One skill's answer: the card of the rating page. Drawn by it and not by crispy.

    `stored` is the answer that stands now, which a page without scripts sends back beside
    a new tick. `earlier` is an answer of before that is suggested, if any, and
    `statement_then` what it stood for, `name_then` what the skill was called under another
    key. `came_from` is what was said of skills that were joined or parted. `is_stale` where
    another answer than the one its page has seen is stored by now. What the target
    requires of the skill is not known here: nobody shall see it before they have answered.
    """

    value = forms.TypedChoiceField(
        coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    confidence = forms.ChoiceField(
        choices=Rating.Confidence.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose not very, fairly or very.")},
    )
    lines = LinesField(required=False)
    note = forms.CharField(required=False, widget=forms.Textarea)
    url = LinkField()
    not_applicable = forms.BooleanField(required=False)
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False,
        max_length=REASON_LENGTH,
        error_messages={
            "max_length": _("Shorten the reason to %(limit_value)d characters.")
        },
    )

    def __init__(
        self,
        *args,
        spec,
        skill,
        stored=NO_ANSWER,
        earlier=None,
        statement_then="",
        name_then="",
        came_from=(),
        **kwargs,
    ):
        self.spec, self.skill, self.stored = spec, skill, stored
        self.earlier, self.statement_then = earlier, statement_then
        self.name_then, self.came_from = name_then, came_from
        self.is_stale = False
        kwargs.setdefault("initial", stored.columns)
        super().__init__(*args, prefix=skill.key, **kwargs)
        points = [point.value for point in spec.points_of(skill)]
        value = self.fields["value"]
        value.choices = [(str(point), str(point)) for point in points]
        value.error_messages["invalid_choice"] = gettext(
            "Choose one of the levels %(lowest)d to %(highest)d."
        ) % {"lowest": points[0], "highest": points[-1]}

    @property
    def chosen(self):
        """The point of the scale that is ticked, or None."""
        value = str(self["value"].value())
        return next((p.value for p in self.spec.scale if str(p.value) == value), None)

    @property
    def statement_now(self):
        """What the earlier answer would stand for today."""
        return statement_of(self.spec, self.skill.key, self.earlier)

    @property
    def has_nothing_beside(self):
        """Whether there is no note, no link, no reason, and nothing that is wrong."""
        stored = self.stored
        beside = stored.note or stored.url or stored.not_applicable or stored.reason
        return not (self.is_bound or beside)

    @property
    def is_folded(self):
        """Answered on an earlier visit, so that one line is enough to show it."""
        return self.stored.is_answered and not self.is_bound

    def clean_note(self):
        """With the lines of the journal that are ticked, each once."""
        note = joined(self.cleaned_data["note"], *self.cleaned_data.get("lines", ()))
        check_length_of_note(note)
        ProhibitNullCharactersValidator()(note)  # a line is checked by no field
        return note

    def clean(self):
        cleaned = super().clean()
        cleaned.pop("lines", None)
        if "not_applicable" not in cleaned or "value" not in cleaned:
            return cleaned
        if cleaned["not_applicable"]:
            self._clean_left_out(cleaned)
        elif cleaned.get("reason") and not self.stored.not_applicable:
            self.add_error(
                "reason",
                gettext("Tick the box above to leave the skill out, or clear this."),
            )
        return cleaned

    def _clean_left_out(self, cleaned):
        if not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error(
                "reason", gettext("Say in a few words why it is not part of your work.")
            )
        # A radio cannot be unchosen: the level that was stored gives way to the tick.
        if cleaned["value"] not in (None, self.stored.value):
            self.add_error(
                "not_applicable",
                gettext(
                    "You chose a level and left the skill out. Untick this to keep the "
                    "level."
                ),
            )
        cleaned["value"] = None

    @property
    def can_be_saved(self):
        """Whether it is valid, but perhaps for what stands beside the answer."""
        return self.is_bound and self.errors.keys() <= BESIDE

    def answer(self) -> Answer:
        """What can be saved, as an answer; what is wrong beside it stays as it was stored."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        as_it_was = {name: getattr(self.stored, name) for name in self.errors}
        answer = Answer(**said | as_it_was | {"value": self.cleaned_data["value"]})
        return answer if answer.not_applicable else replace(answer, reason="")

    def has_seen(self, stored):
        """Lets the form, sent again, be newer than what is stored by now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(stored.revision)

    def show_stale(self, newer):
        """Says that another answer is stored by now; sending the form again keeps this."""
        text = gettext(
            "This was changed elsewhere: now it is %(answer)s. Nothing was overwritten. "
            "What you chose here is still here; save again to keep it."
        )
        self.add_error(
            "value", text % {"answer": wording.whole_answer(self.spec, newer)}
        )
        self.has_seen(newer)
        self.is_stale = True


def rating_forms(draft, page, data=None, but=None):
    """The cards of a page of a Draft, in framework order; one skill as it is stored."""
    return [
        RatingForm(
            None if skill.key == but else data,
            spec=draft.spec,
            skill=skill,
            stored=draft.answer(skill.key),
            earlier=draft.suggestions.get(skill.key),
            statement_then=draft.statement_then(skill.key),
            name_then=draft.name_then(skill.key),
            came_from=draft.came_from(skill.key),
        )
        for skill in draft.skills_on(page)
    ]
