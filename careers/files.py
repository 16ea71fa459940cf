"""The files of a framework and of a guide: reading them, writing them, a digest. Pure.

A framework or a guide is one document, or the same document cut into several files: each
holds some of its sections, and lists with the same name are joined.
`docs/framework-format.md` and `docs/guide-format.md` describe every section.

Of YAML only mappings, lists, texts, whole numbers, decimals, true, false and null are read.
Anchors, aliases and tags are refused: a few hundred bytes of them can fill a memory.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, get_origin

import yaml
from pydantic.fields import FieldInfo

from careers.fields import Part, document_of, limit, parts_within, told, words_of
from careers.guide_shape import GuideSpec
from careers.problems import ERROR, MOST_PROBLEMS, Problem, quoted
from careers.rules import Fault, Whole, faults_of, problems_of
from careers.shape import CareerLevel, FrameworkSpec, Requirement

MAX_BYTES = 2 * 1024 * 1024
TOO_LARGE = f"The file is larger than {MAX_BYTES // 2**20} MB. Split it or shorten it."
MAX_DEPTH = 12
MAX_TEXT = 10_000
MAX_VALUES = 30_000  # the shipped framework has a fifth of that

CONTENT = Path(__file__).resolve().parent / "content"
SHIPPED_GUIDE = CONTENT / "guide"
SUFFIXES = {".yaml", ".yml"}

# From text to a whole
# --------------------------------------------------------------------------------------


class Parsed(NamedTuple):
    """What the files say. `spec` is None where nothing could be read at all."""

    spec: Any
    problems: list[Problem]


def parse_framework(files: Mapping[str, str]) -> Parsed:
    """The framework of these files, as {name: text}; see `parse_files`."""
    return parse_files(FrameworkSpec, files)


def parse_guide(files: Mapping[str, str]) -> Parsed:
    """The guide of these files, as {name: text}; see `parse_files`."""
    return parse_files(GuideSpec, files)


def parse_files(kind: type[Part], files: Mapping[str, str]) -> Parsed:
    """Reads files, as {name: text}, to a whole of a kind, with all problems at once.

    The files are read in the order of their names. Every problem names file, line and
    path where these are known. The whole is None where nothing could be read at all, and
    usable only if none of the problems is an error. Where a part was lost, the rules
    between parts are not asked: they would complain of what is there.
    Never raises, whatever the texts hold.
    """
    problems: list[Problem] = []
    sections, complete = _joined(files, problems)
    reader = _Reader(problems, complete=complete)
    try:
        spec = reader.whole(kind, sections)
    except _TooMany:
        spec = None
    if isinstance(spec, FrameworkSpec):
        spec = completed(spec)
    if spec is not None:
        spec = spec.in_order()
        problems += [
            reader.located(problem)
            for problem in problems_of(spec, values=False, between=reader.complete)
            if tuple(problem.path.split("/")) not in reader.unreadable
        ]
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    if len(problems) > MOST_PROBLEMS:
        sentence = f"More than {MOST_PROBLEMS} problems. Mend these first."
        problems[MOST_PROBLEMS:] = [Problem("", ERROR, sentence)]
    return Parsed(spec, problems)


def _joined(
    files: Mapping[str, str], problems: list[Problem]
) -> tuple[dict[str, Node], bool]:
    """The sections of all files in one mapping, and whether every file could be read.

    Lists of the same name are joined.
    """
    if sum(bytes_of(text) for text in files.values()) > MAX_BYTES:
        largest = max(files, key=lambda name: len(files[name]))
        sentence = (
            f"The files are larger than {MAX_BYTES // 2**20} MB. Shorten their texts."
        )
        problems.append(Problem("", ERROR, sentence, largest))
        return {}, False
    sections: dict[str, Node] = {}
    complete = True
    for name, text in sorted(files.items()):
        tree = read_yaml(text, name, problems)
        if tree is None or not isinstance(tree.value, dict):
            complete = False
            if tree is not None:
                sentence = "A file has sections. Begin with one, such as 'sources:'."
                problems.append(Problem("", ERROR, sentence, name, tree.line))
            continue
        for key, node in tree.value.items():
            before = sections.setdefault(key, node)
            if before is node:
                continue
            if isinstance(before.value, list) and isinstance(node.value, list):
                before.value.extend(node.value)
            elif key == "key" and _are_two_keys(before.value, node.value):
                sentence = (
                    f"This file is of {quoted(str(node.value))}, and {before.file} of "
                    f"{quoted(str(before.value))}. Choose the files of one ladder at a time."
                )
                problems[:] = [Problem(key, ERROR, sentence, node.file, node.line)]
                return {}, False
            else:
                sentence = (
                    f"{quoted(key)} stands in {before.file} already. Keep one of them."
                )
                problems.append(Problem(key, ERROR, sentence, node.file, node.line))
    return sections, complete


def _are_two_keys(one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and one != other


def completed(spec: FrameworkSpec) -> FrameworkSpec:
    """The same framework with a requirement for each skill at each career level.

    What a level leaves out is not asked. A rung that says nothing at all and bears
    the name of a point of the scale stands at that point: it requires of each skill
    what the skill has at it, or at the nearest point below.
    """
    return spec.replaced(levels=tuple(_completed(spec, level) for level in spec.levels))


def _completed(spec: FrameworkSpec, level: CareerLevel) -> CareerLevel:
    named = {point.name: point.value for point in spec.scale}
    at = 0 if level.requirements else named.get(level.short_title, 0)
    present = {item.skill for item in level.requirements}
    added = []
    for skill in spec.skills:
        if skill.key not in present:
            points = (each.value for each in skill.levels if each.value <= at)
            # not checked here: a file may hold a skill without a key
            item = Requirement.model_construct(
                skill=skill.key, required=max(points, default=0)
            )
            added.append(item)
    return level.replaced(requirements=(*level.requirements, *added))


class _TooMany(Exception):
    """There are more problems than anybody reads."""


class _Reader:
    """Reads nodes into parts; `careers.shape` says what they hold.

    A value of the wrong kind gets a harmless one in its place, its path goes to
    `unreadable`, and reading goes on: the owner hears of everything at once. Where a part
    is lost, the whole is not `complete`.
    """

    def __init__(self, problems: list[Problem], *, complete: bool) -> None:
        self.problems = problems
        self.complete = complete
        self.unreadable: set[tuple[str, ...]] = set()
        self.places: dict[tuple[str, ...], Node] = {}

    def whole(self, kind: type[Part], sections: dict[str, Node]) -> Any:
        """The whole that has these sections, or None where there are none."""
        if not sections:
            if not self.problems:
                first = next(iter(kind.model_fields))
                noun = words_of(kind).partition(" ")[2]
                sentence = f"There is no {noun} here. Begin with its '{first}:'."
                self.problems.append(Problem("", ERROR, sentence))
            return None
        texts = [node for node in sections.values() if isinstance(node.value, str)]
        main = next(iter(texts or sections.values()))
        return self.part(kind, Node(sections, main.file, 1), ())

    def part(
        self,
        kind: type[Part],
        node: Node,
        path: tuple[str, ...],
        *,
        place: int = 1,
        **known: Any,
    ) -> Any:
        """One part; `known` holds what stood before it as its name, `place` where it stands."""
        self.places[path] = node
        if not isinstance(node.value, dict):
            words = words_of(kind).capitalize()
            sentence = f"{words} has named fields. Write them as 'name: …'."
            self.lose(path, node, sentence)
            return None
        within = parts_within(kind)
        values: dict[str, Any] = {
            name: place
            for name, info in kind.model_fields.items()
            if told(info, "placed")
        } | known
        parts: dict[str, Any] = {}
        for name, entry in node.value.items():
            here = (*path, name)
            if entry.value is None and name in kind.model_fields:
                continue  # empty is the same as left out
            self.places[here] = entry
            if name in known:
                sentence = f"{quoted(name)} stands before the colon. Remove it here."
                self.complain(here, entry, sentence)
            elif name in within:
                parts[name] = self.parts(kind, name, entry, here)
            else:
                values[name] = _plain(entry)
        for fault in faults_of(kind, values):
            self.put_right(kind, fault, node, path, values)
        return kind.model_construct(**values, **parts)

    def put_right(
        self,
        kind: type[Part],
        fault: Fault,
        node: Node,
        path: tuple[str, ...],
        values: dict[str, Any],
    ) -> None:
        """Tells of a fault, and makes of the values what a part can be built from."""
        name, *places = fault.place
        here = (*path, *fault.place)
        entry = node.value.get(name, node) if isinstance(node.value, dict) else node
        sentence = fault.sentence
        if name not in values and entry is not node:
            sentence = f"'{name}' is empty. Fill it in."
        if places and isinstance(entry.value, list):
            entry = entry.value[int(places[0]) - 1]
            self.places[here] = entry
        self.complain(here, entry, sentence)
        if fault.kept:
            return
        self.unreadable.add(here)
        if places:
            texts = list(values[name])
            texts[int(places[0]) - 1] = "?"
            values[name] = tuple(texts)
        elif name in kind.model_fields:
            self.complete &= name != "key"
            values[name] = _harmless(kind.model_fields[name])
        else:
            del values[name]

    def parts(
        self, kind: type[Part], name: str, node: Node, path: tuple[str, ...]
    ) -> tuple[Any, ...]:
        """The parts of a section, written as a list or, by name, as a mapping."""
        inner = parts_within(kind)[name]
        keyed_by = told(kind.model_fields[name], "keyed_by")
        if keyed_by and isinstance(node.value, dict):
            found = self.keyed_parts(inner, keyed_by, node.value, path)
        elif keyed_by:
            example = "3: …" if keyed_by == "value" else "sdlc: …"
            words = f"Write {words_of(inner)} under its {keyed_by}"
            self.lose(path, node, f"{words}, such as '{example}'.")
            return ()
        elif isinstance(node.value, list):
            found = [
                self.part(inner, each, (*path, _name_in(each, place)), place=place)
                for place, each in enumerate(node.value, start=1)
            ]
        else:
            self.lose(path, node, "This is a list. Begin each entry with '- '.")
            return ()
        return tuple(part for part in found if part is not None)

    def keyed_parts(
        self, kind: type[Part], by: str, nodes: dict[str, Node], path: tuple[str, ...]
    ) -> list[Any]:
        found = []
        for name, each in nodes.items():
            is_number = kind.model_fields[by].annotation is int
            known: Any = plain_value(name) if is_number else name.strip()
            if is_number and type(known) is not int:
                sentence = f"Write a whole number here, not {quoted(name)}."
                self.lose((*path, name), each, sentence)
            else:
                found.append(
                    self.part(kind, each, (*path, name), place=1, **{by: known})
                )
        return found

    def lose(self, path: tuple[str, ...], node: Node, sentence: str) -> None:
        self.complete = False
        self.unreadable.add(path)
        self.complain(path, node, sentence)

    def complain(self, path: tuple[str, ...], node: Node, sentence: str) -> None:
        if len(self.problems) > MOST_PROBLEMS:
            raise _TooMany
        where = "/".join(path)
        self.problems.append(Problem(where, ERROR, sentence, node.file, node.line))

    def located(self, problem: Problem) -> Problem:
        """The problem with file and line of the nearest place that was read."""
        path = tuple(problem.path.split("/"))
        while path and path not in self.places:
            path = path[:-1]
        place = self.places[path]
        return dataclasses.replace(problem, file=place.file, line=place.line)


def _plain(node: Node) -> Any:
    """The value of a node without its lines; space around a text is dropped."""
    if isinstance(node.value, dict):
        return {name: _plain(each) for name, each in node.value.items()}
    if isinstance(node.value, list):
        return tuple(_plain(each) for each in node.value)
    return node.value.strip() if isinstance(node.value, str) else node.value


def _harmless(info: FieldInfo) -> Any:
    """A value that breaks no rule of its own, for one that could not be read."""
    if not info.is_required():
        return info.default
    if get_origin(info.annotation) is tuple:
        return ()
    low = limit(info, "ge")
    return "" if low is None else low


def _name_in(node: Node, place: int) -> str:
    """The name that an entry of a list gives itself, else its place in the list."""
    if isinstance(node.value, dict):
        for name in ("key", "value"):
            named = node.value.get(name)
            if named is not None and isinstance(named.value, str | int):
                return str(named.value).strip()
    return str(place)


# YAML to a tree that remembers its lines
# --------------------------------------------------------------------------------------


_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was read; mappings and lists hold nodes.

    The line of a mapping's entry is that of its name.
    """

    value: dict[str, Node] | list[Node] | Scalar
    file: str
    line: int


