"""What is said about a report, and looked for."""

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessment.models import LABEL_LENGTH
from assessment.sharing import MOST_LIVE_LINKS

DAYS = (7, 30, 90)  # that a link may work


class LabelForm(forms.Form):
    """The owner's own name for an assessment."""

    label = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LABEL_LENGTH,
        help_text=_("For example “Before the review”. Only you see it."),
        error_messages={
            "max_length": _("Shorten the name to %(limit_value)d characters.")
        },
    )


class CorrectForm(forms.Form):
    """On which version a report is corrected, and whether an open draft gives way."""

    version = forms.ChoiceField(
        choices=[("same", "same"), ("live", "live")],
        error_messages={
            "required": _("Choose a version."),
            "invalid_choice": _("Choose a version."),
        },
    )
    fresh = forms.BooleanField(required=False)

    def __init__(self, *args, has_newer, **kwargs):
        """Where no newer version is live there is nothing to choose."""
        super().__init__(*args, **kwargs)
        self.fields["version"].required = has_newer

    @property
    def is_on_live(self):
        return self.cleaned_data["version"] == "live"

    @property
    def is_fresh(self):
        return self.cleaned_data["fresh"]


class ShareForm(forms.Form):
    """A new share link: for whom, for how long, and what of the report it shows."""

    label = forms.CharField(
        label=_("Who is it for?"),
        max_length=LABEL_LENGTH,
        help_text=_("For example “My manager”. Only you see it."),
        error_messages={
            "required": _(
                "Write who it is for, so that you can tell your links apart."
            ),
            "max_length": _("Shorten this to %(limit_value)d characters."),
        },
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        coerce=int,
        initial=30,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how long the link works."),
        },
    )
    shown_name = forms.CharField(
        label=_("Your name on the page"),
        required=False,
        max_length=LABEL_LENGTH,
        help_text=_("Leave it empty to share the report without a name."),
        error_messages={"max_length": _("Shorten this to %(limit_value)d characters.")},
    )
    includes_notes = forms.BooleanField(
        label=_("Show my notes and links, and why I left skills out"),
        required=False,
    )
    shows_case = forms.BooleanField(
        label=_("Show the promotion case in place of the report"),
        required=False,
        help_text=_(
            "The case shows the open steps of your plan in your own words, with their "
            "days, what you ask for and what was agreed; with notes, the lines of your "
            "journal, too. It shows them as they are when the link is opened."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [
            (days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days})
            for days in DAYS
        ]
        offered = gettext("Choose %(days)s days.")
        offered %= {"days": get_text_list(DAYS, gettext("or"))}
        self.fields["days"].error_messages["invalid_choice"] = offered

    def add_too_many_links(self):
        said = gettext(
            "This report has %(most)d links that work, and more are not possible. Revoke "
            "one of them below; then make this one."
        )
        self.add_error(None, said % {"most": MOST_LIVE_LINKS})


class WhatIfForm(forms.Form):
    """Other levels for the skills of a report's target, a row of choices each.

    Sent by GET: an address that names some skills leaves the others as they stand.
    """

    def __init__(self, data, *, report):
        self.report = report
        self.stands = {each.key: each.rating for each in report.asked}
        known = {key: value for key, value in data.items() if key in self.stands}
        super().__init__(self.stands | known)
        self.points = {
            each.key: [point.value for point in report.spec.points_of(each.skill)]
            for each in report.asked
        }
        for key, points in self.points.items():
            self.fields[key] = forms.TypedChoiceField(
                choices=[(str(value), str(value)) for value in points],
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={
                    "invalid_choice": gettext(
                        "Choose a level from %(lowest)d to %(highest)d."
                    )
                    % {"lowest": points[0], "highest": points[-1]}
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
        """[(skill group, [(SkillStanding, the point that is chosen or None, errors)])]."""
        return [
            (
                group,
                [
                    (each, self._chosen(each.key), self.errors.get(each.key, []))
                    for each in self.report.asked
                    if each.skill.group == group.key
                ],
            )
            for group in self.report.spec.groups
            if any(each.skill.group == group.key for each in self.report.asked)
        ]

    def _chosen(self, key):
        chosen = str(self[key].value())
        return next((p for p in self.points[key] if str(p) == chosen), None)
