"""Breaks each rule by hand, one at a time, and looks whether its tests notice: `make mutants`.

    .venv/bin/python -m tools.mutants            # all of them
    .venv/bin/python -m tools.mutants access     # those of files whose path has this word

In a copy of the tree, which is thrown away. First the tests run there unbroken. Ends with
1 where a broken rule survives, or where a text does not stand once in its file; the tests
hold the list to that (`tests/test_mutants.py`). Whoever changes a rule changes its line.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tools.rig.crowd import say

ROOT = Path(__file__).resolve().parent.parent
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".uv", ".hypothesis", ".*_cache", "__pycache__", "staticfiles"
)
PASSED, FAILED = 0, 1  # what pytest ends with
PATIENCE = 600  # seconds; a rule whose tests hang is noticed, too


class Mutant(NamedTuple):
    """A rule, the text that holds it, what breaks it, and the tests that must notice."""

    rule: str
    file: str
    text: str
    instead: str
    tests: str


NUMBER = "scoring/number.py"
RESULT = "scoring/result.py"
LADDER = "scoring/ladder.py"
RANGE = "scoring/likely_range.py"
ANSWERS = "assessment/answers.py"
ACTIONS = "assessment/actions.py"
ACCESS = "assessment/access.py"
DRAFT = "assessment/draft.py"
REPORT = "assessment/report.py"
COMPARISON = "assessment/comparison.py"
PLANNER = "assessment/planner.py"
PLANS = "assessment/plans.py"
SHARING = "assessment/sharing.py"
PUBLISHING = "careers/publishing.py"

MUTANTS = [
    # The number and the verdict
    Mutant(
        "A verdict begins at its line, and not above it.",
        NUMBER,
        "numerator >= line * denominator",
        "numerator > line * denominator",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "The verdict counts missing must-have levels, as the number does.",
        NUMBER,
        "return self.band_if(self.credit, self.missing_levels)",
        "return self.band_if(self.credit, 0)",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "Four fifths of the importance must be answered; four fifths are enough.",
        NUMBER,
        "answered * least.denominator < applicable * least.numerator",
        "answered * least.denominator <= applicable * least.numerator",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "Three tenths of the importance may be left out; three tenths may.",
        NUMBER,
        "set_aside * most.denominator > target.importance * most.numerator",
        "set_aside * most.denominator >= target.importance * most.numerator",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "A must-have cannot be left out.",
        NUMBER,
        "            if not is_must_have:\n                continue\n",
        "            continue\n",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "Each missing level of a must-have takes a tenth of what is left.",
        NUMBER,
        "100 * credit * kept**missing,",
        "100 * credit * kept ** min(missing, 1),",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "A provisional number prints 99 at most.",
        NUMBER,
        "min(tenths, 10 * numbers.provisional_cap)",
        "min(tenths, 1000)",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "A provisional number is ready only if no answer can undo it.",
        NUMBER,
        "return Band.READY if bound is Band.READY else Band.NEARLY",
        "return Band.READY",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "Of what is not answered, must-haves come first.",
        NUMBER,
        "key=lambda item: (not item.is_must_have, -item.importance)",
        "key=lambda item: -item.importance",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "Gaps stand by what closing them brings.",
        RESULT,
        "open_ones.sort(key=lambda each: -each.closed)",
        "open_ones.sort(key=lambda each: -each.item.importance)",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "Tenths go to the largest fractions.",
        RESULT,
        "key=lambda place: -(numerators[place] % denominator)",
        "key=lambda place: -numerators[place]",
        "tests/scoring/test_result.py",
    ),
    Mutant(
        "Close to ready is a range that reaches the line.",
        RESULT,
        "low < self.ready_line <= high",
        "low < self.ready_line < high",
        "tests/scoring/test_likely_range.py",
    ),
    Mutant(
        "The rung held is the highest, whatever lies below it.",
        LADDER,
        "level = max(held, default=0)",
        "level = min(held, default=0)",
        "tests/scoring/test_ladder.py",
    ),
    Mutant(
        "A carried must-have asks for no more than the rung requires.",
        LADDER,
        "{key: min(level, reached.get(key, 0))",
        "{key: reached.get(key, 0)",
        "tests/scoring/test_ladder.py",
    ),
    Mutant(
        "A score on the edge of the earlier range is no clear change.",
        RANGE,
        "return not low <= later <= high",
        "return not low < later < high",
        "tests/scoring/test_likely_range.py",
    ),
    Mutant(
        "A skill moved clearly from two levels on.",
        RANGE,
        "(1 if both_verified else 2)",
        "1",
        "tests/scoring/test_likely_range.py",
    ),
    # Answers
    Mutant(
        "A note makes no rating younger.",
        ANSWERS,
        "before.rated_at if same_choice and before.rated_at else now",
        "now",
        "tests/assessment/test_actions.py",
    ),
    Mutant(
        "Blanks are no evidence.",
        ANSWERS,
        "Evidence.DESCRIBED if self.note.strip() else",
        "Evidence.DESCRIBED if self.note else",
        "tests/assessment/test_answers.py tests/assessment/test_report.py",
    ),
    Mutant(
        "An owner's ready line may be stricter, never laxer.",
        ANSWERS,
        "max(line, parameters.ready_line)",
        "line",
        "tests/assessment/test_answers.py",
    ),
    Mutant(
        "A skill that is not answered ends a run of equal answers.",
        ANSWERS,
        "for rating, run in groupby(ratings) if rating is not None",
        "for rating, run in groupby(filter(None, ratings))",
        "tests/scoring/test_result.py",
    ),
    # While it is rated
    Mutant(
        "An earlier answer is suggested only where the skill is still open.",
        DRAFT,
        "if answer.is_answered and not self.answer(key).is_answered",
        "if answer.is_answered",
        "tests/assessment/test_draft.py",
    ),
    Mutant(
        "The warning comes above 30 per cent left out.",
        DRAFT,
        "return Reason.TOO_MANY_NOT_APPLICABLE in self.number.reasons",
        "return bool(self.number.left_out)",
        "tests/assessment/test_draft.py",
    ),
    Mutant(
        "Ten answers can be too quick, nine cannot.",
        DRAFT,
        "if len(moments) < ENOUGH_TO_TIME:",
        "if len(moments) <= ENOUGH_TO_TIME:",
        "tests/assessment/test_draft.py",
    ),
    Mutant(
        "Three seconds for each answer are not too quick.",
        DRAFT,
        "return max(moments) - min(moments) < TIME_TO_READ * len(moments)",
        "return max(moments) - min(moments) <= TIME_TO_READ * len(moments)",
        "tests/assessment/test_draft.py",
    ),
    Mutant(
        "Long ago is more than a year.",
        DRAFT,
        "LONG_AGO = timedelta(days=365)",
        "LONG_AGO = timedelta(days=200)",
        "tests/assessment/test_draft.py",
    ),
    Mutant(
        "Twelve equal answers in a row ask for a second look.",
        DRAFT,
        "run if run >= MOST_ALIKE else None",
        "run if run > MOST_ALIKE else None",
        "tests/assessment/test_start_views.py::test_many_equal_answers_in_a_row_get_a_thought",
    ),
    # Writes
    Mutant(
        "What was not seen is not overwritten.",
        ACTIONS,
        "elif answer.revision == before.revision:",
        "elif answer.revision <= before.revision:",
        "tests/assessment/test_actions.py",
    ),
    Mutant(
        "The answers of a submitted assessment are never written.",
        ACTIONS,
        "drafts = Assessment.objects.drafts().select_for_update()",
        "drafts = Assessment.objects.select_for_update()",
        "tests/assessment/test_actions.py",
    ),
    Mutant(
        "Nor are those of one that is locked already.",
        ACTIONS,
        "    if assessment.is_submitted:\n        raise AlreadySubmitted\n",
        "",
        "tests/assessment/test_saving.py",
    ),
    Mutant(
        "An assessment starts on a published framework.",
        ACTIONS,
        "if framework.status != framework.Status.PUBLISHED and not is_of_report:",
        "if framework.is_draft and not is_of_report:",
        "tests/assessment/test_actions.py",
    ),
    Mutant(
        "The target that stands now is scored.",
        ACTIONS,
        'assessment.refresh_from_db(fields=["target"])',
        "pass",
        "tests/assessment/test_actions.py",
    ),
    Mutant(
        "Share links end when a report leaves its account.",
        ACTIONS,
        "end_links(ShareLink.objects.filter(assessment__in=released))",
        "pass",
        "tests/assessment/test_sharing.py",
    ),
    # Who sees what
    Mutant(
        "Who is not signed in is no person.",
        ACCESS,
        "return Q(owner=request.user) if request.user.is_authenticated else Q(pk__in=())",
        "return Q(owner=request.user.pk)",
        "tests/assessment/test_access.py",
    ),
    Mutant(
        "Two assessments are compared if both are one's own.",
        ACCESS,
        "own_assessments(request).for_report().filter(uid__in=[uid, other_uid])",
        "Assessment.objects.for_report().filter(uid__in=[uid, other_uid])",
        "tests/assessment/test_access.py",
    ),
    Mutant(
        "A link is found under its own report alone.",
        ACCESS,
        "get_assessment_or_404(request, uid).share_links.filter(uid=link_uid)",
        "ShareLink.objects.filter(uid=link_uid)",
        "tests/assessment/test_access.py",
    ),
    Mutant(
        "A link that ended opens nothing for who has opened it.",
        ACCESS,
        "links = ShareLink.objects.readable().with_report()",
        "links = ShareLink.objects.with_report()",
        "tests/assessment/test_access.py",
    ),
    Mutant(
        "Who has opened one link reads by no other.",
        ACCESS,
        'links.filter(uid=uid, pk__in=mine.values("link"))',
        "links.filter(uid=uid)",
        "tests/assessment/test_access.py",
    ),
    Mutant(
        "A token holds for thirty days after its last use.",
        ACCESS,
        "settings.GUEST_COOKIE_NAME, None, max_age=Guest.KEPT_FOR",
        "settings.GUEST_COOKIE_NAME, None",
        "tests/assessment/test_access.py",
    ),
    Mutant(
        "Practice notes are of who is signed in, and not of the guest beside.",
        ACCESS,
        "mine = _of_person(request) if signed_in else _of_guest(request)",
        "mine = _of_person(request) | _of_guest(request)",
        "tests/assessment/test_access.py",
    ),
    # Sharing and its limits
    Mutant(
        "A link works until it expires.",
        "assessment/models/sharing.py",
        "Q(revoked_at=None, expires_at__gt=timezone.now())",
        "Q(revoked_at=None)",
        "tests/assessment/test_access.py",
    ),
    Mutant(
        "A report without an owner is not shared.",
        SHARING,
        "if not locked.is_submitted or locked.owner_id is None:",
        "if not locked.is_submitted:",
        "tests/assessment/test_sharing.py",
    ),
    Mutant(
        "A report has ten live links at most.",
        SHARING,
        "locked.share_links.live().count() >= MOST_LIVE_LINKS",
        "locked.share_links.live().count() > MOST_LIVE_LINKS",
        "tests/assessment/test_sharing.py",
    ),
    Mutant(
        "A reader holds twenty grants at most.",
        SHARING,
        "[:MOST_GRANTS]",
        "[: MOST_GRANTS + 1]",
        "tests/assessment/test_share_views.py",
    ),
    Mutant(
        "Opening is stored once in five minutes.",
        SHARING,
        "Q(last_opened_at__lte=now - STAMP_EVERY)",
        "Q(last_opened_at__lte=now)",
        "tests/assessment/test_sharing.py",
    ),
    Mutant(
        "Nobody has more PDFs made in a minute than their share.",
        "assessment/guests.py",
        '"action": "pdf", "limit_get": True',
        '"action": "pdf", "limit_get": False',
        "tests/assessment/test_pdf_process.py",
    ),
    # The report and comparisons
    Mutant(
        "Of strengths, must-haves come first.",
        REPORT,
        "key=lambda each: (not each.is_must_have, -each.requirement.importance)",
        "key=lambda each: -each.requirement.importance",
        "tests/assessment/test_report.py",
    ),
    Mutant(
        "A target three rungs above the one held is far, two above is not.",
        REPORT,
        "self.place > held + FAR",
        "self.place >= held + FAR",
        "tests/assessment/test_report.py",
    ),
    Mutant(
        "A change is clear against the earlier range.",
        COMPARISON,
        "self.first.result.likely_range, self.second.result.score",
        "self.second.result.likely_range, self.first.result.score",
        "tests/assessment/test_then.py",
    ),
    Mutant(
        "A stored range is of its own target and version alone.",
        COMPARISON,
        "stored = then.likely_range if is_alike else None",
        "stored = then.likely_range",
        "tests/assessment/test_then.py",
    ),
    Mutant(
        "Of targets that are not ready, the shortest way to the line comes first.",
        COMPARISON,
        "return (1, there.tenths_to_ready)",
        "return (1, -there.result.readiness_tenths)",
        "tests/assessment/test_fit.py",
    ),
    Mutant(
        "The target is shown, though it was passed.",
        COMPARISON,
        "    passed.discard(report.level.key)\n",
        "",
        "tests/assessment/test_fit.py",
    ),
    # Plans
    Mutant(
        "A step waits for its prerequisite.",
        PLANNER,
        "if levels[key] < required and not self.in_the_way(key, levels)",
        "if levels[key] < required",
        "tests/assessment/test_planner.py",
    ),
    Mutant(
        "The step that ends at `applies_from` needs the prerequisite.",
        PLANNER,
        "and each.applies_from <= levels[key] + 1",
        "and each.applies_from <= levels[key]",
        "tests/assessment/test_planner.py",
    ),
    Mutant(
        "Of equal readiness and hours, the fewer steps are best.",
        PLANNER,
        "- (steps << self.raised_bits)",
        "+ (steps << self.raised_bits)",
        "tests/assessment/test_planner.py",
    ),
    Mutant(
        "Of steps that can be taken next, the one with the most readiness an hour comes.",
        PLANNER,
        "step = open_steps[gains.index(max(gains))]",
        "step = open_steps[0]",
        "tests/assessment/test_planner.py tests/assessment/test_proposal.py",
    ),
    Mutant(
        "Three skills are in focus at most.",
        PLANS,
        "if len(others) >= PlanItem.MOST_IN_FOCUS:",
        "if len(others) > PlanItem.MOST_IN_FOCUS:",
        "tests/assessment/test_plans.py",
    ),
    # Versions of a framework
    Mutant(
        "Publishing retires the version before.",
        PUBLISHING,
        "    live_frameworks(draft.key).update(status=Framework.Status.RETIRED)\n",
        "",
        "tests/careers/test_publishing.py",
    ),
    Mutant(
        "A faulty draft is not published.",
        PUBLISHING,
        "problems = errors(problems_of(spec))",
        "problems = []",
        "tests/careers/test_publishing.py",
    ),
    Mutant(
        "A draft that is linked to another framework is not published.",
        PUBLISHING,
        "for sentence in links_out_of(draft)]",
        "for sentence in ()]",
        "tests/careers/test_publishing.py",
    ),
    Mutant(
        "A version that is published is not imported over.",
        PUBLISHING,
        "if frozen.digest == digest_of(spec):",
        "if frozen.digest:",
        "tests/careers/test_publishing.py",
    ),
    Mutant(
        "A plan that was overtaken is refused.",
        PUBLISHING,
        'if plan.seen != (digest_of(spec_of(before)) if before else ""):',
        "if False:",
        "tests/careers/test_publishing.py",
    ),
]


def main():
    word = " ".join(sys.argv[1:])
    mutants = [each for each in MUTANTS if word in each.file]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
        tests = dict.fromkeys(test for each in mutants for test in each.tests.split())
        if run(tests, copy) != PASSED:
            sys.exit("The tests fail unbroken, or some are not there: mend that first.")
        said = [(mutant, judge(mutant, copy)) for mutant in mutants]
    faults = [(mutant, fault) for mutant, fault in said if fault]
    say(f"{len(mutants)} rules were broken, {len(faults)} of them not as they should.")
    for mutant, fault in faults:
        say(f"{fault} {mutant.file}: {mutant.rule}")
    sys.exit(bool(faults))


def judge(mutant, copy):
    """What is wrong, once the rule is broken in the copy; nothing where a test fails."""
    file = copy / mutant.file
    whole = file.read_text()
    if whole.count(mutant.text) != 1:
        return "THE TEXT DOES NOT STAND ONCE in"
    file.write_text(whole.replace(mutant.text, mutant.instead))
    try:
        ended = run(mutant.tests.split(), copy)
    finally:
        file.write_text(whole)
    word = {FAILED: "dies", PASSED: "SURVIVES"}.get(ended, "ends oddly")
    say(f"{word}: {mutant.rule}")
    return "" if ended == FAILED else f"{word}:"


def run(tests, copy):
    """What pytest ends with; where it takes too long, as if a test had failed."""
    command = [sys.executable, "-m", "pytest", "-qq", "-x", "-n0", *tests]
    try:
        done = subprocess.run(
            command, cwd=copy, stdout=subprocess.DEVNULL, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return FAILED
    return done.returncode


if __name__ == "__main__":
    main()
