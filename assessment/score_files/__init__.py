"""Score files: JSON text with vectors in, JSON with results out.

A vector is one person against one target, written down. docs/scoring.md, "Score
files", names every key. Nothing here opens a file or prints.
"""

from .errors import ScoreFileError
from .reading import LevelVector, ScoreFile, Vector, parse_score_file
from .scoring import explain_vectors, score_vectors

__all__ = [
    "LevelVector",
    "ScoreFile",
    "ScoreFileError",
    "Vector",
    "explain_vectors",
    "parse_score_file",
    "score_vectors",
]
