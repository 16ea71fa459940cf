"""Which career levels are meant."""

from django import forms

from careers.models.columns import KEY_LENGTH
from careers.pages.words import sentence
from careers.shape import KINDS_OF_CAREER

KIND_TITLES = {
    "ladder": "The ladder",
    "specialization": "Specializations",
    "related": "Related careers",
}


class TargetForm(forms.Form):
    """Which career level to rate against. Levels are named by key, never by row."""

    target = forms.ChoiceField(
        label="Your target",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a level to rate yourself against.",
            "invalid_choice": "This level is not in the framework. Choose another.",
        },
    )

    def __init__(self, *args, spec, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = target_choices(spec)


def target_choices(spec, *, titles_only=False):
    """All career levels in groups, as a field takes them; each with its scope, if it has one."""
    groups = {kind: [] for kind in KINDS_OF_CAREER}
    for level in spec.levels:
        kind = spec.careers_by_key[level.career].kind
        shows_scope = level.scope and not titles_only
        text = f"{level.title}: {level.scope}" if shows_scope else level.title
        groups[kind].append((level.key, text))
    return [(KIND_TITLES[kind], levels) for kind, levels in groups.items() if levels]


class CompareForm(forms.Form):
    """Two career levels to hold the same answers against, by key. Sent by GET."""

    first = forms.ChoiceField(
        label="One target",
        error_messages={
            "required": "Choose the first target.",
            "invalid_choice": "This target is not in the framework. Choose another.",
        },
    )
    second = forms.ChoiceField(
        label="Another target",
        error_messages={
            "required": "Choose the second target.",
            "invalid_choice": "This target is not in the framework. Choose another.",
        },
    )

    def __init__(self, *args, spec, **kwargs):
        super().__init__(*args, **kwargs)
        self.spec = spec
        for name in ("first", "second"):
            self.fields[name].choices = target_choices(spec, titles_only=True)

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("first"), cleaned.get("second")
        if first and first == second:
            self.add_error("second", "Choose a target that is not the first one.")
        return cleaned

    def levels(self):
        """The two career levels that are meant: sent, or suggested; None if neither."""
        if self.is_bound and not self.is_valid():
            return None
        said = self.cleaned_data if self.is_bound else self.initial
        if not said["second"]:
            return None
        return [self.spec.levels_by_key[said[name]] for name in ("first", "second")]


class StartForm(TargetForm):
    """A target, and what to do where a draft for it is open already."""

    based_on = forms.UUIDField(required=False, widget=forms.HiddenInput)
    fresh = forms.BooleanField(required=False, widget=forms.HiddenInput)
    quick = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, origins=(), **kwargs):
        """`origins` are the entries of the guide that `from` may name by key."""
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.ChoiceField(
            required=False, choices=[(each.key, each.title) for each in origins]
        )


class AnewForm(forms.Form):
    """What a rating page says of itself, so that it can be begun anew from it alone."""

    framework = forms.SlugField(max_length=KEY_LENGTH)
    version = forms.CharField(max_length=20)
    target = forms.SlugField(max_length=KEY_LENGTH)
    group = forms.SlugField(max_length=KEY_LENGTH)


class LevelQuestionsForm(forms.Form):
    """Three questions in the framework's own words, one choice for each rung."""

    QUESTIONS = {
        "scope": ("What is your work about today?", "scope"),
        "autonomy": ("How free are you in it?", "autonomy"),
        "people": ("What is your part in the work of others?", "people_impact"),
    }

    def __init__(self, *args, spec, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (question, attribute) in self.QUESTIONS.items():
            texts = [getattr(rung, attribute) for rung in spec.ladder]
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=[
                    (str(n), sentence(text)) for n, text in enumerate(texts) if text
                ],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose what comes nearest."},
            )
