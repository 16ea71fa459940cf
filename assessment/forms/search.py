"""What somebody looks for."""

from django import forms

QUESTION_LENGTH = 100


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
