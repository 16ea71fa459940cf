"""How much time a plan may take, what one does, and what was done."""

from datetime import timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.forms.rating import LinkField
from assessment.models import (
    ASKS_LENGTH,
    EARLIEST,
    LINE_LENGTH,
    PIECE_LENGTH,
    TITLE_LENGTH,
    Plan,
    PlanItem,
)
from careers.store import key_once, name_once
from careers.wording import isolated

USUAL_HOURS = 4  # a week, before a person says
USUAL_TIME = timedelta(days=182)
LONGEST = timedelta(days=5 * 365)
FURTHEST = timedelta(days=10 * 365)
AS_SENT = "%Y-%m-%d"  # by browsers, whatever the language
TOO_LONG = _("Shorten this to %(limit_value)d characters.")
WHOLE = _("Write a whole number, such as 4.")


NOT_TOO_FAR = MaxValueValidator(
    lambda: timezone.localdate() + FURTHEST,
    _("Choose a day within the next ten years."),
)
NOT_AHEAD = MaxValueValidator(timezone.localdate, _("Choose today or a day before."))
NOT_TOO_EARLY = MinValueValidator(EARLIEST, _("Choose a day since 1970."))


def day_field(validators=(), **settings):
    """A day, as browsers ask for one; what cannot be read is said with an example."""
    wrong = _("Write the day as 2027-06-30.")
    return forms.DateField(
        input_formats=[AS_SENT],
        widget=forms.DateInput({"type": "date"}, AS_SENT),
        validators=[NOT_TOO_EARLY, *validators],
        error_messages={"invalid": wrong, "required": wrong},
        **settings,
    )


class LineField(forms.CharField):
    """A text of one line: line breaks and double spaces are one space."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class ProposeForm(forms.Form):
    """So many hours a week until a day; or, with `soonest`, until ready."""

    hours_a_week = forms.IntegerField(
        label=_("Hours a week"),
        min_value=1,
        max_value=Plan.MOST_HOURS_A_WEEK,
        error_messages={
            "required": _("Write how many hours a week, such as 4."),
            "invalid": WHOLE,
            "min_value": _("Give it one hour a week at least."),
            "max_value": _("A week has room for %(limit_value)d hours at most."),
        },
    )
    until = day_field(label=_("Until"), required=False)
    soonest = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None):
        today = timezone.localdate()
        usual = {"hours_a_week": USUAL_HOURS, "until": today + USUAL_TIME}
        is_filled_in = data and not self.base_fields.keys().isdisjoint(data)
        super().__init__(data if is_filled_in else usual)

    def clean_until(self):
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until and until <= today:
            raise forms.ValidationError(_("Choose a day to come."))
        if until and until > today + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next five years."))
        return until

    def clean(self):
        cleaned = super().clean()
        if (
            not cleaned.get("soonest")
            and not cleaned.get("until")
            and "until" not in self.errors
        ):
            self.add_error(
                "until", _("Choose a day, or ask for ready as soon as possible.")
            )
        return cleaned


class ItemForm(forms.Form):
    """An item in a person's own words: what, when, how long, until when."""

    title = LineField(
        label=_("What will you do?"),
        max_length=TITLE_LENGTH,
        error_messages={
            "required": _("Write what you will do."),
            "max_length": TOO_LONG,
        },
    )
    first_piece = forms.CharField(
        label=_("First small piece"),
        required=False,
        max_length=PIECE_LENGTH,
        help_text=_("One to four hours, with a result that somebody can look at."),
        error_messages={"max_length": TOO_LONG},
    )
    when_then = LineField(
        label=_("When …, I …"),
        required=False,
        max_length=LINE_LENGTH,
        help_text=_(
            "Tie it to something that happens anyway, such as: When the Monday meeting "
            "ends, I write down two risks."
        ),
        error_messages={"max_length": TOO_LONG},
    )
    hours = forms.IntegerField(
        label=_("Hours"),
        required=False,
        min_value=1,
        max_value=PlanItem.MOST_HOURS,
        help_text=_("A rough guide. Write your own over it."),
        error_messages={
            "invalid": WHOLE,
            "min_value": _("Write at least one hour, or leave it empty."),
            "max_value": _("Write %(limit_value)d hours at most."),
        },
    )
    due = day_field(label=_("Due on"), required=False, validators=[NOT_TOO_FAR])


