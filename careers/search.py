"""The search: all that can be found here, and which of it answers a question.

The beginning of a word is enough, and typing mistakes are forgiven. The index lives in
memory, so it is the same whatever the database.
"""

import re
import textwrap
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby

from django.conf import settings
from django.db.models import IntegerChoices
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from careers.addresses import level_url, page_url
from careers.fields import told

WORD = re.compile(r"[^\W_]+")
SENTENCE_END = re.compile(r"[.?!:]\s+")
EMPTY_WORDS = frozenset(
    WORD.findall(
        "a an and are as at be by can do does for from how i if in is it me my of on or "
        "should that the this to was what when where which who why will with you your"
    )
)
MOST_WORDS = 8  # of a question; what comes after narrows nothing down
SHORTEST_BEGINNING = 2
SHORTEST_WITH_MISTAKE = 4
ALIKE = 78  # percent: one letter wrong in five, two changed places in eight
ALIKE_TITLE = 60
SUGGESTIONS = 4
SNIPPET = 170
MOST_OF_GROUP = 6
INDEXES_KEPT = (
    16  # of the ladders that are read, and of a version that was just replaced
)


# Words
# --------------------------------------------------------------------------------------


def words_of(text):
    """The words of a text in their order: small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return WORD.findall("".join(s for s in plain if not unicodedata.combining(s)))


def question_of(text):
    """The words that a question looks for: each once, empty ones only if alone."""
    words = list(dict.fromkeys(words_of(text)))
    telling = [word for word in words if word not in EMPTY_WORDS]
    return (telling or words)[:MOST_WORDS]


def snippet(text, words):
    """The part of a text around the first of `words`: [(piece, whether it is one)]."""

    def is_found(piece):
        return not words.isdisjoint(words_of(piece))

    first = next((spot.start() for spot in WORD.finditer(text) if is_found(spot[0])), 0)
    ends = [end.end() for end in SENTENCE_END.finditer(text, 0, first)]
    start = ends[-1] if ends else 0
    if first - start > SNIPPET // 2:
        start = text.rfind(" ", 0, first - SNIPPET // 4) + 1
    part = textwrap.shorten(
        text[start:], SNIPPET, placeholder=" …", break_on_hyphens=False
    )
    pieces = re.split(f"({WORD.pattern})", f"… {part}" if start else part)
    return [("".join(run), found) for found, run in groupby(pieces, is_found)]


# The index
# --------------------------------------------------------------------------------------


class Group(IntegerChoices):
    """What a document is; of equals the lower comes first. Its label heads the results."""

    PAGES = 1, _("Pages")
    SKILLS = 2, _("Skills")
    LADDER = 3, _("Levels of the ladder")
    SPECIALIZATION = 4, _("Specializations")
    RELATED = 5, _("Related careers")
    ACTIONS = 6, _("Things to do")
    QUESTIONS = 7, _("Interview questions")
    CERTIFICATIONS = 8, _("Certifications")
    GUIDE = 9, _("Career guide")
    ANSWERS = 10, _("Questions and answers")

    @property
    def is_of_framework(self):
        """Whether its documents are in the language of the framework."""
        return Group.SKILLS <= self <= Group.CERTIFICATIONS


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found. `also` are words that lead to it and are not shown."""

    group: Group
    title: str
    url: str
    text: str
    also: str = ""


class Index:
    """All documents by their words."""

    def __init__(self, documents):
        self.documents = tuple(documents)
        self._titles = [" ".join(words_of(each.title)) for each in self.documents]
        # For each document the words of text, `also` and title: the later, the more.
        self._fields = [
            [set(words_of(text)) for text in (each.text, each.also, each.title)]
            for each in self.documents
        ]
        self._known = sorted(set(chain.from_iterable(chain(*self._fields))))

    def find(self, question):
        """Documents that answer, the best first, and all the words that were meant.

        Documents that hold all words of the question come alone; where none does, those
        that hold the most of them. Titles count for more than texts; of equals in a group
        the one comes first whose title is most like the question.
        """
        asked = " ".join(question_of(question))
        meant = [self._meant(word) for word in asked.split()]
        ranks = {}
        for document, title, fields in zip(
            self.documents, self._titles, self._fields, strict=True
        ):
            weights = [weight for each in meant if (weight := _weight(fields, each))]
            if weights:
                likeness = fuzz.ratio(asked, title)
                ranks[document] = len(weights), sum(weights), -document.group, likeness
        most = max((held for held, *_ in ranks.values()), default=0)
        found = [each for each, (held, *_) in ranks.items() if held == most]
        return sorted(found, key=ranks.get, reverse=True), set().union(*meant)

    def nearest_titles(self, question):
        """Documents whose titles are the least unlike a question that found nothing."""
        asked = " ".join(question_of(question))
        alike = process.extract(
            asked,
            self._titles if asked else (),
            scorer=fuzz.WRatio,
            score_cutoff=ALIKE_TITLE,
            limit=SUGGESTIONS,
        )
        return [self.documents[place] for _, _, place in alike]

    def _meant(self, word):
        """The known words that a word begins or is; else those that it is a mistake of."""
        if len(word) < SHORTEST_BEGINNING:
            return {word} & set(self._known)
        meant = {known for known in self._known if known.startswith(word)}
        if meant or len(word) < SHORTEST_WITH_MISTAKE:
            return meant
        near = process.extract(
            word, self._known, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5
        )
        return {known for known, _, _ in near}


