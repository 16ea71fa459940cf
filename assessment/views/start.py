"""Where to start: what could be a good target, and the press that begins."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessment import guests
from assessment.access import (
    get_assessment_or_404,
    latest_report,
    own_assessments,
)
from assessment.answers import answers_of, place
from assessment.draft import Draft, must_haves_of
from assessment.forms.targets import LevelQuestionsForm, StartForm
from assessment.views.limits import begins_seldom
from assessment.views.sending import UNPROCESSABLE
from assessment.wording import minutes_to_rate
from careers.models import CareerLevel
from careers.store import all_live, guide_of, spec_of
from careers.wording import rungs_by_scope


@require_safe
def start(request):
    """Where are you today? With ?target= or ?from=, the one press before the rating."""
    framework = _live_framework_or_404(request)
    origins = _origins(framework)
    form = StartForm(request.GET, spec=spec_of(framework), origins=origins)
    form.is_valid()
    return _start_page(request, framework, form.cleaned_data, origins=origins)


@require_POST
@begins_seldom
def begin(request):
    """Starts an assessment, or asks first where a draft for the target is open."""
    framework = _live_framework_or_404(request)
    spec = spec_of(framework)
    form = StartForm(request.POST, spec=spec)
    if not form.is_valid():
        return _start_page(
            request,
            framework,
            form.cleaned_data,
            origins=_origins(framework),
            problem=" ".join(form.errors.get("target", [])),
        )
    wanted = form.cleaned_data
    target = CareerLevel.objects.get(framework=framework, key=wanted["target"])
    drafts = own_assessments(request).drafts().for_target(framework.key, target.key)
    same_target = drafts.with_answer_count().first()
    is_pressed_twice = (
        same_target and same_target.is_just_begun and not same_target.answer_count
    )
    if same_target and not wanted["fresh"] and not is_pressed_twice:
        return _start_page(request, framework, wanted, same_target=same_target)
    based_on = wanted["based_on"]
    earlier = get_assessment_or_404(request, based_on) if based_on else None
    is_of_ladder = earlier and earlier.framework.key == framework.key
    if not is_of_ladder or not earlier.is_submitted:
        earlier = None  # what is open is gone on with, and may be deleted just below
    assessment = guests.begin(
        request,
        framework=framework,
        target=target,
        based_on=earlier,
        fresh=wanted["fresh"],
        is_quick_look=wanted["quick"],
    )
    return redirect(Draft(assessment, {}).first_page)


def _live_framework_or_404(request):
    """The one that is asked for, else the served one; `others` are the rest of the live ones."""
    wanted = request.GET.get("framework") or settings.FRAMEWORK_KEY
    live = all_live()
    framework = next((each for each in live if each.key == wanted), None)
    if framework is None:
        raise Http404("No framework of this name is published.")
    framework.others = [each for each in live if each is not framework]
    return framework


def _origins(framework):
    """The guide's entries on jobs that one may come from, each with a level to start with.

    `framework` carries `guide_revision`.
    """
    guide = guide_of(framework)
    return guide.origins(spec_of(framework)) if guide else ()


def _start_page(
    request, framework, wanted, *, origins=(), same_target=None, problem=""
):
    """`wanted` is what is valid of a StartForm: target, from and based_on, or none."""
    if not request.user.is_authenticated:
        guests.give_token(request)
    spec = spec_of(framework)
    origin = next((each for each in origins if each.key == wanted.get("from")), None)
    key = wanted.get("target") or (origin and origin.level)
    level = spec.levels_by_key.get(key)
    current, following = _rungs_of_last_report(request, framework)
    context = {
        "spec": spec,
        "level": level,
        "based_on": wanted.get("based_on"),
        "same_target": same_target,
        "problem": problem,
        "current": current,
        "following": following,
    }
    if level is None:
        template = "assessment/start.html"
        context |= {
            "origins": origins,
            "rungs_by_scope": rungs_by_scope(spec),
            "others": [spec_of(each) for each in framework.others],
            "has_questions": bool(spec.tracks_to_ask),
        }
    else:
        template = "assessment/start_level.html"
        must_haves = must_haves_of(spec, level)
        context |= {
            "origin": origin if origin and level.key == origin.level else None,
            "career": spec.careers_by_key[level.career],
            "next_levels": _rungs_after(spec, level),
            "last": _last_report(request, spec, level, wanted.get("based_on")),
            "quick_minutes": must_haves and minutes_to_rate(spec, must_haves),
        }
    status = UNPROCESSABLE if problem else 200
    return render(request, template, context, status=status)


def _rungs_after(spec, level):
    """What somebody who holds a rung would aim at: several where tracks part."""
    return [rung for rung in spec.ladder if spec.level_below(rung) == level]


def _last_report(request, spec, level, based_on):
    """Whose answers can be suggested: what is asked for, else the last of this target.

    Without one, the last of the ladder: all its targets ask for the same skills.
    """
    reports = own_assessments(request).submitted().filter(framework__key=spec.key)
    if based_on:
        return reports.filter(uid=based_on).first()
    return reports.select_related("target").of_target_first(level.key).first()


def _rungs_of_last_report(request, framework):
    """(the rung held, the one above it), each None without one; two queries at most."""
    last = latest_report(request)
    if last is None or last.framework.key != framework.key:
        return None, None
    spec = spec_of(last.framework)
    target = spec.levels_by_key[last.target.key]
    track, level = spec.track_of(target), place(spec, target, answers_of(last)).level
    if level is None or level >= len(track):
        return None, None
    return (track[level - 1] if level else None), track[level]


@require_safe
def find_level(request):
    """Three questions suggest a target; nothing is stored.

    Of several tracks, ?track= names one by its highest rung; without it they are offered.
    """
    spec = spec_of(_live_framework_or_404(request))
    tracks = {track[-1].key: track for track in spec.tracks_to_ask}
    if not tracks:
        raise Http404("The rungs of this ladder have no lines to choose from.")
    wanted = request.GET.get("track")
    track = spec.tracks_to_ask[0] if len(tracks) == 1 else tracks.get(wanted)
    data = request.GET if "scope" in request.GET else None
    form = track and LevelQuestionsForm(data, track=track)
    context = {
        "form": form,
        "spec": spec,
        "track": track,
        "levels": form.suggested_levels() if form and form.is_valid() else [],
    }
    return render(request, "assessment/find_level.html", context)