class CaseForm(forms.Form):
    """What a person asks for, and what came of the talk."""

    asks = forms.CharField(
        label=_("What I ask for"),
        required=False,
        max_length=ASKS_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Such as: one risk review across two projects under my lead."),
        error_messages={"max_length": TOO_LONG},
    )
    agreed = forms.CharField(
        label=_("What was agreed"),
        required=False,
        max_length=ASKS_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("After the talk. Until then the page leaves room to write."),
        error_messages={"max_length": TOO_LONG},
    )
    agreed_until = day_field(label=_("Until"), required=False, validators=[NOT_TOO_FAR])


class StepForm(forms.Form):
    """A step to add: a gap's skill with an action of it, or with own words."""

    skill = forms.ChoiceField(
        error_messages={
            "required": _("Choose a skill."),
            "invalid_choice": _("Choose a skill."),
        }
    )
    action = forms.CharField(required=False)
    title = LineField(
        label=_("In my own words"),
        required=False,
        max_length=TITLE_LENGTH,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data=None, *, gaps):
        self.gaps = {line.key: line for line in gaps}
        super().__init__(data)
        self.fields["skill"].choices = [
            (key, isolated(line.skill.name)) for key, line in self.gaps.items()
        ]

    def clean(self):
        cleaned = super().clean()
        line = self.gaps.get(cleaned.get("skill"))
        if line is None or self.errors:
            return cleaned
        actions = {each.key: each for each in line.actions}
        cleaned["line"], cleaned["chosen"] = line, actions.get(cleaned["action"])
        if not cleaned["chosen"] and not cleaned["title"]:
            self.add_error("title", _("Write what you will do, or add a suggestion."))
        return cleaned


class MoveForm(forms.Form):
    """What becomes of an item."""

    to = forms.ChoiceField(
        choices=[
            (each, each) for each in ("focus", "wait", "done", "drop", "up", "down")
        ]
    )
    instead_of = forms.SlugField(required=False)


class EntryForm(forms.Form):
    """One line of what was done on a day.

    `items` are what the plan suggests it is about, but for those that are `reached`.
    """

    day = day_field(label=_("Day"), required=False, validators=[NOT_AHEAD])
    about = forms.ChoiceField(
        label=_("It belongs to"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the skills of your plan.")},
    )
    text = LineField(
        label=_("One line is enough"),
        max_length=LINE_LENGTH,
        error_messages={
            "required": _("Write one line: who, what, what came of it."),
            "max_length": TOO_LONG,
        },
    )
    url = LinkField(label=_("Link"))

    def __init__(self, data=None, *, items=(), reached=(), specs=None, initial=None):
        self.specs = specs or {}
        self.known = {str(each.uid): each for each in items}
        chosen = self.known.get((initial or {}).get("about"))
        offered, suggested = {}, [each for each in items if each not in reached]
        for each in [chosen, *suggested] if chosen else suggested:
            offered.setdefault(self._skill(each), each)
        self.items = {str(each.uid): self._name(each) for each in offered.values()}
        super().__init__(data, initial={"day": timezone.localdate()} | (initial or {}))
        # Any of them is valid: another tab may offer another one of the same skill.
        self.fields["about"].choices = [
            ("", _("No skill")),
            *((uid, isolated(self._name(each))) for uid, each in self.known.items()),
        ]

    def _spec(self, item):
        return self.specs.get(item.plan.framework_key)

    def _name(self, item):
        return name_once(self._spec(item), item.skill_key, item.skill_name)

    def _skill(self, item):
        """What tells the skills of several ladders apart, whatever they were called."""
        return item.plan.framework_key, key_once(self._spec(item), item.skill_key)

    def clean_day(self):
        return self.cleaned_data["day"] or timezone.localdate()

    @property
    def said(self):
        """What is kept of the valid form."""
        cleaned = self.cleaned_data
        said = {name: cleaned[name] for name in ("day", "text", "url")}
        item = self.known.get(cleaned["about"])
        if item:
            return said | {
                "item": item,
                "framework_key": item.plan.framework_key,
                "skill_key": item.skill_key,
                "skill_name": self._name(item),
            }
        if self.known and "about" in self.data:
            said |= {
                "item": None,
                "framework_key": "",
                "skill_key": "",
                "skill_name": "",
            }
        return said
