"""All input of the assessment pages. Error texts say what to do."""

from django import forms
from django.core.validators import MaxLengthValidator

from assessment.answers import NO_ANSWER, Answer
from assessment.models import LABEL_LENGTH, NOTE_LENGTH, REASON_LENGTH, Rating
from careers.pages.words import sentence
from careers.spec import KINDS_OF_CAREER, TOP_LEVEL

QUESTION_LENGTH = 100

KIND_TITLES = {
    "ladder": "The ladder",
    "specialization": "Specializations",
    "related": "Related careers",
}
REFUSED_FOR_MUST_HAVES = (
    "This skill is a must-have for the level you chose, so it cannot be left out. If it "
    "is not a part of your work today, “Not yet” is the honest answer."
)

SHORTEN_NOTE = (
    f"Shorten the note to {NOTE_LENGTH:,} characters (it has %(show_value)d)."
)
SIGN_REFUSED = "This text holds a sign that cannot be stored. Type it anew."


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
        """The two career levels of the valid form."""
        keys = (self.cleaned_data["first"], self.cleaned_data["second"])
        return [self.spec.levels_by_key[key] for key in keys]


class StartForm(TargetForm):
    """A target, and what to do where a draft for it is open already."""

    based_on = forms.UUIDField(required=False, widget=forms.HiddenInput)
    fresh = forms.BooleanField(required=False, widget=forms.HiddenInput)
    quick = forms.BooleanField(required=False, widget=forms.HiddenInput)


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


class RatingForm(forms.Form):
    """One skill's answer. Drawn by the rating card and not by crispy.

    `requirement` says whether the skill may be left out; `stored` is the answer that
    stands now, which a page without scripts sends back beside a new tick.
    """

    value = forms.TypedChoiceField(
        choices=[(str(value), str(value)) for value in range(TOP_LEVEL + 1)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the levels 0 to 5."},
    )
    confidence = forms.ChoiceField(
        choices=Rating.Confidence.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose not very, fairly or very."},
    )
    note = forms.CharField(
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea,
        error_messages={
            "max_length": f"Shorten the note to {NOTE_LENGTH:,} characters "
            "(it has %(show_value)d)."
        },
    )
    url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": "This is not a web address. It looks like https://example.org/page.",
            "max_length": "This address is too long. Use a shorter link.",
        },
    )
    not_applicable = forms.BooleanField(required=False)
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False,
        max_length=REASON_LENGTH,
        error_messages={
            "max_length": f"Shorten the reason to {REASON_LENGTH} characters."
        },
    )

    def __init__(self, *args, skill, requirement, stored=NO_ANSWER, **kwargs):
        self.skill = skill
        self.requirement = requirement
        self.stored = stored
        kwargs.setdefault("initial", _initial(stored))
        super().__init__(*args, prefix=skill.key, **kwargs)

    def clean_url(self):
        url = self.cleaned_data["url"]
        if url and not url.startswith(("http://", "https://")):
            raise forms.ValidationError("Use an address that begins with https://.")
        return url

    def clean(self):
        cleaned = super().clean()
        if "not_applicable" not in cleaned or "value" not in cleaned:
            return cleaned
        if cleaned["not_applicable"]:
            self._clean_left_out(cleaned)
        elif cleaned.get("reason") and not self.stored.not_applicable:
            self.add_error(
                "reason", "Tick the box above to leave the skill out, or clear this."
            )
        return cleaned

    def _clean_left_out(self, cleaned):
        if self.requirement.must_have:
            self.add_error("not_applicable", REFUSED_FOR_MUST_HAVES)
        elif not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error(
                "reason", "Say in a few words why it is not part of your work."
            )
        # A radio cannot be unchosen: the level that was stored gives way to the tick.
        if cleaned["value"] not in (None, self.stored.value):
            self.add_error(
                "not_applicable",
                "You chose a level and left the skill out. Untick this to keep the level.",
            )
        cleaned["value"] = None

    def question(self, newer, text):
        """Says that another answer is stored by now; sending the form again keeps this."""
        self.add_error(
            "value",
            f"This was changed elsewhere: now it is {text}. Nothing was overwritten. "
            "What you chose here is still here; save again to keep it.",
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(newer.revision)

    def answer(self) -> Answer:
        """The valid form as an answer."""
        cleaned = self.cleaned_data
        return Answer(
            value=cleaned["value"],
            not_applicable=cleaned["not_applicable"],
            reason=cleaned["reason"] if cleaned["not_applicable"] else "",
            confidence=cleaned["confidence"] or Rating.Confidence.MEDIUM,
            note=cleaned["note"],
            url=cleaned["url"],
            revision=cleaned["revision"] or 0,
        )


def _initial(stored):
    return {
        "value": stored.value,
        "confidence": stored.confidence,
        "note": stored.note,
        "url": stored.url,
        "not_applicable": stored.not_applicable,
        "reason": stored.reason,
        "revision": stored.revision,
    }


class LabelForm(forms.Form):
    """The owner's own name for an assessment."""

    label = forms.CharField(
        label="Name",
        required=False,
        max_length=LABEL_LENGTH,
        help_text="For example “Before the review”. Only you see it.",
        error_messages={
            "max_length": f"Shorten the name to {LABEL_LENGTH} characters."
        },
    )


class QuestionField(forms.CharField):
    """What somebody looks for, in one line; signs that nobody sees are spaces."""

    def to_python(self, value):
        seen = "".join(sign if sign.isprintable() else " " for sign in value or "")
        return " ".join(super().to_python(seen).split())


class SearchForm(forms.Form):
    q = QuestionField(
        label="Look for",
        required=False,
        max_length=QUESTION_LENGTH,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={
            "max_length": "Use fewer words: at most %(limit_value)d characters. "
            "One or two words are enough."
        },
    )


class ShareForm(forms.Form):
    """A new share link: for whom, for how long, and what of the report it shows."""

    label = forms.CharField(
        label="Who is it for?",
        max_length=LABEL_LENGTH,
        help_text="For example “My manager”. Only you see it.",
        error_messages={
            "required": "Write who it is for, so that you can tell your links apart.",
            "max_length": f"Shorten this to {LABEL_LENGTH} characters.",
        },
    )
    days = forms.TypedChoiceField(
        label="How long does it work?",
        choices=[(days, f"{days} days") for days in (7, 30, 90)],
        coerce=int,
        initial=30,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how long the link works.",
            "invalid_choice": "Choose 7, 30 or 90 days.",
        },
    )
    shown_name = forms.CharField(
        label="Your name on the page",
        required=False,
        max_length=LABEL_LENGTH,
        help_text="Leave it empty to share the report without a name.",
        error_messages={"max_length": f"Shorten this to {LABEL_LENGTH} characters."},
    )
    includes_notes = forms.BooleanField(
        label="Show my notes and links, and why I left skills out",
        required=False,
    )


