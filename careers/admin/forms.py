"""Forms of a framework's rows: they stay within one framework, and tell of a lost race."""

import hashlib

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import RegexValidator, validate_slug
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.admin.points import offer_points
from careers.fields import LONGEST_TEXT
from careers.models import Framework

A_KEY = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$", _("Use small letters, digits and single hyphens.")
)
TAKEN = _(
    "Another one has the same %(field_labels)s. Choose another here, or change that one first."
)
SAVED_MEANWHILE = _(
    "Someone saved this while you were editing. Your text is still here; open the page "
    "in another tab to compare, then save again."
)
NO_LONGER_A_DRAFT = _(
    "This version was published or discarded while you were editing. Your text is still "
    "here; copy what you need into a new draft."
)


class PublishForm(forms.Form):
    """What changed, in the words of who publishes; a first version has nothing to tell."""

    notes = forms.CharField(
        label=_("What changed, and why"),
        max_length=LONGEST_TEXT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=_(
            "People whose report it touches read this beside their number. Two sentences "
            "are best."
        ),
        error_messages={
            "required": _("Say what changed: people read it beside their number.")
        },
    )

    def __init__(self, *args, is_first, **options):
        super().__init__(*args, **options)
        self.fields["notes"].required = not is_first
        if is_first:
            self.fields["notes"].help_text = _("A first version may leave this empty.")

    def clean_notes(self):
        return self.cleaned_data["notes"].replace("\r\n", "\n")


class PartForm(forms.ModelForm):
    """Any row, with a page of its own or within another row's page."""

    class Meta:
        error_messages = {NON_FIELD_ERRORS: {"unique_together": TAKEN}}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "key" in self.fields:
            validators = self.fields["key"].validators
            if validate_slug in validators:  # it would name signs that no key may have
                validators.remove(validate_slug)
            validators.append(A_KEY)

    def clean(self):
        for name, value in super().clean().items():
            if isinstance(value, str):
                self.cleaned_data[name] = value.replace("\r\n", "\n")
        return self.cleaned_data

    def validate_unique(self):
        """Also where a constraint holds a column that the form does not ask for."""
        super().validate_unique()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self._update_errors(error)


class SeenForm(PartForm):
    """A row with a page of its own, which two editors may have open at once.

    `parts`, the names of the relations that the page edits too, are set by the admin.
    `seen` is what the page showed: if it is something else by now, saving would overwrite
    what another editor wrote.
    """

    parts = ()
    seen = forms.CharField(label=_("Seen"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk and not self.is_bound:
            self.initial["seen"] = fingerprint(self.instance, self.parts)

    def compare_with_seen(self):
        """Raises ValidationError; the caller holds a lock, so that nothing comes between."""
        if self.instance.pk is None:
            return
        now = fingerprint(self.instance, self.parts)
        if self.cleaned_data.get("seen") != now:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = now
            raise ValidationError(SAVED_MEANWHILE)


class RowForm(SeenForm):
    """A row with a page of its own, in a draft. `drafts` are set by the admin.

    Where only one is open, `seen` of a new row is its pk: it may be another one by the
    time that the page is sent.
    """

    drafts = ()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "framework" in self.fields:
            self.fields["framework"].queryset = Framework.objects.drafts()
            said = {"invalid_choice": NO_LONGER_A_DRAFT}
            self.fields["framework"].error_messages |= said
        elif not self.instance.pk and (framework := self.framework_when_opened()):
            self.instance.framework = framework
            self.initial["seen"] = framework.pk
        for name in link_fields(self):
            field = self.fields[name]
            field.queryset = field.queryset.filter(framework__in=self.own_frameworks())
        if framework := framework_of(self.instance):
            offer_points(self, framework)

    def framework_when_opened(self):
        """Into which a new row goes; None where there is none, or it was discarded."""
        pk = self.data.get("seen", "")
        if not pk:
            return self.drafts[0] if len(self.drafts) == 1 else None
        is_number = pk.isdecimal() and len(pk) < 19
        return Framework.objects.filter(pk=pk).first() if is_number else None

    def own_frameworks(self):
        framework = self.instance.framework_id
        return [framework] if framework else [draft.pk for draft in self.drafts]

    def clean(self):
        super().clean()
        framework = self.cleaned_data.get("framework") or framework_of(self.instance)
        if framework is None and "framework" in self.fields:
            return self.cleaned_data
        if framework is None or not lock_draft(framework):
            raise ValidationError(NO_LONGER_A_DRAFT)
        for name in link_fields(self):
            linked = self.cleaned_data.get(name)
            if linked and linked.framework_id != framework.pk:
                said = gettext("This belongs to another framework: %(part)s.")
                self.add_error(name, said % {"part": linked})
        self.compare_with_seen()
        return self.cleaned_data


class PartFormSet(forms.models.BaseInlineFormSet):
    """Rows within another row's page; `missing` offers those that should be there."""

    def __init__(self, *args, instance=None, **options):
        self.framework = framework_of(instance) if instance else None
        self.choices = {}
        missing = self.missing(instance) if self.framework else []
        if missing:
            self.extra = len(missing)
            options["initial"] = missing
        super().__init__(*args, instance=instance, **options)

    def missing(self, instance):
        """The first values of the forms that are added, one for each."""
        return []

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if hasattr(form.instance, "framework_id") and self.framework:
            form.instance.framework = self.framework
        for name in link_fields(form):
            field = form.fields[name]
            field.queryset = field.queryset.filter(framework=self.framework)
            if name not in self.choices:
                self.choices[name] = list(field.choices)
            field.choices = self.choices[name]
        if self.framework:
            offer_points(form, self.framework)

    def clean(self):
        super().clean()
        data = [
            form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")
        ]
        keys = [
            each["key"] for each in data if each.get("key") and not each.get("DELETE")
        ]
        for key in {key for key in keys if keys.count(key) > 1}:
            said = gettext("Two rows have the key '%(key)s'. Change one of them.")
            raise ValidationError(said % {"key": key})


def link_fields(form):
    """The names of the fields of a form that choose another row of the whole."""
    return [
        column.name
        for column in form._meta.model._meta.fields
        if isinstance(form.fields.get(column.name), forms.ModelChoiceField)
        and column.is_relation
        and column.name not in ("framework", "guide")
    ]


def framework_of(row):
    """The framework of a row with a page of its own; None while it has none."""
    if isinstance(row, Framework):
        return row
    return row.framework if row.framework_id else None


def lock_draft(framework):
    """Whether it is still a draft; nobody publishes it before the transaction ends."""
    drafts = Framework.objects.select_for_update().drafts()
    return drafts.filter(pk=framework.pk).exists()


def fingerprint(row, parts):
    """What the database holds of a row and of its parts now, as a short text."""
    held = [list(type(row).objects.filter(pk=row.pk).values_list())]
    held += [list(getattr(row, part).order_by("pk").values_list()) for part in parts]
    return hashlib.sha256(repr(held).encode()).hexdigest()[:32]
