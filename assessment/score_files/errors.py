"""What is wrong with a score file, in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from json import dumps

from assessment.scoring import ScoringError


class ScoreFileError(ValueError):
    """The first fault of a score file: where it is, what it is, and the cure."""

    def __init__(self, problem: str, cure: str, place: tuple[str, ...] = ()) -> None:
        where = f"{', '.join(place)}: " if place else ""
        super().__init__(f"{where}{problem}; {cure}.")


def quoted(text: object) -> str:
    """Return a text in quotes and on one line, as it stands in the file."""
    return dumps(text, ensure_ascii=False, default=str)


@contextmanager
def naming(*place: str) -> Iterator[None]:
    """Give a fault that the engine finds the place where it stands in the file."""
    try:
        yield
    except ScoringError as error:
        skill = () if error.skill is None else (f"skill {quoted(error.skill)}",)
        raise ScoreFileError(error.problem, error.cure, (*place, *skill)) from error
