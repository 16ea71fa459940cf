"""Where things lie in this house, for the tests that read its source."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("tpmguide", "assessment", "careers", "scoring")


def path_in_house(path):
    """`careers/shape.py`, whatever the machine."""
    return path.relative_to(ROOT).as_posix()


def sources(*patterns, without=()):
    """{path: text} of the files that match, in order; `without` names parts of paths."""
    files = sorted(file for pattern in patterns for file in ROOT.glob(pattern))
    return {
        path_in_house(file): file.read_text()
        for file in files
        if not set(without) & set(file.relative_to(ROOT).parts)
    }


def python_files():
    """Ours, without migrations."""
    patterns = [f"{folder}/**/*.py" for folder in (*APPS, "tests", "tools")]
    return sources(*patterns, without=["migrations"])


def app_files():
    """Python that runs in the app: neither tests nor tools."""
    return sources(*(f"{app}/**/*.py" for app in APPS), without=["migrations"])


def templates():
    return sources("templates/**/*.html", "tools/*/templates/*.html")


def components():
    """{name: text} of the shared pieces."""
    folder = ROOT / "templates/components"
    return {
        file.relative_to(folder).with_suffix("").as_posix(): file.read_text()
        for file in sorted(folder.glob("**/*.html"))
    }


def said(faults):
    """Faults as one text, each on its line, for the message of an assertion."""
    return "\n".join(["", *faults])