def _weight(fields, words):
    """3 for a word in the title, 2 in `also`, 1 in the text, 0 for none."""
    return max(
        place * (not field.isdisjoint(words)) for place, field in enumerate(fields, 1)
    )


def index_of(spec, guide):
    """The index over everything; either may be None.

    Both are the same objects until what they hold changes, and so is the index.
    """
    return _index(spec, guide, get_language())


@lru_cache(maxsize=INDEXES_KEPT)
def _index(spec, guide, language):
    return Index(
        [
            *(framework_pages(spec) if spec else ()),
            *_of_tool(spec),
            *(_of_framework(spec) if spec else ()),
            *(_of_guide(spec, guide) if spec and guide else ()),
        ]
    )


def public_paths(spec, guide):
    """The pages of everything that can be found, each once, without what is for one."""
    for_one = {
        reverse(f"assessment:{name}") for name in ("start", "find_level", "dashboard")
    }
    own = [reverse("assessment:home"), reverse("careers:frameworks")]
    own += [page_url(spec, "guide")] if spec and guide else []
    paths = dict.fromkeys(own + [each.url for each in index_of(spec, guide).documents])
    return [
        path for path in paths if not {"#", "?"} & set(path) and path not in for_one
    ]


# What can be found
# --------------------------------------------------------------------------------------


# Name of the address, title, text, what leads to it besides
OF_FRAMEWORK = [
    (
        "ladder",
        _("The ladder"),
        _("All levels in one picture, and what each of them asks."),
        _("levels rungs career path"),
    ),
    (
        "skills",
        _("The skills"),
        _("What each skill means at each level, and what to do to get there."),
        _("list competencies"),
    ),
    (
        "specializations",
        _("Specializations"),
        _("The same job in a field of its own, such as cloud or security."),
        _("emerging fields niche"),
    ),
    (
        "related",
        _("Related careers"),
        _("Neighbouring jobs, measured by the same skills."),
        _("similar roles alternatives"),
    ),
    (
        "certifications",
        _("Certifications"),
        _("Whom each one suits, what it helps with, and how to enter."),
        _("certificates exams qualifications"),
    ),
    (
        "interview",
        _("Interview practice"),
        _("Questions by level and skill, and what a good answer shows."),
        _("questions answers job"),
    ),
]
OF_TOOL = [
    (
        "start",
        _("Rate yourself"),
        _("Choose a target level, rate each skill, and read your report."),
        _("self-assessment start begin test score readiness"),
    ),
    (
        "find_level",
        _("Which level fits you?"),
        _("Three questions suggest a level. Nothing is stored."),
        _("find choose target"),
    ),
    (
        "example",
        _("Example report"),
        _("A whole report of made-up answers."),
        _("sample demo"),
    ),
    (
        "how_it_works",
        _("How the score is made"),
        _(
            "The sum step by step, must-haves, verdicts, the likely range, the limits, "
            "and the sources of the ladder."
        ),
        _("scoring readiness formula method how works licence open source code"),
    ),
    (
        "privacy",
        _("Privacy"),
        _("What is stored, why, who can see it, and how to delete it."),
        _("cookies data delete account personal gdpr"),
    ),
    (
        "dashboard",
        _("Your reports"),
        _("Your reports, and the assessments that you have begun."),
        _("my dashboard history progress"),
    ),
]
OF_ONE_LADDER = ("start", "find_level")  # ask which ladder is meant
LEADS_TO = {  # page of the guide: words that lead to it besides its own
    "role": _("job duties what does do day work tools"),
    "start": _("become begin education degree bootcamp learn training beginner"),
    "apply": _("application resume cv cover letter interview job search hiring"),
    "pay": _("salary wage earn earnings money compensation bonus income"),
    "market": _("demand outlook remote visa abroad trends growth pros cons"),
    "questions": _("faq help"),
}


