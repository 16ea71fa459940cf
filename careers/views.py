"""Browse the ladder, skills and other careers of a framework. Public: knows no person.

What a page says about its reader comes from `reader`, which the wiring hands to every
address of this app: a function from request and spec to a Standing, or None.
"""

from functools import lru_cache

from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from careers import store
from careers.addresses import level_url
from careers.beside import (
    built_on,
    certifications_beyond,
    moves,
    new_must_haves,
    peak_rung,
    shifts,
)
from careers.forms import CertificationFilter, PracticeFilter
from careers.public import for_everybody, of_framework

KEPT = 256  # sections: of the pages of some frameworks in some languages
COUNTS_MUCH = 4
"""Importance from which a job description names a skill that is no must-have."""


@require_safe
@for_everybody
def frameworks(request, reader=None):
    """All ladders that one can read here and rate oneself against."""
    specs = [store.spec_of(row) for row in store.all_live()]
    return render(request, "careers/frameworks.html", {"specs": specs})


@of_framework(with_standing=True)
def ladder(request, spec, standing):
    """All rungs in one picture, and the careers beside them."""
    return render(request, "careers/ladder.html", {"spec": spec, "standing": standing})


@of_framework(with_standing=True)
def level(request, spec, key, standing):
    """One rung: what it asks for. Another career level has moved to its own kind."""
    found = spec.levels_by_key.get(key)
    if found is None:
        raise Http404("The ladder has no level of this name.")
    if found not in spec.ladder:
        return redirect(level_url(spec, key), permanent=True)
    context = {
        "spec": spec,
        "level": found,
        "standing": standing,
        "below": spec.level_below(found),
        "sections": _sections_of_level(spec, key, get_language()),
    }
    return render(request, "careers/level.html", context)


# What a page says of a rung or a skill is the same for everybody, and is put together once
# in each process: it is two thirds of the page, which is 3 times the bare one (`make cost`).


@lru_cache(maxsize=KEPT)
def _sections_of_level(spec, key, language):
    found = spec.levels_by_key[key]
    below = spec.level_below(found)
    context = {
        "spec": spec,
        "level": found,
        "below": below,
        "next_levels": spec.next_levels(found),
        "questions": spec.questions_where(level=key),
        "certifications": spec.certifications_where(level=key),
    }
    if below:
        context |= {
            "moves": moves(spec, found, below),
            "new_must_haves": new_must_haves(spec, found, below),
            "dropped_must_haves": new_must_haves(spec, below, found),
        }
    return render_to_string("careers/_level_sections.html", context)


@lru_cache(maxsize=KEPT)
def _sections_of_skill(spec, key, language):
    found = spec.skills_by_key[key]
    context = {
        "spec": spec,
        "skill": found,
        "peak": peak_rung(spec, found),
        "other_levels": [each for each in spec.levels if each not in spec.ladder],
        "opens": built_on(spec, found),
        "certifications": spec.certifications_where(skill=key),
    }
    return render_to_string("careers/_skill_sections.html", context)


@of_framework
def job_description(request, spec, key, form="html"):
    """What a rung asks, as a text for those who hire: a page, or `txt` to copy as it is."""
    level = next((rung for rung in spec.ladder if rung.key == key), None)
    if level is None:
        raise Http404("The ladder has no rung of this name.")
    must_haves = spec.must_have_keys(level)
    context = {
        "spec": spec,
        "level": level,
        "must_haves": [item for item in level.requires if item.skill in must_haves],
        "also": [
            item
            for item in level.requires
            if item.skill not in must_haves
            and (item.importance >= COUNTS_MUCH or not spec.tells_importance)
        ],
    }
    kind = {"html": None, "txt": "text/plain; charset=utf-8"}[form]
    template = f"careers/job_description.{form}"
    return render(request, template, context, content_type=kind)


@of_framework
def skills(request, spec):
    """All skills by group."""
    return render(request, "careers/skills.html", {"spec": spec})


@of_framework
def skill(request, spec, key):
    """One skill: its statements, and who asks for it."""
    found = spec.skills_by_key.get(key)
    if found is None:
        raise Http404("The framework has no skill of this name.")
    context = {
        "spec": spec,
        "skill": found,
        "sections": _sections_of_skill(spec, key, get_language()),
    }
    return render(request, "careers/skill.html", context)


@of_framework(with_standing=True)
def careers(request, spec, kind, standing):
    """All careers of a kind, and what each asks more or less of."""
    levels = spec.levels_of_kind(kind)
    if not levels:
        raise Http404("The framework has no career of this kind.")
    context = {
        "spec": spec,
        "kind": kind,
        "levels": levels,
        "standing": standing,
    }
    return render(request, "careers/careers.html", context)


@of_framework(with_standing=True)
def career(request, spec, kind, key, standing):
    """One career of a kind, against the rung that it is compared with."""
    found = spec.levels_by_key.get(key)
    if found is None or spec.careers_by_key[found.career].kind != kind:
        raise Http404("The framework has no career of this name and kind.")
    of = spec.careers_by_key[found.career]
    base = spec.levels_by_key[of.base_level]
    context = {
        "spec": spec,
        "level": found,
        "career": of,
        "base": base,
        "standing": standing,
        "shifts": shifts(spec, found, base),
        "counts_more": found.more_than(base, "importance"),
        "counts_less": base.more_than(found, "importance"),
        "certifications": certifications_beyond(spec, found, base),
    }
    return render(request, "careers/career.html", context)


@of_framework
def certifications(request, spec):
    """All certifications side by side, or those that fit what was chosen."""
    if not spec.certifications:
        raise Http404("The framework names no certification.")
    form = CertificationFilter(request.GET, spec=spec)
    found = spec.certifications_where(**form.chosen())
    context = {"spec": spec, "certifications": found, "form": form}
    return render(request, "careers/certifications.html", context)


@of_framework
def interview(request, spec):
    """Questions to practise with, and what a good answer shows."""
    if not spec.questions:
        raise Http404("The framework has no question to practise with.")
    form = PracticeFilter(request.GET, spec=spec)
    questions = spec.questions_where(**form.chosen())
    context = {"spec": spec, "questions": questions, "form": form}
    return render(request, "careers/interview.html", context)
