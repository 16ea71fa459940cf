"""Score the vectors of a file, to check the engine or to see how a score is made."""

import json

from django.core.management.base import BaseCommand, CommandError

from assessment.management.reading import BAD_INPUT, read_text
from assessment.score_files.reading import ScoreFileError, parse_score_file, quoted
from assessment.score_files.writing import (
    placement_of,
    result_of,
    score_vectors,
    track_of,
)


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
            if not file:
                raise ScoreFileError("no file is named", "name one, or - for the input")
            score_file = parse_score_file(read_text(file))
            if explain is None:
                results = score_vectors(score_file)
                text = json.dumps(results, indent=1, ensure_ascii=False)
            else:
                text = _explained(score_file, explain)
        except ScoreFileError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        self.stdout.write(text)


# Step by step
# --------------------------------------------------------------------------------------


def _explained(file, name):
    """How a result comes about: of one vector, or of all where none is named."""
    track = track_of(file)
    every = [*file.vectors, *file.level_vectors]
    chosen = [each for each in every if name in ("", each.name)]
    if not chosen:
        names = ", ".join(each.name for each in every)
        raise ScoreFileError(
            f"there is no vector {quoted(name)}", f"choose one of {names}"
        )
    return "\n\n".join(
        "\n".join(
            _steps(each.name, result_of(each))
            if each in file.vectors
            else _rungs(each.name, placement_of(each, track))
        )
        for each in chosen
    )


def _steps(name, result):
    if not result.is_measured:
        yield f"{name}: no score ({', '.join(result.reasons)})"
        yield f"not answered: {', '.join(result.unanswered)}"
        return
    display, cut = result.display, result.target.parameters.must_have_cut
    yield f"{name}: {result.score}, {result.band}, {result.status}"
    for each in result.rated:
        must_have = f", must-have {each.item.must_have_level}"
        yield (
            f"  {each.key}: {each.rating} of {each.item.required}, importance "
            f"{each.item.importance}{must_have if each.item.is_must_have else ''}: earns "
            f"{display.earned_tenths[each.key] / 10}, loses "
            f"{display.lost_tenths[each.key] / 10}"
        )
    yield f"coverage = {float(result.coverage):.2f}"
    yield (
        f"readiness = coverage x ({1 - cut}) ^ {result.missing_levels} missing levels "
        f"= {float(result.readiness):.2f}, ready from {result.ready_line}"
    )
    if result.unanswered:
        yield (
            f"not answered: {', '.join(result.unanswered)}; readiness with them "
            f"{float(result.lower_bound):.2f} to {float(result.upper_bound):.2f}, "
            f"kept back {display.unanswered_tenths / 10}"
        )
    for gap in result.gaps:
        yield (
            f"gap {gap.rank}, {gap.key}: next level +{gap.gain_step_tenths / 10}, closed "
            f"+{gap.gain_close_tenths / 10}"
        )
    yield "likely range (80 %) = {} to {}".format(*result.likely_range)


def _rungs(name, placement):
    held = {None: "not measured", 0: "before level 1"}
    yield f"{name}: {held.get(placement.level, f'level {placement.level}')}"
    for number, rung in enumerate(placement.rungs, 1):
        if rung.is_measured:
            yield (
                f"level {number}: coverage {float(rung.coverage):.2f}, missing levels "
                f"{rung.missing_levels}, readiness {float(rung.readiness):.2f}, "
                f"{rung.band} (ready from {rung.ready_line})"
            )
        else:
            yield f"level {number}: not measured ({', '.join(rung.reasons)})"