class _Refused(Exception):
    """Its argument is the problem that ends the reading of a file."""


def read_yaml(text: str, file: str, problems: list[Problem]) -> Node | None:
    """The tree of one YAML document, or None; what is wrong is added to `problems`.

    A name that stands twice is a problem and the first one counts. Size, depth, syntax,
    anchors, aliases and tags end the reading of the file. Never raises.
    """
    try:
        if bytes_of(text) > MAX_BYTES:
            raise _Refused(Problem("", ERROR, TOO_LARGE, file))
        return _Builder(text.removeprefix("\ufeff"), file, problems).document()
    except _Refused as refused:
        problems.append(refused.args[0])
    except (yaml.YAMLError, UnicodeError) as error:
        problems.append(_unreadable(error, file))
    return None


def bytes_of(text: str) -> int:
    """The size of a text in UTF-8; a text that is far too large is not encoded."""
    if len(text) > MAX_BYTES:
        return len(text)
    return len(text.encode(errors="surrogatepass"))


def plain_value(text: str) -> Scalar:
    """What a text without quotes means; 'yes', 'no', dates and the like stay texts."""
    if _WHOLE_NUMBER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    return _WORDS.get(text, text)


def _unreadable(error: Exception, file: str) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        begun = error.context_mark.line + 1 if error.context_mark else 0
        since = f" (begun in line {begun})" if begun else ""
        sentence = (
            f"This is not YAML: {error.problem}{since}. Check the indents, and put texts "
            "with ':' or '#' in quotes."
        )
        return Problem("", ERROR, sentence, file, error.problem_mark.line + 1)
    sentence = "The file holds a character that YAML cannot hold. Save it as UTF-8."
    return Problem("", ERROR, sentence, file)