class PracticeForm(forms.Form):
    """Notes for interview questions. `changes` are those to keep, {question key: text}.

    `stored` are the notes that are kept already; `unsaved` those that this browser holds
    beside them, which come into the same fields and are kept with the next save. Each
    field goes with what its page has seen: a note that was not touched there is left
    alone, and one that was changed elsewhere is not written over.
    """

    def __init__(self, *args, questions, stored, unsaved, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.stored, self.changes = questions, stored, {}
        for each in questions:
            kept = stored.get(each.key, "")
            texts = dict.fromkeys([kept, unsaved.get(each.key, "")])
            self.fields[each.key] = forms.CharField(
                label=f"Your notes on {each.skill}",
                initial="\n\n".join(filter(None, texts)),
                required=False,
                widget=forms.Textarea({"rows": 6, "class": "writing__text"}),
                validators=[MaxLengthValidator(NOTE_LENGTH, SHORTEN_NOTE)],
                error_messages={"null_characters_not_allowed": SIGN_REFUSED},
            )
            self.fields[_seen(each.key)] = forms.Field(
                initial=kept, required=False, widget=forms.HiddenInput
            )

    def clean(self):
        cleaned = super().clean()
        for each in self.questions:
            if each.key not in self.errors:
                self._compare(each.key, _plain(cleaned[each.key]))
        return cleaned

    def _compare(self, key, text):
        seen, stored = _plain(self.cleaned_data[_seen(key)]), self.stored.get(key, "")
        if text in (seen, stored):
            return
        if seen == stored:
            self.changes[key] = text
            return
        now = f"It says now: “{stored}”" if stored else "It is empty now."
        self.add_error(
            key,
            f"This note was changed elsewhere. {now} Nothing was overwritten. What you "
            "wrote is still here; save again to keep it.",
        )
        self.data = self.data.copy()
        self.data[_seen(key)] = stored

    def fields_of(self, questions):
        """[(question, its note, what the page has seen)], as the page shows them."""
        return [(each, self[each.key], self[_seen(each.key)]) for each in questions]


def _seen(key):
    return f"seen:{key}"


def _plain(text):
    """As it is stored: browsers send line breaks as two characters."""
    return (text or "").replace("\r\n", "\n").strip()
