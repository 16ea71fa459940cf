"""Files of a framework on their way through the browser: chosen, shown as a plan, confirmed."""

from pathlib import PurePath

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.admin.forms import A_KEY
from careers.admin.preview import label, names_in
from careers.fields import LINE, LONGEST_KEY, limit, own_fields
from careers.files import MAX_BYTES, TOO_LARGE, text_of, text_of_bytes
from careers.models import Framework
from careers.publishing import (
    base_for_tables,
    new_ladder,
    plan_import,
    plan_tables,
)
from careers.shape import Career
from careers.tables import (
    NotRead,
    is_table,
    is_workbook,
    table_of_text,
    tables_of_workbook,
)

LONGEST_TITLE = limit(own_fields(Career)["title"], "max_length")
A_LINE = RegexValidator(
    LINE, _("This holds an invisible control character. Type it anew.")
)
CARRIED = "careers.import"  # the salt of what a page carries
MOST_CARRIED = 400_000  # characters; Django refuses forms of more than 512 KB


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; a list, also of one."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in uploads]


class NewLadderForm(forms.Form):
    """What a new ladder is called; its key is made of the title where it is left out."""

    taken = _("There is a ladder with the key “%(key)s”. Choose another.")
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, validators=[A_LINE]
    )
    key = forms.CharField(
        label=_("Key"),
        max_length=LONGEST_KEY,
        required=False,
        help_text=_(
            "Its name in addresses, such as “baker”. Left out: made from the title."
        ),
    )

    def clean(self):
        data = super().clean()
        if "title" in data and "key" in data:
            self.set_key()
        return data

    def set_key(self):
        """The key that was typed, else one made of the title."""
        made = slugify(self.cleaned_data["title"].replace("_", " "))
        key = self.cleaned_data["key"] or made[:LONGEST_KEY].strip("-")
        if not A_KEY.regex.match(key):
            said = gettext(
                "Type a key in small letters, digits and single hyphens, such as “baker”."
            )
            self.add_error("key", said)
        elif Framework.objects.for_key(key).exists():
            self.add_error("key", self.taken % {"key": key})
        else:
            self.cleaned_data["key"] = key


class UploadForm(NewLadderForm):
    """The files; `plan` says what importing them would do.

    A spreadsheet says nothing of the ladder that it belongs to: `into` is its key, empty
    for a new one.
    """

    taken = _(
        "There is a ladder with the key “%(key)s”. To change it, choose it above; for a new "
        "one, type another key."
    )
    file = FilesField(
        label=_("Files"),
        help_text=_(
            "YAML, XLSX or CSV, of at most 2 MB together. You see what would change "
            "before anything is written."
        ),
    )
    into = forms.ChoiceField(label=_("Ladder"), required=False)
    language = forms.CharField(
        label=_("Language"),
        max_length=10,
        required=False,
        validators=[A_LINE],
        initial="en",
        help_text=_("In which the new ladder is written, such as “en” or “ja”."),
    )
    field_order = ("file", "into", "title", "key", "language")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        ladders = {each.key: each.title for each in Framework.objects.order_by("pk")}
        self.fields["into"].choices = [("", _("A new ladder")), *ladders.items()]
        self.fields["title"].required = False
        self.fields["title"].help_text = _(
            "Of a new ladder. Left out: made from the name of the file."
        )

    def clean(self):
        data = forms.Form.clean(self)
        if "file" in data:
            try:
                self.plan = self.plan_of(data["file"])
            except ValueError as error:
                self.add_error("file", str(error))
            except ValidationError as error:
                self.add_error("file", error)
        return data

    def plan_of(self, uploads):
        """The plan of what was sent, None where the form has another error.

        Raises ValueError or ValidationError.
        """
        if sum(upload.size for upload in uploads) > MAX_BYTES:
            raise ValueError(TOO_LARGE)
        texts, tables, refused = {}, [], []
        for upload in uploads:
            try:
                read(upload.read(), upload.name, texts, tables)
            except NotRead as error:
                refused += [f"{upload.name}: {each}" for each in error.sentences]
            except ValueError as error:
                refused.append(f"{upload.name}: {error}")
        if refused:
            raise ValidationError(refused)
        if not tables:
            plan = without_errors(plan_import(texts))
        elif texts:
            raise ValueError(
                gettext("Choose either YAML files or spreadsheets, not both at once.")
            )
        elif base := self.base(uploads[0].name):
            plan = without_errors(plan_tables(base, tables))
        else:
            return None
        text = signing.dumps(text_of(plan.spec), salt=CARRIED, compress=True)
        self.carried = {"text": text, "seen": plan.seen}
        if len(text) > MOST_CARRIED:
            raise ValueError(
                gettext(
                    "This file is too large for the browser. Ask for it to be imported "
                    "with `manage.py import_framework`."
                )
            )
        return plan

    def base(self, name):
        """The framework that tables are read over, one without a title called as the file.

        None where it has no name yet.
        """
        data = self.cleaned_data
        if data.get("into"):
            return base_for_tables(data["into"])
        if data.get("title") == "":
            data["title"] = self.fields["title"].clean(title_of(name))
        if data.get("title") == "":
            said = gettext("Give the new ladder a title, or choose the one to change.")
            self.add_error("title", said)
        elif "title" in data and "key" in data:
            self.set_key()
        if self.errors:
            return None
        return new_ladder(data["key"], data["title"], data["language"] or "en")


def title_of(name):
    """ "head_bakers-matrix.csv" as "Head bakers"."""
    stem = PurePath(name).stem.removesuffix("-skills").removesuffix("-matrix")
    words = stem.replace("_", " ").replace("-", " ").split()
    return capfirst(" ".join(words))[:LONGEST_TITLE]


def read(content, name, texts, tables):
    """Puts one file among the texts or the tables, by what it is. Raises ValueError."""
    if is_workbook(content):
        tables += tables_of_workbook(content, name)
    elif is_table(text := text_of_bytes(content)):
        tables.append(table_of_text(text, name))
    else:
        texts[name] = text


class ConfirmForm(forms.Form):
    """The same framework again, carried in the page; it is planned anew.

    `seen` is the digest of what the plan on the page was compared with.
    """

    text = forms.CharField(max_length=MOST_CARRIED, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    removal = forms.BooleanField(
        label=_("Remove what is listed under “Removed”"), required=False
    )
    plan = None

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        try:
            text = signing.loads(data["text"], salt=CARRIED)
        except signing.BadSignature:
            said = gettext("The file did not arrive whole. Choose it again.")
            raise ValidationError(said) from None
        plan = without_errors(plan_import({"": text}))
        self.plan = plan
        if plan.seen != data["seen"]:
            self.data = self.data.copy()
            self.data["seen"] = plan.seen
            raise ValidationError(OVERTAKEN_PLAN)
        if plan.removes and not data["removal"]:
            said = gettext("Tick this to remove what is listed, or cancel.")
            self.add_error("removal", said)
        return data


OVERTAKEN_PLAN = _(
    "The framework was changed since you saw this plan. Below stands what the import "
    "changes now: look at it again."
)


def without_errors(plan):
    """The plan; raises ValidationError with every error of it.

    What is told without a file, as of the whole that spreadsheets make, is named in words.
    """
    if plan.spec is None or plan.errors:
        names = names_in(plan.spec) if plan.spec else {}
        raise ValidationError(
            [
                str(each)
                if each.file or not each.path
                else f"{label(each.path, names)}: {each.sentence}"
                for each in plan.errors
            ]
        )
    return plan
