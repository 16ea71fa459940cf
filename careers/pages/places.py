"""The pages that list what a framework has, for the guide's index and the search."""

from django.urls import reverse

from careers.search import Document

_OF_FRAMEWORK = (  # address, title, text, what leads to it besides
    (
        "ladder",
        "The ladder",
        "All levels in one picture, and what each of them asks.",
        "levels rungs career path",
    ),
    (
        "skills",
        "The skills",
        "What each skill means at each level, and what to do to get there.",
        "list competencies",
    ),
    (
        "specializations",
        "Specializations",
        "The same job in a field of its own, such as cloud or security.",
        "emerging fields niche",
    ),
    (
        "related",
        "Related careers",
        "Neighbouring jobs, measured by the same skills.",
        "similar roles alternatives",
    ),
    (
        "certifications",
        "Certifications",
        "Whom each one suits, what it helps with, and how to enter.",
        "certificates exams qualifications",
    ),
    (
        "interview",
        "Interview practice",
        "Questions by level and skill, and what a good answer shows.",
        "questions answers job",
    ),
)


def framework_starts() -> tuple[Document, ...]:
    """The lists of the served framework."""
    return tuple(
        Document("Pages", title, reverse(f"careers:{name}"), text, also)
        for name, title, text, also in _OF_FRAMEWORK
    )
