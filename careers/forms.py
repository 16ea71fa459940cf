"""What a reader looks for, narrows a list by (bound: it comes with GET), or reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.fields import LONGEST_KEY
from careers.wording import isolated


class QuestionField(forms.CharField):
    """What somebody looks for, in one line; signs that nobody sees are spaces."""

    def to_python(self, value):
        seen = "".join(sign if sign.isprintable() else " " for sign in value or "")
        return " ".join(super().to_python(seen).split())


class SearchForm(forms.Form):
    q = QuestionField(
        label=_("Look for"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={
            "max_length": _(
                "Use fewer words: at most %(limit_value)d characters. One or two words "
                "are enough."
            )
        },
    )
    framework = forms.SlugField(
        required=False, max_length=LONGEST_KEY, widget=forms.HiddenInput
    )


class UnclearForm(forms.Form):
    """Which statement of a skill is unclear, by its point of the scale."""

    value = forms.TypedChoiceField(
        label=_("Which sentence?"),
        coerce=int,
        error_messages={
            "required": _("Choose the sentence that is unclear."),
            "invalid_choice": _("This sentence is not there any more. Choose again."),
        },
    )

    def __init__(self, *args, skill, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = [
            (level.value, level.statement) for level in skill.levels
        ]


class PracticeFilter(forms.Form):
    """A career level and a skill; what is left empty narrows nothing.

    A value that is not offered is said beside its field, and narrows nothing either.
    """

    def __init__(self, *args, spec, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"] = _choice(
            _("Level"),
            _("All levels"),
            [(each.key, isolated(each.title)) for each in spec.ladder],
        )
        self.fields["skill"] = _choice(
            _("Skill"),
            _("All skills"),
            [
                (
                    group.name,
                    [
                        (each.key, isolated(each.name))
                        for each in spec.skills_in(group.key)
                    ],
                )
                for group in spec.groups
            ],
        )

    def chosen(self):
        """{field: value} of what was chosen and is offered."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CertificationFilter(PracticeFilter):
    """The issuer as well."""

    def __init__(self, *args, spec, **kwargs):
        super().__init__(*args, spec=spec, **kwargs)
        issuers = sorted({each.issuer for each in spec.certifications})
        self.fields["issuer"] = _choice(
            _("Issuer"), _("All issuers"), [(each, isolated(each)) for each in issuers]
        )


def _choice(label, every, choices):
    return forms.ChoiceField(
        label=label,
        choices=[("", every), *choices],
        required=False,
        error_messages={
            "invalid_choice": _(
                "What the address asks for is not in this list, so it narrows nothing. "
                "Choose from the list."
            )
        },
    )
