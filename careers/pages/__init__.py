"""What the framework's pages show: a spec in, finished texts, lists and drawings out.

Knows no rows, and of its reader only a `Standing`. The templates do no arithmetic and no sorting.
"""

from careers.pages.career import career_page, careers_page
from careers.pages.certifications import certifications_page
from careers.pages.guide import guide_index, guide_page, questions_page
from careers.pages.interview import interview_page
from careers.pages.job_description import job_description, job_description_text
from careers.pages.ladder import ladder_page, ladder_view, rungs_title
from careers.pages.level import level_page
from careers.pages.origin import grounds, topics_left_out
from careers.pages.parts import LadderView
from careers.pages.pay import pay_page
from careers.pages.places import framework_starts
from careers.pages.searched import (
    framework_documents,
    guide_documents,
)
from careers.pages.skill import skill_page, skills_page, statements
from careers.pages.standing import standing_at

__all__ = [
    "LadderView",
    "career_page",
    "careers_page",
    "certifications_page",
    "framework_documents",
    "framework_starts",
    "grounds",
    "guide_documents",
    "guide_index",
    "guide_page",
    "interview_page",
    "job_description",
    "job_description_text",
    "ladder_page",
    "ladder_view",
    "level_page",
    "pay_page",
    "questions_page",
    "rungs_title",
    "skill_page",
    "skills_page",
    "standing_at",
    "statements",
    "topics_left_out",
]
