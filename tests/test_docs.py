"""The documents are complete and true where a machine can tell."""

import ast
import re

import pytest

from tests.house import ROOT, app_files, said, sources

MARKDOWN = ("*.md", "docs/**/*.md")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)")
SETTING = re.compile(r'\benv\.\w+\(\s*"([A-Z_]+)"')
TARGET = re.compile(r"^([a-z-]+):[^=\n]*## ", re.MULTILINE)


def documents():
    return sources(*MARKDOWN)


def documents_text():
    return "\n".join(documents().values())


# Targets and commands
# ------------------------------------------------------------------------------------


def make_targets(makefile):
    """The targets that `make` lists."""
    return set(TARGET.findall(makefile))


def commands():
    paths = app_files()
    return {
        path.rpartition("/")[2].removesuffix(".py")
        for path in paths
        if "/management/commands/" in path and not path.endswith("__init__.py")
    }


def test_every_make_target_is_told():
    targets = make_targets((ROOT / "Makefile").read_text()) - {"help"}

    missing = {name for name in targets if f"make {name}`" not in documents_text()}

    assert missing == set(), "Name `make …` in README.md."


def test_every_command_is_told():
    words = set(re.findall(r"\w+", documents_text()))

    assert commands() - words == set(), "Name the command in README.md or docs/."


def test_make_targets_are_read():
    makefile = "run: .env ## start\n\t@x\ndev-env: a\nA = b: ## c\ntest: ## all\n"

    assert make_targets(makefile) == {"run", "test"}


# Settings
# ------------------------------------------------------------------------------------


def settings_read(source):
    return set(SETTING.findall(source))


def settings_told(document):
    """Names in the first column of the first table."""
    first = document.partition("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z_]+)`", first, re.MULTILINE))


def test_settings_are_told_and_told_settings_exist():
    read = settings_read((ROOT / "tpmguide/settings.py").read_text())

    told = settings_told((ROOT / "docs/settings.md").read_text())

    assert told == read


def test_settings_are_found_in_code_and_table():
    assert settings_read('x = env.str(\n    "A_B", "c")\nenv.bool("D")') == {"A_B", "D"}
    assert settings_told("| `A` | b |\n## Else\n| `C` | d |") == {"A"}


# Words
# ------------------------------------------------------------------------------------


def classes_in_code():
    return {
        node.name
        for text in app_files().values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
    }


def classes_of_words(readme):
    """What the second column of the table under "Words" names."""
    section = readme.partition("\n## Words\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\|[^|]*\|([^|]*)\|", section, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_the_words_name_classes_that_exist():
    named = classes_of_words((ROOT / "README.md").read_text())

    assert len(named) > 10
    assert set(named) - classes_in_code() == set()


def test_the_table_of_words_is_read():
    readme = "# A\n## Words\n| a | `B`, or `C` | `d` |\n## Else\n| a | `E` | f |"

    assert classes_of_words(readme) == ["B", "C"]


# Links
# ------------------------------------------------------------------------------------


def broken_links(path, text):
    """Links to files that are not there."""
    for target, _anchor in LINK.findall(text):
        elsewhere = "://" in target or target.startswith("mailto:")
        if not elsewhere and not (ROOT / path).parent.joinpath(target).exists():
            yield f"{path} links to {target}, which does not exist."


def test_links_lead_somewhere():
    faults = [fault for each in documents().items() for fault in broken_links(*each)]

    assert not faults, said(faults)


@pytest.mark.parametrize(
    ("link", "faults"),
    [
        ("[a](settings.md)", 0),
        ("[a](settings.md#names)", 0),
        ("[a](https://example.org/none)", 0),
        ("[a](no-such-file.md)", 1),
        ("[a](../no-such-file.md#there)", 1),
    ],
)
def test_a_broken_link_is_caught(link, faults):
    assert len(list(broken_links("docs/a.md", link))) == faults


FILE = re.compile(r"`([\w.-]+/[\w./-]+|[\w-]+\.toml)`")


def test_files_that_the_architecture_names_are_there():
    named = set(FILE.findall((ROOT / "docs/architecture.md").read_text()))

    assert len(named) > 25
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_names_that_the_architecture_gives_a_file_are_in_it():
    text = (ROOT / "docs/architecture.md").read_text()
    pairs = re.findall(r"`([\w./-]+\.py)`: `(\w+)`", text)

    assert len(pairs) > 3
    assert [
        (path, name) for path, name in pairs if name not in (ROOT / path).read_text()
    ] == []


def test_decisions_have_their_three_parts():
    decisions = sources("docs/decisions/*.md")

    parts = ("**Context.**", "**Decision.**", "**Consequence.**")
    faults = [
        f"{path} has no {part}"
        for path, text in decisions.items()
        for part in parts
        if part not in text
    ]

    assert len(decisions) >= 4
    assert not faults, said(faults)