class _Builder:
    """Walks the parser's events once and builds the tree from them."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.events = loader(text)
        self.file = file
        self.problems = problems
        self.values = 0

    def document(self) -> Node:
        self.events.get_event()  # the stream's start
        if isinstance(self.events.get_event(), yaml.StreamEndEvent):
            self.refuse("The file is empty. Fill it or remove it.", 1)
        event = self.events.get_event()
        tree = self.node(event, _line(event), depth=1)
        self.events.get_event()  # the document's end
        following = self.events.get_event()
        if not isinstance(following, yaml.StreamEndEvent):
            self.refuse("Only one document a file. Remove the '---'.", _line(following))
        return tree

    def node(self, event: Any, line: int, depth: int) -> Node:
        self.check(event, depth)
        self.values += 1
        if self.values > MAX_VALUES:
            self.refuse(
                f"There are more than {MAX_VALUES} values. Split the file.", line
            )
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style  # neither quoted nor a block
            value = plain_value(event.value) if plain else event.value
            return Node(value, self.file, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.sequence(depth), self.file, line)
        return Node(self.mapping(depth), self.file, line)

    def check(self, event: Any, depth: int) -> None:
        """Refuses what is never read."""
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.refuse(
                "Anchors (&) and aliases (*) are not read. Write the text out, or put "
                "it in quotes.",
                line,
            )
        if event.tag:
            self.refuse("Tags (!) are not read. Put the text in quotes.", line)
        if depth > MAX_DEPTH:
            self.refuse(
                f"This is nested deeper than {MAX_DEPTH} levels. Check the indents "
                "and the brackets.",
                line,
            )
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > MAX_TEXT:
            self.refuse(
                f"This text has more than {MAX_TEXT} characters. Shorten it.", line
            )

    def sequence(self, depth: int) -> list[Node]:
        nodes = []
        while not isinstance(event := self.events.get_event(), yaml.SequenceEndEvent):
            nodes.append(self.node(event, _line(event), depth + 1))
        return nodes

    def mapping(self, depth: int) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        while not isinstance(event := self.events.get_event(), yaml.MappingEndEvent):
            self.check(event, depth)
            name, line = event, _line(event)
            if not isinstance(name, yaml.ScalarEvent):
                self.refuse("A name is expected here, not a list or a mapping.", line)
            node = self.node(self.events.get_event(), line, depth + 1)
            if name.value in nodes:
                sentence = f"{quoted(name.value)} stands here twice. Keep one of them."
                self.problems.append(Problem("", ERROR, sentence, self.file, line))
            nodes.setdefault(name.value, node)
        return nodes

    def refuse(self, sentence: str, line: int) -> NoReturn:
        raise _Refused(Problem("", ERROR, sentence, self.file, line))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


# From a whole to text
# --------------------------------------------------------------------------------------


def files_of(whole: Whole) -> dict[str, str]:
    """A framework or a guide as several files by subject, as {relative name: text}."""
    cut = _files_of_guide if isinstance(whole, GuideSpec) else _files_of_framework
    return {name: yaml_of(content) for name, content in cut(document_of(whole)).items()}


def _files_of_guide(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One file a page."""
    files = {
        f"pages/{page['key']}.yaml": {"pages": [page]}
        for page in document.pop("pages", [])
    }
    files["guide.yaml"] = {"framework": document.pop("framework")}
    return files | {f"{name}.yaml": {name: document[name]} for name in document}


