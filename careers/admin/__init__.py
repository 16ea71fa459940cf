"""Where the owners of a ladder edit it: drafts can be written, published versions read.

Thin: what a framework is and how it is published stands in `careers.importing`.
"""

from careers.admin import careers, frameworks, practice, scale, skills

__all__ = ["careers", "frameworks", "practice", "scale", "skills"]
