"""Which career levels are meant."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.fields import LONGEST_KEY
from careers.wording import isolated, targets

FAR = 2  # rungs; answers further apart have no rung in their middle that says much


class TargetForm(forms.Form):
    """Which career level to rate against. Levels are named by key, never by row."""

    target = forms.ChoiceField(
        label=_("Your target"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a level to rate yourself against."),
            "invalid_choice": _("This level is not in the framework. Choose another."),
        },
    )

    def __init__(self, *args, spec, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = target_choices(spec)


def target_choices(spec, *, titles_only=False):
    """All career levels in groups, as a field takes them; each with its scope, if it has one."""

    def text(level):
        shows_scope = level.scope and not titles_only
        return isolated(f"{level.title}: {level.scope}" if shows_scope else level.title)

    return [
        (title, [(level.key, text(level)) for level in levels])
        for kind, title, levels in targets(spec)
    ]


class PlanTargetForm(TargetForm):
    """Another career level for a plan."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        field.label = _("What the plan is for")
        field.widget = forms.Select(choices=field.choices)

    def add_exists(self):
        said = _("You have a plan for this level already. Delete one of the two first.")
        self.add_error("target", said)


class CompareForm(forms.Form):
    """Two career levels to hold the same answers against, by key. Sent by GET."""

    first = forms.ChoiceField(
        label=_("One target"),
        error_messages={
            "required": _("Choose the first target."),
            "invalid_choice": _("This target is not in the framework. Choose another."),
        },
    )
    second = forms.ChoiceField(
        label=_("Another target"),
        error_messages={
            "required": _("Choose the second target."),
            "invalid_choice": _("This target is not in the framework. Choose another."),
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
            self.add_error(
                "second", gettext("Choose a target that is not the first one.")
            )
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
            required=False,
            choices=[(each.key, isolated(each.title)) for each in origins],
        )


class AnewForm(forms.Form):
    """What a rating page says of itself, so that it can be begun anew from it alone."""

    framework = forms.SlugField(max_length=LONGEST_KEY)
    version = forms.CharField(max_length=20)
    target = forms.SlugField(max_length=LONGEST_KEY)
    group = forms.SlugField(max_length=LONGEST_KEY)


class LevelQuestionsForm(forms.Form):
    """Three questions in the framework's own words, one choice for each rung of a track."""

    QUESTIONS = (
        ("scope", _("What is your work about today?"), "scope"),
        ("autonomy", _("How free are you in it?"), "autonomy"),
        ("people", _("What is your part in the work of others?"), "people_impact"),
    )

    def __init__(self, *args, track, **kwargs):
        super().__init__(*args, **kwargs)
        self.track = track
        for name, question, line in self.QUESTIONS:
            lines = [getattr(rung, line) for rung in track]
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=[(str(n), capfirst(text)) for n, text in enumerate(lines)],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what comes nearest.")},
            )

    def suggested_levels(self):
        """The rung in the middle of the valid answers; of answers far apart, each one's."""
        rungs = sorted(int(answer) for answer in self.cleaned_data.values())
        if rungs[-1] - rungs[0] > FAR:
            return [self.track[rung] for rung in sorted(set(rungs))]
        return [self.track[rungs[len(rungs) // 2]]]
