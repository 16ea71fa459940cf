"""Interview questions to practise with: by group of skills, or as the reader chose."""

from collections.abc import Mapping

from careers.addresses import interview_url, level_url, skill_url
from careers.pages.parts import Entry, InterviewPage, PracticeQuestion, QuestionGroup
from careers.pages.practice import good_answer
from careers.pages.words import sentence, shown_of
from careers.shape import FrameworkSpec, InterviewQuestion, Skill, SkillGroup
from careers.words import counted


def interview_page(spec: FrameworkSpec, chosen: Mapping[str, str]) -> InterviewPage:
    """Everything that the page of questions shows; `chosen` has keys of level and skill."""
    groups = [_group(spec, group, chosen) for group in spec.groups]
    shown = sum(len(group.questions) for group in groups)
    whole = sum(len(skill.questions) for skill in spec.skills)
    return InterviewPage(
        count=shown_of(shown, whole, "question", "questions"),
        groups=tuple(group for group in groups if group.questions),
        all_url=interview_url(spec),
        narrowed=bool(chosen),
    )


def _group(
    spec: FrameworkSpec, group: SkillGroup, chosen: Mapping[str, str]
) -> QuestionGroup:
    questions = tuple(
        _question(spec, skill, each)
        for skill in spec.skills_in(group.key)
        for each in skill.questions
        if chosen.get("skill", skill.key) == skill.key
        and chosen.get("level", each.career_level) == each.career_level
    )
    count = sentence(counted(len(questions), "question", "questions"))
    return QuestionGroup(group.key, group.name, f"{count}.", questions)


def _question(
    spec: FrameworkSpec, skill: Skill, each: InterviewQuestion
) -> PracticeQuestion:
    level = spec.levels_by_key[each.career_level]
    return PracticeQuestion(
        question=each.question,
        skill=Entry(skill.name, skill_url(spec, skill.key), ""),
        level=Entry(level.short_title, level_url(spec, level.key), ""),
        shows=good_answer(spec, skill, each),
        strong_answer=each.strong_answer,
        weak_answer=each.weak_answer,
    )
