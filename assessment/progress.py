"""How a person has moved towards one target: every report on one version of its ladder.

The points of a line are only alike if they are measured alike, so all are measured on the
version that is live. Each report keeps its own number, which stands beside it.
"""

# What is read of a result is there where it was asked `is_measured`.
# mypy: disable-error-code="union-attr"

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.db.models import Count, F, Max
from django.utils import timezone

from assessment.answers import NO_ANSWER, Answer, place, targets
from assessment.charts import TrendChart
from assessment.comparison import Comparison
from assessment.models import Rating
from assessment.report import Report, SkillStanding, any_report_of
from assessment.transfer import Transfer
from careers.store import load, two_versions
from scoring.number import readiness_of

MOST_READ = 60
"""How many reports a line is drawn from: as many as can be told apart."""


@dataclass(frozen=True, eq=False)
class Point:
    """One report, and what its answers amount to on the version of all points."""

    assessment: object
    report: Report

    @property
    def is_measured(self) -> bool:
        return self.report.is_measured

    @property
    def tenths(self) -> int:
        return self.report.result.readiness_tenths

    @property
    def day(self):
        return timezone.localdate(self.assessment.counts_at)

    def meets(self, standing: SkillStanding) -> bool:
        """Whether these answers already reached what is required now."""
        answer = self.report.answers.get(standing.key, NO_ANSWER)
        return answer.value is not None and answer.value >= standing.required


@dataclass(frozen=True, eq=False)
class Progress:
    """Reports of one target key, the oldest first, with the answers of each, {pk: answers}.

    `assessments` know the version that is live (`with_live`), unless `measured_on` is the
    digest of another one.
    """

    assessments: tuple
    answers: Mapping[int, Mapping[str, Answer]]
    measured_on: str = ""

    @property
    def last(self):
        return self.assessments[-1]

    @cached_property
    def is_of_live(self) -> bool:
        """Whether the live version still has this target; else the last report's is used."""
        live = self.last.live_digest
        return bool(live) and self.last.target.key in load(live).levels_by_key

    @cached_property
    def digest(self) -> str:
        if self.measured_on:
            return self.measured_on
        return self.last.live_digest if self.is_of_live else self.last.framework.digest

    @cached_property
    def spec(self):
        return load(self.digest)

    @cached_property
    def level(self):
        return self.spec.levels_by_key[self.last.target.key]

    @cached_property
    def points(self) -> list[Point]:
        """All of them, with the number and the verdict alone; the oldest first."""
        return [
            Point(each, self._report(self._on_version(each)))
            for each in self.assessments
        ]

    @cached_property
    def newest_first(self) -> list[Point]:
        return self.points[::-1]

    def _on_version(self, assessment) -> Mapping[str, Answer]:
        said = self.answers[assessment.pk]
        if assessment.framework.digest == self.digest:
            return said
        versions = two_versions(assessment.framework.digest, self.digest)
        return Transfer(versions, self.level.key, said).found

    def _report(self, answers) -> Report:
        number = readiness_of(targets(self.spec)[self.level.key], answers)
        return Report(self.spec, self.level, answers, number)

    # The line

    @cached_property
    def days(self) -> list[Point]:
        """Those that are measured, the last of each day."""
        return list(
            {point.day: point for point in self.points if point.is_measured}.values()
        )

    @property
    def first_day(self) -> Point:
        return self.days[0]

    @property
    def last_day(self) -> Point:
        return self.days[-1]

    @property
    def rise_tenths(self) -> int:
        return self.last_day.tenths - self.first_day.tenths

    @property
    def fall_tenths(self) -> int:
        return -self.rise_tenths

    @property
    def provisional(self) -> list[Point]:
        return [each for each in self.days if each.report.result.is_provisional]

    @cached_property
    def ladder_changes(self) -> list[tuple]:
        """[(day, version)] of each change of the ladder from the first report on, in order.

        The day of its publication, which lies between two reports or after the last.
        """
        found = []
        for before, after in pairwise(self.assessments):
            if before.framework_id != after.framework_id:
                now = after.framework
                since = two_versions(before.framework.digest, now.digest).since
                for version, _, at in since[::-1] or [
                    (now.version, "", now.published_at)  # a correction on an older one
                ]:
                    at = min(max(at, before.counts_at), after.counts_at)
                    found.append((timezone.localdate(at), version))
        if self.is_of_live and self.last.framework.digest != self.digest:
            since = two_versions(self.last.framework.digest, self.digest).since
            for version, _, at in since[::-1]:
                at = max(at, self.last.counts_at)
                found.append((timezone.localdate(at), version))
        return found

    @cached_property
    def chart(self) -> TrendChart | None:
        """None where there is only one day."""
        if len(self.days) < 2:
            return None
        days = [
            (each.day, each.tenths, each.report.result.is_provisional)
            for each in self.days
        ]
        line = self.last_day.report.result.ready_line
        return TrendChart(days, line, changes=self.ladder_changes)

    # What moved, and what has been held

    @cached_property
    def since_last_time(self) -> Comparison | None:
        """The last two reports; None where there is one, or one of them has no number."""
        sides = [each.report for each in self.points[-2:] if each.is_measured]
        if len(sides) < 2:
            return None
        before, now = (
            any_report_of(each.spec, each.level, each.answers) for each in sides
        )
        return Comparison(before, now)

    @cached_property
    def held(self) -> list[tuple[SkillStanding, Point]]:
        """Each requirement that is met, since which report without a break: oldest first."""
        met = [each for each in self.points[-1].report.skills if each.is_met]
        found = [
            (each, self._since(lambda point, s=each: point.meets(s))) for each in met
        ]
        return sorted(found, key=lambda pair: self.points.index(pair[1]))

    @cached_property
    def rung_held(self):
        """(the highest rung held, since which report it or a higher one is); or None."""
        level = self._place(self.points[-1])
        if not level:
            return None
        since = self._since(lambda point: (self._place(point) or 0) >= level)
        return self.points[-1].report.track[level - 1], since

    def _place(self, point: Point) -> int | None:
        return place(self.spec, point.report.level, point.report.answers).level

    def _since(self, holds) -> Point:
        since = self.points[-1]
        for point in self.newest_first:
            if not holds(point):
                break
            since = point
        return since


def targets_of(mine) -> list[dict]:
    """The targets that somebody has reports of, the latest first; one query."""
    return list(
        mine.standing()
        .order_by()
        .values(framework_key=F("framework__key"), target_key=F("target__key"))
        .annotate(
            count=Count("pk"),
            last=Max("counts_at"),
            title=Max("target__short_title"),
            ladder=Max("framework__title"),
        )
        .order_by("-last")
    )


def load_progress(mine, framework_key, target_key) -> Progress | None:
    """The last reports of a target key; two queries, whatever their number.

    Without those that were corrected: a mistake mended is no movement.
    """
    reports = mine.standing().filter(
        framework__key=framework_key, target__key=target_key
    )
    reports = list(reports.for_progress()[:MOST_READ])[::-1]
    if not reports:
        return None
    answers: dict[int, dict[str, Answer]] = {each.pk: {} for each in reports}
    rows = Rating.objects.filter(assessment__in=answers).values_list(
        "assessment_id", "skill__key", "value", "not_applicable"
    )
    for pk, key, value, not_applicable in rows:
        answers[pk][key] = Answer(value=value, not_applicable=not_applicable)
    return Progress(tuple(reports), answers)
