"""Score files: JSON text with vectors in, JSON with results out.

A vector is one person against one target, written down. docs/scoring.md, "Score
files", names every key. Nothing here opens a file or prints.
"""

from .errors import ScoreFileError
from .reading import REPORT, LevelVector, ScoreFile, Vector, parse_score_file
from .scoring import explain_vectors, score_vectors
from .writing import Json, json_of_input, json_of_parameters, json_of_result

__all__ = [
    "REPORT",
    "Json",
    "LevelVector",
    "ScoreFile",
    "ScoreFileError",
    "Vector",
    "explain_vectors",
    "json_of_input",
    "json_of_parameters",
    "json_of_result",
    "parse_score_file",
    "score_vectors",
]
