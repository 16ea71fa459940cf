"""How a command that works on the answers of a file reads it."""

import sys
from pathlib import Path

from django.core.management.base import CommandError

BAD_INPUT = 2  # the exit status


def read_text(file):
    """What stands in a file, or for "-" in the input. Raises CommandError."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(
            f"{file} cannot be read: {error.strerror}; check the name.",
            returncode=BAD_INPUT,
        ) from error
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{file} is not UTF-8 text; save it as UTF-8.", returncode=BAD_INPUT
        ) from error
