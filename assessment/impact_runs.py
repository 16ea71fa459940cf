"""The impact of a draft, counted slice by slice, so that no request takes long.

What is counted so far is kept in the cache under the draft, for WEEK; nothing in it names a
person. It is stale when the draft, or what is live, is another one than it was counted for.
"""

import time
from dataclasses import asdict, dataclass, field
from functools import cached_property

from django.core.cache import cache

from assessment.answers import targets
from assessment.impact import Impact, change_of
from assessment.models import Assessment, Rating
from careers.changes import TwoVersions
from careers.files import digest_of
from careers.models import Skill
from careers.store import live_frameworks, load, renames_of, spec_of
from scoring.inputs import Answer

WEEK = 7 * 24 * 60 * 60
AT_ONCE = 500  # people in one query
SECONDS = 1.0  # in which a slice takes on more people


class NothingLive(Exception):
    """There is no live version, so nobody has a number that could move."""


@dataclass
class Run:
    """One count: for which `draft` and `live` digests, how far it is, what it found."""

    draft: str
    live: str
    total: int
    done: int = 0
    last: int = 0  # pk of the last assessment that was counted
    is_done: bool = False
    lists: list = field(default_factory=lambda: [[], []])

    @cached_property
    def impact(self):
        return Impact.from_lists(self.lists)


class Versions:
    """The two versions that are compared, and how answers go from any version to them."""

    def __init__(self, draft):
        live = live_frameworks(draft.key).first()
        if live is None:
            raise NothingLive
        self.key = draft.key
        self.after, self.before = spec_of(draft), spec_of(live)
        self.digests = digest_of(self.after), live.digest
        self.renames = renames_of(self.key)
        self._maps = {}

    @cached_property
    def changes(self):
        """{level key: what the draft makes of it}, in the order of the draft."""
        before, after = targets(self.before), targets(self.after)
        keys, _points = self._kept(self.before, self.after)
        return {
            level.key: change_of(level.key, before[level.key], after[level.key], keys)
            for level in self.after.levels
            if level.key in before
        }

    def answers(self, digest, ratings):
        """(by the keys of the live version, of the draft) of {skill key: Answer}."""
        if digest not in self._maps:
            then = load(digest)
            self._maps[digest] = [
                self._kept(then, spec) for spec in (self.before, self.after)
            ]
        return [
            {
                new: ratings[old]
                for new, old in keys.items()
                if old in ratings
                and (ratings[old].rating is None or ratings[old].rating in points)
            }
            for keys, points in self._maps[digest]
        ]

    def _kept(self, earlier, spec):
        """({skill key: what it was called earlier}, points) of the answers that hold on."""
        versions = TwoVersions(earlier, spec, self.renames)
        found = {skill.key: versions.before(skill.key) for skill in spec.skills}
        keys = {key: before.key for key, before in found.items() if before}
        return keys, versions.same_points


def load_run(draft):
    """The count of a draft as far as it is, or None; it may be stale."""
    kept = cache.get(_key(draft))
    return Run(**kept) if kept else None


def is_stale(run, versions):
    return (run.draft, run.live) != versions.digests


def start_run(versions):
    people = Assessment.objects.latest_of_each(versions.key)
    return Run(*versions.digests, total=people.count())


def first_causes(run, versions):
    """The single requirement, and the single importance, that move most people, if any."""
    found = [
        run.impact.first_cause(versions.changes, importance=importance)
        for importance in (False, True)
    ]
    return [cause for cause in found if cause]


def load_first_causes(draft):
    """(versions, `first_causes`) where the draft was counted as it is now, else None."""
    run = load_run(draft)
    if run is None or not run.is_done:
        return None
    versions = Versions(draft)
    return None if is_stale(run, versions) else (versions, first_causes(run, versions))


def count_slice(run, versions, *, seconds=SECONDS):
    """Counts on for about so many seconds, AT_ONCE people at least, until `run.is_done`."""
    impact, changes = Impact.from_lists(run.lists), versions.changes
    names = dict(
        Skill.objects.filter(framework__key=versions.key).values_list("pk", "key")
    )
    until = time.monotonic() + seconds
    while not run.is_done:
        people = Assessment.objects.latest_of_each(versions.key).filter(pk__gt=run.last)
        rows = people.order_by("pk").values_list(
            "pk", "framework__digest", "target__key"
        )
        found = list(rows[:AT_ONCE])
        answers = _answers_of([pk for pk, _, _ in found], names)
        for pk, digest, level in found:
            if level not in versions.before.levels_by_key:
                continue  # nothing to compare with: it is not live either
            old, new = versions.answers(digest, answers.get(pk, {}))
            impact.add(level, changes.get(level), old, new)
        run.done += len(found)
        run.last = found[-1][0] if found else run.last
        run.is_done = len(found) < AT_ONCE
        if time.monotonic() > until:
            break
    run.lists = impact.as_lists()
    run.__dict__.pop("impact", None)
    return run


def keep_run(draft, run):
    cache.set(_key(draft), asdict(run), WEEK)


def _answers_of(pks, names):
    """{assessment pk: {skill key: Answer}}; one query."""
    made, found = {}, {pk: {} for pk in pks}
    rows = Rating.objects.filter(assessment__in=pks).order_by()
    for pk, skill, *answer in rows.values_list(
        "assessment_id", "skill_id", "value", "not_applicable"
    ):
        kind = tuple(answer)
        if kind not in made:
            made[kind] = Answer(*kind)
        found[pk][names[skill]] = made[kind]
    return found


def _key(draft):
    return f"impact-{draft.pk}"
