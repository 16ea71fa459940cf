"""What a person takes along: all that the registry names of them, as one file.

docs/own-data-format.md tells of it; docs/own-data.schema.json is its JSON Schema, made
from the same registry, so that a field which is named there is in both.
"""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
)
from pydantic_core import PydanticCustomError

from assessment.json_keys import doubled_key
from assessment.models import EARLIEST, Rating
from assessment.personal import REGISTRY
from careers.fields import LONGEST_KEY
from careers.models import CareerLevel, Framework, Skill
from careers.tables import csv_of

SCHEMA = "tpmguide-own-data"
SCHEMA_VERSION = 1
JSON_FILE = "own-data.json"
MOST_BYTES = 10 * 1024 * 1024  # of the JSON that is read, once it is unpacked
MOST_TEXTS = 1000  # in a list of keys
MOST_ROWS = 5000  # of a table; of answers as many as 10 MB hold
MOST_ANSWERS = 50_000
MOST_FAULTS = 1000  # more are not looked at: each takes its room
MOST_AHEAD = timedelta(days=11 * 366)  # more than any form takes
# Days and moments of what was done, by the name of the field.
OVER = {
    "started_at",
    "changed_at",
    "submitted_at",
    "rated_at",
    "updated_at",
    "done_at",
    "written_at",
    "day",
}
IN_MEMORY = 1024 * 1024  # bytes; more waits on the disk until it is sent
CSV_COLUMNS = (
    "assessment",
    "ladder",
    "version",
    "target",
    "submitted_at",
    "skill",
    "skill_name",
    "value",
    "not_applicable",
    "reason",
    "confidence",
    "note",
    "url",
    "rated_at",
)


class NotReadable(ValueError):
    """The file is not what `own_data` writes; the message says where and what."""


def _kept(text):
    """The text, if every database keeps it."""
    if "\0" in text:
        raise PydanticCustomError("nul", gettext("It holds a sign that is no text"))
    return text


def _sensible(day):
    """A day or a moment that somebody can mean."""
    on = day.date() if isinstance(day, datetime) else day
    if on < EARLIEST:
        raise PydanticCustomError("early", gettext("It lies before 1970"))
    if on > timezone.now().date() + MOST_AHEAD:
        raise PydanticCustomError("late", gettext("It lies too far ahead"))
    return day


def _over(day):
    """Of what was done: no later than today, wherever that is."""
    on = day.date() if isinstance(day, datetime) else day
    if on > timezone.now().date() + timedelta(days=1):
        raise PydanticCustomError(
            "ahead", gettext("It lies ahead, and is said as done")
        )
    return day


Text = Annotated[str, AfterValidator(_kept)]
Moment = Annotated[AwareDatetime, AfterValidator(_sensible)]
Day = Annotated[date, AfterValidator(_sensible)]
Texts = Annotated[
    list[Annotated[Text, Field(max_length=LONGEST_KEY)]],
    Field(max_length=MOST_TEXTS, fail_fast=True),
]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class VersionReference(Strict):
    """One version of a ladder. The digest tells whether two of one number are the same."""

    key: Text
    version: Text
    digest: Text


# A row of another table, as the file names it: what it is made of, and from what.
REFERENCES: dict[type[models.Model], tuple[Any, Any]] = {
    Framework: (
        VersionReference,
        lambda row: {"key": row.key, "version": row.version, "digest": row.digest},
    ),
    CareerLevel: (Text, lambda row: row.key),
    Skill: (Text, lambda row: row.key),
}
BY_UID: tuple[Any, Any] = (UUID, lambda row: str(row.uid))  # all others
TYPES: tuple[tuple[type, Any], ...] = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.UUIDField, UUID),
    (models.DateTimeField, Moment),
    (models.DateField, Day),
    (models.JSONField, Texts),
)


# The shape of the file
# ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def file_shape() -> type[BaseModel]:
    """The pydantic model of the whole file, from the registry and the models' fields."""
    parts: dict[str, Any] = {
        "schema_": (Literal[SCHEMA], Field(alias="schema")),
        "schema_version": (Literal[SCHEMA_VERSION], ...),
        "exported_at": (AwareDatetime, ...),
    }
    parts |= {
        kept.key: (
            list[row_shape(kept)],  # type: ignore[misc]
            Field(
                default=[],
                description=f"{kept.name}. {kept.why}",
                max_length=MOST_ANSWERS if kept.model is Rating else MOST_ROWS,
                fail_fast=True,
            ),
        )
        for kept in taken_along()
    }
    return create_model("OwnData", __base__=Strict, **parts)


def taken_along():
    """The lines of the registry whose rows can be looked up by whom they are about."""
    return [kept for kept in REGISTRY if kept.of_person or kept.of_guest]


def row_shape(kept) -> type[BaseModel]:
    """The pydantic model of one row of a table."""
    fields: dict[str, Any] = {}
    for name, said in kept.fields.items():
        column = kept.model._meta.get_field(name)
        kind = _type_of(column)
        if name in OVER:
            kind = Annotated[kind, AfterValidator(_over)]
        if column.null:
            kind |= None
        fields[name] = (
            kind,
            Field(default=_default_of(column), description=str(said)),
        )
    return create_model(kept.model.__name__, __base__=Strict, **fields)


def _default_of(column) -> Any:
    """What holds where a file does not say it; `...` where it has to."""
    if column.null:
        return None
    if column.many_to_many or column.default is list:
        return []
    if column.has_default() and not callable(column.default):
        return column.default
    return "" if column.blank and column.empty_strings_allowed else ...


