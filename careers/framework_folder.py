"""Files of frameworks and of the guide on disk, as {relative name: text}, and back.

Knows no YAML and no database: `careers.framework_file` and `guide_file` read what is
found here.
"""

from pathlib import Path

from django.conf import settings

from careers.yaml_tree import MAX_BYTES

CONTENT = Path(__file__).resolve().parent / "content"
SHIPPED_GUIDE = CONTENT / "guide"
SUFFIXES = {".yaml", ".yml"}


class FolderRefused(Exception):
    """Files that cannot be read or written; `sentences` says why, one for each."""

    def __init__(self, *sentences):
        self.sentences = sentences
        super().__init__("\n".join(sentences))


def shipped_folder(key=None):
    """Where the files of a framework lie that comes with the app."""
    return CONTENT / (key or settings.FRAMEWORK_KEY)


def load_files(path):
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
            files[name] = text_of_bytes(_load_bytes(each))
        except ValueError as error:
            sentences.append(f"{name}: {error}")
        except OSError as error:
            sentences.append(f"{name}: It cannot be read: {error.strerror}.")
    if sentences:
        raise FolderRefused(*sentences)
    return files


def text_of_bytes(content):
    """The text of a file; raises ValueError with a sentence where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ValueError(
            f"Line {line} is not UTF-8 text. Save the file in the encoding UTF-8."
        ) from None


def refuse_large(size):
    """Raises ValueError with a sentence where a file has more bytes than are read."""
    if size > MAX_BYTES:
        raise ValueError(
            f"The file is larger than {MAX_BYTES // 2**20} MB. Split it or shorten it."
        )


def _load_bytes(path):
    refuse_large(path.stat().st_size)
    return path.read_bytes()


def record_files(files, folder, *, force=False):
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