def _files_of_framework(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One file a skill, one a rung, and one a specialization or related career."""
    files: dict[str, dict[str, Any]] = {
        "framework.yaml": document,
        "groups.yaml": {"groups": document.pop("groups", [])},
        "certifications.yaml": {"certifications": document.pop("certifications", [])},
    }
    for skill in document.pop("skills", []):
        _put(files, f"skills/{_file_name(skill['key'])}", "skills", skill)
    folder_of = {}
    for career in document.pop("careers", []):
        folder = _FOLDERS.get(career["kind"], "related")
        folder_of[career["key"]] = folder
        name = "career" if folder == "ladder" else _file_name(career["key"])
        _put(files, f"{folder}/{name}", "careers", career)
    for level in document.pop("levels", []):
        folder = folder_of.get(level["career"], "related")
        name = _file_name(level["key"])
        if folder == "ladder":
            name = f"{level['order']}-{name}"
        _put(files, f"{folder}/{name}", "levels", level)
    return files


_FOLDERS = {"ladder": "ladder", "specialization": "specializations"}


def _put(files: dict[str, dict[str, Any]], name: str, section: str, part: Any) -> None:
    files.setdefault(f"{name}.yaml", {}).setdefault(section, []).append(part)


def _file_name(key: str) -> str:
    """A key as the name of a file, even where it is not a good key."""
    return re.sub(r"[^a-z0-9-]+", "-", key.lower()) or "-"


def digest_of(spec: Any) -> str:
    """SHA-256 of the canonical export, as 64 hexadecimal digits.

    Two specs in order have the same digest if, and only if, they are equal: how the files
    are cut, laid out and commented does not count.
    """
    canonical = json.dumps(document_of(spec), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def text_of(spec: Any) -> str:
    """The whole spec as one file."""
    return yaml_of(document_of(spec))


class _Dumper(yaml.SafeDumper):
    """Writes every text so that it is read as a text again."""

    def text(self, text: str) -> yaml.ScalarNode:
        style = None
        if plain_value(text) != text:
            style = "'"
        elif "\n" in text:
            style = "|"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.text)


def yaml_of(document: Mapping[str, Any]) -> str:
    """A plain document as the text of a file."""
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=88
    )


# On disk
# --------------------------------------------------------------------------------------


class FolderRefused(Exception):
    """Files that cannot be read or written; `sentences` says why, one for each."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))


def shipped_folder(key: str) -> Path:
    """Where the files of a framework lie that comes with the app."""
    return CONTENT / key


def load_files(path: Path | str) -> dict[str, str]:
    """The .yaml files at `path`, a folder or one file, as {relative name: text}.

    Raises FolderRefused with every file that cannot be read.
    """
    path = Path(path)
    if not path.exists():
        raise FolderRefused(f"{path}: There is no such file or folder.")
    if path.is_file():
        found = {path.name: path}
    else:
        found = {
            each.relative_to(path).as_posix(): each
            for each in sorted(path.rglob("*"))
            if each.suffix.lower() in SUFFIXES and each.is_file()
        }
    if not found:
        raise FolderRefused(f"{path}: There is no .yaml file in this folder.")
    files, sentences = {}, []
    for name, each in found.items():
        try:
            with each.open("rb") as file:
                files[name] = text_of_bytes(file.read(MAX_BYTES + 1))
        except ValueError as error:
            sentences.append(f"{name}: {error}")
        except OSError as error:
            sentences.append(f"{name}: It cannot be read: {error.strerror}.")
    if sentences:
        raise FolderRefused(*sentences)
    return files


def text_of_bytes(content: bytes) -> str:
    """The text of a file, in whichever of the usual encodings it is.

    Raises ValueError with a sentence if it is too large or no text.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(TOO_LARGE)
    for encoding in _encodings_of(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise ValueError("This is no text. Save the file as text, in the encoding UTF-8.")


_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")


def _encodings_of(content: bytes) -> list[str]:
    """Those to try, the surest first: old ones take any bytes for text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if b"\0" in content[:1000]:
        is_big = content[0] == 0
        return ["utf-16-be" if is_big else "utf-16-le"]
    return ["utf-8-sig", "cp1252", "latin-1"]


def record_files(
    files: Mapping[str, str], folder: Path | str, *, force: bool = False
) -> None:
    """Writes {relative name: text} into a folder, which must be new or empty.

    With `force`, files of the same names are replaced and all others are left alone.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise FolderRefused(f"{folder}: This is a file. Name a folder.")
    if folder.exists() and any(folder.iterdir()) and not force:
        raise FolderRefused(
            f"{folder}: The folder is not empty. Name a new one, or add --force to "
            "replace the files of the same names."
        )
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