def _type_of(column) -> Any:
    if column.many_to_many:
        return list[Text]
    if column.related_model:
        return REFERENCES.get(column.related_model, BY_UID)[0]
    return next((kind for of, kind in TYPES if isinstance(column, of)), Text)


# Rows to the file
# ------------------------------------------------------------------------------------


def own_data(holder) -> dict[str, Any]:
    """All that is kept of a person or a guest; one query a table, and without the PDFs."""
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "exported_at": timezone.now().isoformat(),
    }
    for kept in taken_along():
        rows = kept.rows_of(holder)
        if rows is not None:
            content[kept.key] = [_row(kept, n, row) for n, row in _numbered(kept, rows)]
    return content


def _numbered(kept, rows):
    columns = [kept.model._meta.get_field(name) for name in kept.fields]
    all_columns = kept.model._meta.concrete_fields
    files = [c.name for c in all_columns if isinstance(c, models.BinaryField)]
    joined = [c.name for c in columns if c.many_to_one]
    listed = [c.name for c in columns if c.many_to_many]
    rows = rows.defer(*files).prefetch_related(*listed)
    return enumerate(rows.select_related(*joined) if joined else rows, start=1)


def _row(kept, number, row):
    return {name: _value(kept, number, row, name) for name in kept.fields}


def _value(kept, number, row, name):
    column = kept.model._meta.get_field(name)
    if isinstance(column, models.BinaryField):
        return file_in_archive(kept, number)
    value = getattr(row, name)
    if column.many_to_many:
        return sorted(each.name for each in value.all())
    if column.related_model:
        _shape, named = REFERENCES.get(column.related_model, BY_UID)
        return None if value is None else named(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def file_in_archive(kept, number):
    return f"{kept.key}/{number}.pdf"


def write_archive(holder):
    """A ZIP of everything, as an open file: JSON, answers as CSV, PDFs, a README.

    Files are read one at a time, and what is large waits on the disk.
    """
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        content = own_data(holder)
        archive.writestr("README.txt", readme(content))
        archive.writestr(
            JSON_FILE,
            json.dumps(content, indent=1, ensure_ascii=False, sort_keys=False),
        )
        archive.writestr("answers.csv", answers_as_csv(holder))
        for kept in taken_along():
            for name in kept.fields:
                if isinstance(kept.model._meta.get_field(name), models.BinaryField):
                    _write_files(archive, kept, name, holder)
    file.seek(0)
    return file


def _write_files(archive, kept, name, holder):
    pks = kept.rows_of(holder).values_list("pk", flat=True)
    for number, pk in enumerate(list(pks), start=1):
        found = kept.model.objects.filter(pk=pk).values_list(name, flat=True).first()
        if found is not None:
            archive.writestr(file_in_archive(kept, number), bytes(found))


def readme(content):
    """What is in the archive, for whoever opens it in ten years."""
    context = {
        "counts": [
            (kept, len(content[kept.key]))
            for kept in taken_along()
            if content.get(kept.key)
        ],
        "json_file": JSON_FILE,
    }
    return render_to_string("assessment/own_data.txt", context)


def answers_as_csv(holder):
    """Every answer of every assessment, a row each; one query."""
    kept = next(kept for kept in REGISTRY if kept.model is Rating)
    ratings = kept.rows_of(holder).select_related(
        "assessment__framework", "assessment__target", "skill"
    )
    return csv_of(chain([CSV_COLUMNS], map(_csv_row, ratings)))


def _csv_row(rating):
    assessment, submitted = rating.assessment, rating.assessment.submitted_at
    return (
        assessment.uid,
        assessment.framework.key,
        assessment.framework.version,
        assessment.target.key,
        submitted and submitted.isoformat(),
        rating.skill.key,
        rating.skill.name,
        rating.value,
        rating.not_applicable,
        rating.reason,
        rating.confidence,
        rating.note,
        rating.url,
        rating.rated_at.isoformat(),
    )


# The file to its shape
# ------------------------------------------------------------------------------------


def parse_own_data(content):
    """The file's shape, of the ZIP or of the JSON in it. Raises NotReadable."""
    text = _json_of(content)
    try:
        shape = file_shape().model_validate_json(text)
    except ValidationError as error:
        if error.error_count() > MOST_FAULTS:
            said = gettext("The file is not as this site writes it.")
            raise NotReadable(said) from None
        first = error.errors()[0]
        place = " > ".join(str(step) for step in first["loc"])
        raise NotReadable(
            gettext("The file is not as this site writes it: %(place)s: %(problem)s.")
            % {"place": place or "1", "problem": first["msg"]}
        ) from None
    if doubled := doubled_key(text):
        raise NotReadable(
            gettext("The file is not as this site writes it: %(place)s stands twice.")
            % {"place": " > ".join(str(step) for step in doubled)}
        )
    return shape


def _json_of(content):
    if not content.startswith(b"PK"):
        return content
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            archive.open(JSON_FILE) as file,
        ):
            text = file.read(MOST_BYTES + 1)
    except Exception:  # each way of packing has errors of its own for what is damaged
        raise NotReadable(
            gettext("The ZIP cannot be read, or holds no own-data.json.")
        ) from None
    if len(text) > MOST_BYTES:
        raise NotReadable(gettext("The file is too large: 10 MB are read at most."))
    return text
