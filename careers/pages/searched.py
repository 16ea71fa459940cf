"""Framework and guide as documents for the search: one for whatever one may look for."""

from collections.abc import Iterator

from django.urls import reverse

from careers.addresses import (
    certifications_url,
    interview_url,
    level_url,
    skill_url,
)
from careers.search import Document
from careers.shape import (
    CareerLevel,
    Certification,
    FrameworkSpec,
    GuideEntry,
    GuideSection,
    GuideSpec,
    Skill,
)

SKILLS = "Skills"
LEVELS = {
    "ladder": "Levels of the ladder",
    "specialization": "Specializations",
    "related": "Related careers",
}
ACTIONS = "Things to do"
QUESTIONS = "Interview questions"
CERTIFICATIONS = "Certifications"
GUIDE = "Career guide"
ANSWERS = "Questions and answers"
LEADS_TO = {  # page of the guide: words that lead to it besides its own
    "role": "job duties what does do day work tools",
    "start": "become begin education degree bootcamp learn training beginner",
    "apply": "application resume cv cover letter interview job search hiring",
    "pay": "salary wage earn earnings money compensation bonus income",
    "market": "demand outlook remote visa abroad trends growth pros cons",
    "questions": "faq help",
}


def framework_documents(spec: FrameworkSpec) -> tuple[Document, ...]:
    """Everything of a framework that can be found."""
    return (
        *(_skill(spec, skill) for skill in spec.skills),
        *(_level(spec, level) for level in spec.levels),
        *(each for skill in spec.skills for each in _practice(spec, skill)),
        *(_certification(spec, each) for each in spec.certifications),
    )


def _skill(spec: FrameworkSpec, skill: Skill) -> Document:
    texts = [
        skill.description,
        skill.why_it_matters,
        *(level.statement for level in skill.levels),
        *skill.evidence_prompts,
        skill.example,
    ]
    return Document(SKILLS, skill.name, skill_url(spec, skill.key), _joined(texts))


def _level(spec: FrameworkSpec, level: CareerLevel) -> Document:
    career = spec.careers_by_key[level.career]
    texts = [level.summary, *level.responsibilities, *level.focus_areas]
    if career.kind != "ladder":
        texts += [career.summary, career.differs, *career.topics]
    return Document(
        LEVELS[career.kind],
        level.title,
        level_url(spec, level.key),
        _joined(texts),
        also=level.short_title,
    )


def _practice(spec: FrameworkSpec, skill: Skill) -> Iterator[Document]:
    """What to do about a skill, and what one is asked about it."""
    url = skill_url(spec, skill.key)
    for action in skill.actions:
        yield Document(ACTIONS, action.title, f"{url}#levels", action.what_to_do)
    for each in skill.questions:
        title = spec.levels_by_key[each.career_level].title
        about = f"About {skill.name.lower()}, asked of a {title}."
        practice = interview_url(spec, skill=skill.key)
        yield Document(QUESTIONS, each.question, practice, about)


def _certification(spec: FrameworkSpec, each: Certification) -> Document:
    helped = [support.skill for support in each.supports]
    texts = [each.issuer, each.entry]
    if helped:
        names = ", ".join(spec.skills_by_key[key].name for key in helped)
        texts.append(f"Helps with: {names}")
    url = certifications_url(spec, **({"skill": helped[0]} if helped else {}))
    return Document(CERTIFICATIONS, each.name, url, _joined(texts))


def _joined(texts: list[str]) -> str:
    """Texts one after the other, each with an end."""
    return " ".join(
        text if text[-1] in ".?!:" else f"{text}." for text in texts if text
    )


def guide_documents(guide: GuideSpec) -> tuple[Document, ...]:
    """Everything of the guide that can be found: pages, their sections, and answers."""
    pages = [
        Document("Pages", page.title, _url(page.key), page.description, also)
        for page in guide.pages
        if (also := LEADS_TO.get(page.key))
    ]
    sections = [
        Document(GUIDE, section.title, f"{_url(page.key)}#{section.key}", _of(section))
        for page in guide.pages
        for section in page.sections
    ]
    regions = ", ".join(each.region for each in guide.pay_ranges)
    by_region = Document(GUIDE, "Pay by region", f"{_url('pay')}#by-region", regions)
    answers = [
        Document(ANSWERS, each.question, f"{_url('questions')}#{each.key}", each.answer)
        for each in guide.questions
    ]
    return (*pages, *sections, by_region, *answers)


def _url(page: str) -> str:
    return reverse(f"careers:{page}")


def _of(section: GuideSection) -> str:
    facts = [f"{fact.label}: {fact.value}." for fact in section.facts]
    entries = [_joined(_texts(entry)) for entry in section.entries]
    return _joined([section.text, *facts, *entries])


def _texts(entry: GuideEntry) -> list[str]:
    return [
        f"{entry.title}: {entry.text}" if entry.text else entry.title,
        *entry.points,
    ]