def framework_pages(spec):
    """The lists of a framework, without those of what it has none of."""
    has = {
        "specializations": spec.levels_of_kind("specialization"),
        "related": spec.levels_of_kind("related"),
        "certifications": spec.certifications,
        "interview": spec.questions,
    }
    return [
        _page(page_url(spec, name), *said)
        for name, *said in OF_FRAMEWORK
        if has.get(name, True)
    ]


def _of_tool(spec):
    """What the tool does with a framework, and what it says of itself."""
    another = spec and spec.key != settings.FRAMEWORK_KEY
    chosen = f"?framework={spec.key}" if another else ""
    for name, *said in OF_TOOL:
        if name == "find_level" and not (spec and spec.tracks_to_ask):
            continue
        args = [spec.key] if another and name == "example" else []
        url = reverse(f"assessment:{name}", args=args)
        yield _page(url + chosen if name in OF_ONE_LADDER else url, *said)


def _page(url, title, text, also):
    return Document(Group.PAGES, str(title), url, str(text), str(also))


def _of_framework(spec):
    for skill in spec.skills:
        url = page_url(spec, "skill", skill.key)
        text = _prose([skill, *skill.levels], skill.evidence_prompts)
        yield Document(Group.SKILLS, skill.name, url, text)
    for level in spec.levels:
        career = spec.careers_by_key[level.career]
        parts, lines = [level], [*level.responsibilities, *level.focus_areas]
        if career.kind != "ladder":
            parts, lines = [*parts, career], [*lines, *career.topics]
        yield Document(
            Group[career.kind.upper()],
            level.title,
            level_url(spec, level.key),
            _prose(parts, lines),
            also=level.short_title,
        )
    for skill in spec.skills:
        url = page_url(spec, "skill", skill.key)
        for action in skill.actions:
            to_do = action.what_to_do
            yield Document(Group.ACTIONS, action.title, f"{url}#levels", to_do)
        practice = page_url(spec, "interview", skill=skill.key)
        for each in skill.questions:
            level = spec.levels_by_key[each.career_level].title
            about = gettext("%(skill)s, asked of: %(level)s")
            about %= {"skill": skill.name, "level": level}
            yield Document(Group.QUESTIONS, each.question, practice, about)
    for each in spec.certifications:
        names = [spec.skills_by_key[support.skill].name for support in each.supports]
        helps = gettext("Helps with: %(skills)s") if names else ""
        chosen = {"skill": each.supports[0].skill} if names else {}
        yield Document(
            Group.CERTIFICATIONS,
            each.name,
            page_url(spec, "certifications", **chosen),
            _joined([each.issuer, each.entry, helps % {"skills": ", ".join(names)}]),
        )


def _of_guide(spec, guide):
    for page in guide.pages:
        url = page_url(spec, page.key)
        yield _page(url, page.title, page.description, LEADS_TO[page.key])
    for page in guide.pages:
        url = page_url(spec, page.key)
        for section in page.sections:
            facts = [f"{fact.label}: {fact.value}" for fact in section.facts]
            entries = [
                _joined([each.title, _prose([each], each.points)])
                for each in section.entries
            ]
            text = _joined([section.text, *facts, *entries])
            yield Document(Group.GUIDE, section.title, f"{url}#{section.key}", text)
    by_region = f"{page_url(spec, 'pay')}#by-region"
    regions = ", ".join(each.region for each in guide.pay_ranges)
    yield Document(Group.GUIDE, gettext("Pay by region"), by_region, regions)
    questions = page_url(spec, "questions")
    for each in guide.questions:
        url = f"{questions}#{each.key}"
        yield Document(Group.ANSWERS, each.question, url, each.answer)


def _prose(parts, lines=()):
    """All that some parts say in sentences, and lines of theirs."""
    texts = [
        getattr(part, name)
        for part in parts
        for name, field in type(part).model_fields.items()
        if told(field, "advised")
    ]
    return _joined([*texts, *lines])


def _joined(texts):
    """Texts one after the other, each with an end."""
    return " ".join(
        text if text[-1] in ".?!:" else f"{text}." for text in texts if text
    )
