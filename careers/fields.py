"""What a shape is made of: parts, and what each of their fields may hold. Pure.

What a single value may be stands beside its field, and pydantic checks it (`careers.rules`);
a part is built without that check, so that a draft that breaks a rule can still be loaded,
shown and mended.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Annotated, Any, Self, get_args

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from scoring.inputs import HIGHEST_TOP

LONGEST_KEY = 60
LONGEST_TEXT = 4000

# Signs that not every database keeps, and those that break a line.
_CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\ufffe\uffff"
_BREAKS = "\\n\\r\u2028\u2029"
TEXT = f"^[^{_CONTROLS}]*$"
TEXT_NEEDED = f"^\\s*[^\\s{_CONTROLS}][^{_CONTROLS}]*$"
LINE = f"^[^{_CONTROLS}{_BREAKS}]*$"
LINE_NEEDED = f"^[^\\S{_BREAKS}]*[^\\s{_CONTROLS}][^{_CONTROLS}{_BREAKS}]*$"
KEY = "^[a-z0-9]+(-[a-z0-9]+)*$"


# What a field may hold
# --------------------------------------------------------------------------------------


def field(says: str = "", default: Any = ..., **limits: Any) -> Any:
    """A field; `limits` that pydantic does not know are read back by `told`."""
    known = {
        name: limits.pop(name)
        for name in ("ge", "le", "max_length", "pattern")
        if name in limits
    }
    return Field(default, description=says or None, json_schema_extra=limits, **known)


def key_of_part(says: str = "") -> Any:
    """The name of a part in files and addresses."""
    return field(says, max_length=LONGEST_KEY, pattern=KEY)


def reference(to: str, says: str = "", default: Any = ...) -> Any:
    """The key of another part; `to` is the kind of part that is meant."""
    pattern = TEXT_NEEDED if default is ... else TEXT
    return field(says, default, max_length=LONGEST_KEY, pattern=pattern, refers_to=to)


def line(limit: int, says: str = "", default: Any = ...) -> Any:
    """A text of one line; longer than `limit` is an error."""
    return field(says, default, max_length=limit, pattern=LINE)


def prose(
    advised: int, says: str = "", default: Any = ..., *, needed: bool = False
) -> Any:
    """A text of several lines; past `advised` characters the owner is warned."""
    pattern = TEXT_NEEDED if needed else TEXT
    return field(
        says, default, max_length=LONGEST_TEXT, pattern=pattern, advised=advised
    )


def whole(at_least: int, at_most: int, says: str = "", default: Any = ...) -> Any:
    return field(says, default, ge=at_least, le=at_most)


def place(at_most: int, says: str) -> Any:
    """Where a part stands among its siblings; left out, as a file has them."""
    return field(says, ge=1, le=at_most, placed=True)


def point(at_least: int, says: str = "", *, below: int = 0) -> Any:
    """A point of the framework's scale, `below` its end; `careers.rules` knows the end."""
    return field(says, ge=at_least, le=HIGHEST_TOP - below, below_end=below)


Line = Annotated[str, Field(max_length=300, pattern=LINE_NEEDED)]
ShortLine = Annotated[str, Field(max_length=120, pattern=LINE_NEEDED)]
Key = Annotated[str, Field(max_length=LONGEST_KEY, pattern=LINE_NEEDED)]


class Part(BaseModel):
    """What all parts share. `model_construct` makes one that breaks a rule."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    def replaced(self, **values: Any) -> Self:
        """The same part with other values, which nothing checks."""
        return self.model_construct(**{**dict(self), **values})


# What a part is made of
# --------------------------------------------------------------------------------------


def told(info: FieldInfo, name: str) -> Any:
    """What a field says of itself besides its limits: `advised`, `keyed_by`, `placed`, `refers_to`."""
    extra = info.json_schema_extra
    return extra.get(name) if isinstance(extra, dict) else None


def limit(info: FieldInfo, name: str) -> Any:
    """A limit of a field: `ge`, `le` or `max_length`; None where it has none."""
    return next(
        (getattr(each, name) for each in info.metadata if hasattr(each, name)), None
    )


def is_needed(info: FieldInfo) -> bool:
    """Whether a text may not be empty."""
    return limit(info, "pattern") in (TEXT_NEEDED, LINE_NEEDED, KEY)


@functools.cache
def parts_within(kind: type[Part]) -> dict[str, type[Part]]:
    """{field: the kind of part that it holds}: the tree that all walk."""
    found = {}
    for name, info in kind.model_fields.items():
        inner = get_args(info.annotation)
        if inner and isinstance(inner[0], type) and issubclass(inner[0], Part):
            found[name] = inner[0]
    return found


def kinds_of(kind: type[Part]) -> list[type[Part]]:
    """A kind of whole and all kinds of parts in it, as a reader meets them."""
    within = [kinds_of(each) for each in parts_within(kind).values()]
    return list(dict.fromkeys([kind, *chain.from_iterable(within)]))


def own_fields(kind: type[Part]) -> dict[str, FieldInfo]:
    """A part's own fields, without the parts within it."""
    within = parts_within(kind)
    return {
        name: each for name, each in kind.model_fields.items() if name not in within
    }


def name_of(part: Part) -> str:
    """What tells a part from its siblings: its key, value or skill, as text."""
    names = type(part).model_fields
    return str(getattr(part, next(n for n in ("key", "value", "skill") if n in names)))


def plain_name(name: str) -> str:
    """A name as it is compared with others: without case and double spaces."""
    return " ".join(name.casefold().split())


def words_of(kind: type[Part]) -> str:
    """The name of a kind of part in words: "a skill level"."""
    name = kind.__name__.removesuffix("Spec")
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def items(
    whole: Part, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Part]]:
    """Every part within a whole with its path, such as ("skills", "sdlc", "levels", "3").

    Parents come before their parts; the whole itself is not among them, and has the `path`.
    """
    for section in parts_within(type(whole)):
        for part in getattr(whole, section):
            here = (*path, section, name_of(part))
            yield here, part
            yield from items(part, here)


def document_of(part: Part) -> dict[str, Any]:
    """A part as the plain mapping that a file holds; what equals its default is left out."""
    document: dict[str, Any] = {}
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if value == info.default:
            continue
        if name not in parts_within(type(part)):
            document[name] = list(value) if isinstance(value, tuple) else value
            continue
        within = [document_of(each) for each in value]
        by = told(info, "keyed_by")
        document[name] = {each.pop(by): each for each in within} if by else within
    return document


def places(keys: Iterable[str]) -> Callable[[str], tuple[int, str]]:
    """A sort key: the place of a key among `keys`, unknown ones after them by name."""
    places = {key: place for place, key in enumerate(keys)}
    return lambda key: (places.get(key, len(places)), key)
