"""Where the owners of a ladder edit it, and the guide beside it.

Of a framework, drafts can be written and published versions read; the guide is live as it
stands. Thin: the writing stands in `careers.publishing`.
"""

from careers.admin import frameworks, guide, rows

__all__ = ["frameworks", "guide", "rows"]
