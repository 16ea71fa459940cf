"""What a reader may narrow a list of the framework by. Always bound: it comes with GET."""

from django import forms


class PracticeFilter(forms.Form):
    """A career level and a skill; what is left empty narrows nothing.

    A value that is not offered is said beside its field, and narrows nothing either.
    """

    def __init__(self, *args, spec, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"] = _choice(
            "Level", "All levels", [(each.key, each.title) for each in spec.ladder]
        )
        self.fields["skill"] = _choice(
            "Skill",
            "All skills",
            [
                (
                    group.name,
                    [(each.key, each.name) for each in spec.skills_in(group.key)],
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
            "Issuer", "All issuers", [(each, each) for each in issuers]
        )


def _choice(label, every, choices):
    return forms.ChoiceField(
        label=label,
        choices=[("", every), *choices],
        required=False,
        error_messages={
            "invalid_choice": "What the address asks for is not in this list, so it "
            "narrows nothing. Choose from the list."
        },
    )
