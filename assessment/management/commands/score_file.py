"""Score the vectors of a file, to check the engine or to see how a score is made."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessment.score_files.explaining import explain_vectors
from assessment.score_files.reading import ScoreFileError, parse_score_file
from assessment.score_files.writing import score_vectors

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Score the vectors of a JSON file and print the results as JSON, or explain "
        "them. The form of the file is told in docs/scoring.md. Reads no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="a score file; - reads the input")
        parser.add_argument(
            "--explain",
            nargs="?",
            const="",
            metavar="NAME",
            help="print step by step how a result is made: of one vector, or of all",
        )

    def handle(self, *, file, explain, **options):
        if not file and explain:
            # "--explain FILE": argparse took the file for a name.
            file, explain = explain, ""
        try:
            score_file = parse_score_file(_read(file))
            self.stdout.write(_answer(score_file, explain))
        except ScoreFileError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error


def _answer(score_file, explain):
    if explain is None:
        return json.dumps(score_vectors(score_file), indent=1, ensure_ascii=False)
    return explain_vectors(score_file, explain or None)


def _read(file):
    if not file:
        raise ScoreFileError("no file is named", "name one, or - for the input")
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ScoreFileError(
            f"{file} cannot be read: {error.strerror}", "check the name"
        ) from error
    except UnicodeDecodeError as error:
        raise ScoreFileError(f"{file} is not UTF-8 text", "save it as UTF-8") from error
