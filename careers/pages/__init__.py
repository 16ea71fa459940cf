"""What the framework's pages show: a spec in, finished texts, lists and drawings out.

Knows no rows and no person. The templates do no arithmetic and no sorting.
"""

from careers.pages.ladder import ladder_page, ladder_view, rungs_title
from careers.pages.level import level_page
from careers.pages.origin import grounds, topics_left_out
from careers.pages.parts import LadderView
from careers.pages.skill import skill_page, skills_page, statements

__all__ = [
    "LadderView",
    "grounds",
    "ladder_page",
    "ladder_view",
    "level_page",
    "rungs_title",
    "skill_page",
    "skills_page",
    "statements",
    "topics_left_out",
]
