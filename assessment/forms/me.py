"""What a person says of themselves."""

from functools import lru_cache

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.forms.plan import NOT_TOO_FAR, day_field
from assessment.models import EDUCATION_LENGTH, LABEL_LENGTH, Profile
from assessment.own_data import parse_own_data

MOST_YEARS = 60
WITHOUT_PLACE = ("Etc", "SystemV", "US")  # names that say no place, or are of long ago


@lru_cache(maxsize=1)
def zones_by_region():
    """[(region, [(zone, its place)])], such as ("Europe", [("Europe/Berlin", "Berlin")])."""
    regions = {}
    for zone in sorted(settings.TIME_ZONES):
        region, _slash, place = zone.partition("/")
        if place and region not in WITHOUT_PLACE:
            regions.setdefault(region, []).append((zone, place.replace("_", " ")))
    return list(regions.items())


class BringForm(forms.Form):
    """A file that was taken along; `data_brought` is what it says."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_("The ZIP, or the own-data.json in it, of at most 3 MB."),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            self.data_brought = parse_own_data(upload.read())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        return upload


class RemindersForm(forms.Form):
    """Mail about the plan, and the day to rate again."""

    rhythm = forms.ChoiceField(
        label=_("A mail with the next step of my plan"),
        required=False,
        choices=Profile.Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    rate_again_on = day_field(
        label=_("Rate again on"),
        required=False,
        validators=[NOT_TOO_FAR],
        help_text=_("Three to six months after the last time is usual."),
    )
    by_mail = forms.BooleanField(label=_("Send me a mail on that day"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("by_mail") and not cleaned.get("rate_again_on"):
            if "rate_again_on" not in self.errors:
                self.add_error("rate_again_on", _("Choose the day of the mail."))
        elif (
            cleaned.get("by_mail") and cleaned["rate_again_on"] <= timezone.localdate()
        ):
            self.add_error("rate_again_on", _("Choose a day to come."))
        return cleaned


class ProfileForm(forms.Form):
    """Name, time zone and, where the site speaks several, the language; what one brings.

    `certifications` are {key: name} of those that the ladders name.
    """

    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=LABEL_LENGTH,
        help_text=_("Only you see it. A share link has a name of its own."),
        error_messages={
            "max_length": _("Shorten the name to %(limit_value)d characters.")
        },
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        error_messages={"invalid_choice": _("Choose a time zone of the list.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        error_messages={"invalid_choice": _("Choose a language of the list.")},
    )
    years = forms.IntegerField(
        label=_("Years of experience in this work"),
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        help_text=_("Shown beside the usual years of a rung. It is never scored."),
        error_messages={
            "invalid": _("Write a whole number, such as 4."),
            "min_value": _("Write 0 or more, or leave it empty."),
            "max_value": _("Write %(limit_value)d years at most."),
        },
    )
    education = forms.CharField(
        label=_("Education"),
        required=False,
        max_length=EDUCATION_LENGTH,
        help_text=_("Only you see it. It is never scored."),
        error_messages={"max_length": _("Shorten this to %(limit_value)d characters.")},
    )
    certifications = forms.MultipleChoiceField(
        label=_("Certificates that you hold"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are left out of suggestions."),
        error_messages={"invalid_choice": _("Choose certificates of the list.")},
    )

    def __init__(self, *args, certifications, **kwargs):
        super().__init__(*args, **kwargs)
        if certifications:
            self.fields["certifications"].choices = certifications.items()
        else:
            del self.fields["certifications"]
        self.fields["time_zone"].choices = [
            ("", _("As my browser says")),
            ("UTC", "UTC"),
            *zones_by_region(),
        ]
        if len(settings.LANGUAGES) > 1:
            self.fields["language"].choices = [
                ("", _("As the site decides")),
                *settings.LANGUAGES,
            ]
        else:
            del self.fields["language"]
