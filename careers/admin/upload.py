"""A framework file on its way through the browser: chosen, shown as a plan, confirmed."""

import base64
import binascii
import zlib

from django import forms
from django.core.exceptions import ValidationError

from careers.files import MAX_BYTES, refuse_large, text_of_bytes
from careers.publishing import plan_import

MOST_CARRIED = 400_000  # characters; Django refuses forms of more than 512 KB


class UploadForm(forms.Form):
    """The file; `plan` says what importing it would do."""

    file = forms.FileField(
        label="Framework file",
        help_text="One .yaml file, as Export writes it, of at most 2 MB. You see what "
        "would change before anything is written.",
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            refuse_large(upload.size)
            text = text_of_bytes(upload.read())
        except ValueError as error:
            raise ValidationError(str(error)) from None
        self.plan = planned({upload.name: text})
        self.carried = {"name": upload.name, "text": packed(text)}
        if len(self.carried["text"]) > MOST_CARRIED:
            raise ValidationError(
                "This file is too large for the browser. Ask for it to be imported with "
                "`manage.py import_framework`."
            )
        return upload


class ConfirmForm(forms.Form):
    """The same file again, carried in the page; it is planned anew."""

    name = forms.CharField(max_length=255, widget=forms.HiddenInput)
    text = forms.CharField(max_length=MOST_CARRIED, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if not self.errors:
            self.plan = planned({data["name"]: unpacked(data["text"])})
        return data


def planned(files):
    """The plan of an import; raises ValidationError with every error of the files."""
    plan = plan_import(files)
    if plan.spec is None or plan.errors:
        raise ValidationError([str(problem) for problem in plan.errors])
    return plan


def packed(text):
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(carried):
    """The text; raises ValidationError where it is not what `packed` made."""
    try:
        reader = zlib.decompressobj()
        content = reader.decompress(base64.b64decode(carried, validate=True), MAX_BYTES)
        return content.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError, ValueError):
        raise ValidationError(
            "The file did not arrive whole. Choose it again."
        ) from None
