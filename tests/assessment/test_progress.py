"""Progress: all reports of a target on the live version, what moved, what has been held."""

import datetime

import pytest
from django.urls import reverse

from assessment.models import Assessment, Rating
from assessment.progress import MOST_READ, load_progress, targets_of
from careers.models import Framework
from tests.factories import (
    SKILLS,
    changed_level,
    make_assessment,
    make_framework,
    make_with_planning_as,
    small_spec,
)
from tests.reading import elements, links, texts

NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)
PAGE = "/progress/"
KEY = small_spec().key


@pytest.fixture
def made(framework, alice):
    """Makes a report of Alice's from a digit for each skill, so many days before NOON."""

    def made(digits, days=0, owner=alice, target="tpm", keys=tuple(SKILLS)):
        answers = zip(keys, digits, strict=True)
        done = make_assessment(
            owner=owner,
            ratings={key: int(digit) for key, digit in answers if digit != "-"},
            target=target,
            submit=True,
        )
        done.submitted_at = NOON - datetime.timedelta(days=days)
        done.save(update_fields=["submitted_at"])
        return done

    return made


def published(days, **changes):
    """A later version, live since so many days before NOON."""
    framework = make_framework(**changes)
    framework.published_at = NOON - datetime.timedelta(days=days)
    framework.save(update_fields=["published_at"])
    return framework


def harder(skill, required):
    """Levels of which tpm requires more of one skill."""
    level = small_spec().levels_by_key["tpm"]
    return changed_level(
        "tpm",
        requirements=tuple(
            item.replaced(required=required) if item.skill == skill else item
            for item in level.requirements
        ),
    )


def progress_of(person, target="tpm"):
    return load_progress(person.assessments.all(), KEY, target)


def rows(page):
    """The rows of the table of reports: [report, ladder, verdict, own number, now]."""
    cells = [text for given, text in elements(page, "td") if given.get("data-h")]
    names = texts(page, "a", "compare__link")
    heads = [given["data-h"] for given, _ in elements(page, "td") if "data-h" in given]
    found = [text for head, text in zip(heads, cells, strict=True) if head in TABLE]
    return [
        [names[nth], *found[4 * nth : 4 * nth + 4]] for nth in range(len(found) // 4)
    ]


TABLE = {"Ladder", "Verdict", "Its own number", "On 1.0", "On 1.1"}


# One line of one target


def test_a_line_is_of_one_target_and_one_person(made, alice, bob):
    first, last = made("13222", days=90), made("33222", days=30)
    made("33222", target="junior-tpm")
    made("33222", days=10, owner=bob)
    make_assessment(owner=alice, ratings={"planning": 3})

    assert progress_of(alice).assessments == (first, last)
    assert [each.tenths for each in progress_of(alice).points] == [
        first.readiness_tenths,
        last.readiness_tenths,
    ]
    assert progress_of(alice, "senior-tpm") is None


def test_every_point_is_measured_on_the_live_version(made, alice, alice_client):
    first = made("33222", days=90)
    published(60, version="1.1", levels=harder("tooling", 4))
    second = made("34222", days=30)

    page = alice_client.get(PAGE)

    assert [first.readiness_tenths, second.readiness_tenths] == [829, 829]
    assert [each.tenths for each in progress_of(alice).points] == [789, 829]
    assert rows(page) == [
        ["31 May 2026", "1.1", "Nearly there", "82.9", "82.9"],
        ["1 April 2026", "1.0", "Nearly there", "82.9", "78.9"],
    ]


def test_a_renamed_skill_goes_on(made, alice):
    made("23232", days=90)
    make_with_planning_as(("plans", ("planning",)))
    made("33232", keys=("plans", *list(SKILLS)[1:]))

    progress = progress_of(alice)

    assert [row.skill.key for row in progress.since_last_time.up] == ["plans"]
    assert all(each.is_measured for each in progress.points)


def test_a_target_that_is_no_longer_live_is_measured_where_it_last_was(
    made, alice, alice_client
):
    made("33222", days=90)
    made("33232", days=30)
    moved = changed_level("tpm", key="manager", short_title="Manager")
    careers = tuple(
        each.replaced(base_level="junior-tpm") if each.base_level == "tpm" else each
        for each in small_spec().careers
    )
    skills = tuple(each.replaced(questions=()) for each in small_spec().skills)
    make_framework(version="1.1", levels=moved, careers=careers, skills=skills)

    page = alice_client.get(PAGE)

    assert progress_of(alice).spec.version == "1.0"
    assert "The live ladder has no TPM any more" in texts(page, "main")[0]


def test_without_any_live_version_it_is_measured_on_the_last(made, alice, alice_client):
    made("33222", days=90), made("33232", days=30)
    Framework.objects.update(status=Framework.Status.RETIRED)

    assert progress_of(alice).spec.version == "1.0"
    assert alice_client.get(PAGE).status_code == 200


def test_what_gives_no_number_on_the_live_version_is_in_the_table_alone(
    made, alice, alice_client
):
    made("33222", days=90)
    make_with_planning_as(("dates", ("planning",)), ("scope", ("planning",)))
    made("333323", keys=("dates", "scope", *list(SKILLS)[1:]))

    progress = progress_of(alice)

    assert [each.is_measured for each in progress.points] == [False, True]
    assert progress.chart is None
    assert progress.since_last_time is None
    assert "not measured" in [row[4] for row in rows(alice_client.get(PAGE))]


# The picture


def test_the_last_report_of_a_day_is_drawn(made, alice):
    made("13222", days=90)
    made("33222", days=30)
    last = made("33333", days=30)

    assert [each.assessment for each in progress_of(alice).days][1:] == [last]


def test_a_report_that_was_corrected_is_no_movement(made, alice, alice_client):
    first = made("22222", days=9)
    wrong = made("32222", days=2)
    right = made("22222")
    right.corrects = wrong
    right.save(update_fields=["corrects"])

    found = progress_of(alice)

    assert found.assessments == (first, right)
    assert (found.since_last_time.up, found.since_last_time.down) == ([], [])
    assert [each["count"] for each in targets_of(Assessment.objects.all())] == [2]


@pytest.fixture
def corrected(made, alice):
    """(a first report, the correction of a second one, a third one that came before it)."""
    first, wrong, last = made("22222", 90), made("02222", 60), made("32222", 30)
    wrong.refresh_from_db()
    right = make_assessment(
        owner=alice, ratings=dict.fromkeys(SKILLS, 2), corrects=wrong, submit=True
    )
    right.submitted_at = NOON
    right.save(update_fields=["submitted_at"])
    return first, right, last


def test_a_correction_stands_in_the_place_of_what_it_corrects(
    corrected, alice, alice_client
):
    found = progress_of(alice)

    assert found.assessments == corrected
    assert [NOON.date() - each.day for each in found.points] == [
        datetime.timedelta(days=days) for days in (90, 60, 30)
    ]
    assert found.last_day.assessment == corrected[-1]
    assert [row.skill.key for row in found.since_last_time.up] == ["planning"]
    since = {line.key: each.assessment for line, each in found.held}
    assert (since["planning"], since["testing"]) == (corrected[-1], corrected[0])
    assert [row[0] for row in rows(alice_client.get(PAGE))] == [
        "31 May 2026",
        "1 May 2026, corrected 30 June 2026",
        "1 April 2026",
    ]


def test_of_two_corrections_of_a_report_the_later_stands(corrected, alice):
    first, _before, last = corrected
    wrong = alice.assessments.get(corrections__isnull=False)
    again = make_assessment(owner=alice, corrects=wrong, submit=True)

    assert progress_of(alice).assessments == (first, again, last)


def test_a_correction_of_a_correction_counts_with_the_first(corrected, alice):
    first, before, last = corrected
    before.refresh_from_db()
    again = make_assessment(owner=alice, corrects=before, submit=True)

    assert again.first_submitted_at == NOON - datetime.timedelta(days=60)
    assert progress_of(alice).assessments == (first, again, last)


def test_an_old_report_that_is_corrected_is_not_the_last_one(
    corrected, alice, alice_client
):
    first, right, last = corrected

    newest = Assessment.objects.standing().newest_first()
    earlier = list(Assessment.objects.earlier_than(right))
    of_each = Assessment.objects.latest_of_each(KEY)
    to = reverse("assessment:then", args=[right.uid, last.uid])
    start = alice_client.get(f"{reverse('assessment:start')}?target=tpm")

    assert list(newest) == [last, right, first]
    assert [each.corrects for each in earlier] == [None, None]
    assert earlier[0].corrections.get() == right
    assert earlier[1] == first
    assert list(of_each) == [last]
    assert alice_client.get(to).url == reverse(
        "assessment:then", args=[last.uid, right.uid]
    )
    assert f'value="{last.uid}"' in start.content.decode()
    report = texts(alice_client.get(right.get_absolute_url()), "p", "verdict__kicker")
    assert "In the place of the report of 1 May 2026 30 June 2026" in report[0]
    dashboard = alice_client.get(reverse("assessment:dashboard"))
    assert "1 May 2026, 12:00, corrected 30 June 2026 · version 1.0" in " ".join(
        texts(dashboard, "p", "small")
    )


def test_each_change_of_the_ladder_is_marked_on_its_day(made, alice):
    made("33222", days=90)
    published(60, version="1.1", notes="Second.")
    made("33222", days=30)
    published(10, version="1.2", notes="Third.")

    day = NOON.date()
    assert progress_of(alice).ladder_changes == [
        (day - datetime.timedelta(days=60), "1.1"),
        (day - datetime.timedelta(days=10), "1.2"),
    ]
    chart = progress_of(alice).chart
    assert [name for _, name in chart.changes_drawn] == ["1.1", "1.2"]


def test_a_version_that_no_report_was_made_on_is_marked_too(made, alice):
    made("33222", days=90)
    published(80, version="1.1", notes="Second.")
    published(60, version="1.2", notes="Third.")
    made("33222", days=30)
    published(20, version="1.3", notes="Fourth.")
    published(10, version="1.4", notes="Fifth.")

    day = NOON.date()
    assert progress_of(alice).ladder_changes == [
        (day - datetime.timedelta(days=days), version)
        for days, version in [(80, "1.1"), (60, "1.2"), (20, "1.3"), (10, "1.4")]
    ]


def test_a_change_between_lies_between_the_reports_that_show_it(made, alice):
    """A draft of 1.0 that was submitted after 1.1 came, and a clock that was set."""
    made("33222", days=90)
    published(100, version="1.1", notes="Second.")
    made("33222", days=30)

    assert progress_of(alice).ladder_changes == [
        (NOON.date() - datetime.timedelta(days=90), "1.1")
    ]


def test_without_a_change_nothing_is_marked(made, alice, alice_client):
    made("33222", days=90), made("33222")

    assert progress_of(alice).ladder_changes == []
    assert "dotted" not in texts(alice_client.get(PAGE), "main")[0]


@pytest.mark.parametrize(
    ("before", "after", "said", "described"),
    [
        (
            "33222",
            "33232",
            "the score rose by 17.1, from 82.9 to 100.0.",
            "First 82.9 on 31 May 2026, last 100.0 on 30 June 2026: 17.1 higher.",
        ),
        (
            "33232",
            "33222",
            "the score fell by 17.1, from 100.0 to 82.9.",
            "First 100.0 on 31 May 2026, last 82.9 on 30 June 2026: 17.1 lower.",
        ),
        (
            "33222",
            "34222",
            "the score is the same, 82.9.",
            "First 82.9 on 31 May 2026, last 82.9 on 30 June 2026: the same.",
        ),
    ],
)
def test_the_movement_is_said(made, alice_client, before, after, said, described):
    made(before, days=30), made(after)

    page = texts(alice_client.get(PAGE), "main")[0]

    assert f"From 31 May 2026 to 30 June 2026 {said}" in page
    assert f"2 days. {described} Ready from 90." in page
    assert "hollow" not in page


@pytest.mark.parametrize(
    ("hollow", "said"),
    [
        (1, "One hollow mark is provisional: not everything was answered then."),
        (2, "2 hollow marks are provisional: not everything was answered then."),
    ],
)
def test_hollow_marks_are_explained(made, alice_client, hollow, said):
    for days in range(hollow):
        made("3322-", days=30 + days)
    made("33222")

    assert said in texts(alice_client.get(PAGE), "main")[0]


def test_one_report_says_what_is_missing(made, alice_client):
    made("13222")

    page = texts(alice_client.get(PAGE), "main")[0]

    assert "There is one report so far." in page
    assert "52 of 100 so far" in page
    assert "The line shows" not in page  # there is none


def test_without_a_report_there_is_a_way_to_the_first(client, framework):
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "Start the self-assessment" in links(page)


# What moved, and what has been held


def test_skills_that_moved_since_last_time(made, alice_client):
    made("11111", days=90)
    made("13222", days=60)
    made("33122", days=30)

    page = texts(alice_client.get(PAGE), "main")[0]

    assert "One skill rose since the report before. One fell." in page
    assert "Planning must-have 1 Aware 3 Independent now met" in page
    assert "Testing 2 Guided 1 Aware 1 short" in page
    assert "Since 1 May 2026." in page


def test_a_requirement_is_held_since_the_first_report_of_an_unbroken_row(made, alice):
    """Required: 3, 3, 2, 3, 2."""
    first = made("33111", days=90)
    made("33221", days=60)
    third = made("23222", days=30)
    last = made("33222")

    held = {line.key: point.assessment for line, point in progress_of(alice).held}

    assert held == {
        "planning": last,  # broken in the third
        "tooling": first,
        "testing": progress_of(alice).assessments[1],
        "leadership": third,
    }  # communication is not met
    assert [line.key for line, _ in progress_of(alice).held] == [
        "tooling",
        "testing",
        "leadership",
        "planning",
    ]


def test_held_asks_for_what_the_live_version_requires(made, alice):
    made("33222", days=90)
    made("34222", days=60)
    published(30, version="1.1", levels=harder("tooling", 4))

    held = {line.key: point.assessment for line, point in progress_of(alice).held}

    assert held["tooling"] == progress_of(alice).assessments[1]
    assert held["planning"] == progress_of(alice).assessments[0]


def test_a_rung_is_held_since_it_or_a_higher_one_is(made, alice):
    made("11111", days=90)
    made("43344", days=60)  # a rung higher
    made("33232", days=30)
    made("33232")

    level, since = progress_of(alice).rung_held

    assert level.key == "tpm"
    assert since.assessment == progress_of(alice).assessments[1]


def test_no_rung_is_held_by_who_stands_before_the_first(made, alice):
    made("11111", days=90), made("11111")

    assert progress_of(alice).rung_held is None


def test_what_is_not_relevant_meets_nothing(made, alice):
    report = made("33232", days=90)
    made("33232")
    Rating.objects.filter(assessment=report, skill__key="testing").update(
        value=None, not_applicable=True, reason="Others test."
    )

    held = {line.key: point.assessment.pk for line, point in progress_of(alice).held}

    assert held["testing"] > report.pk


# Which target


def test_the_latest_target_comes_first_and_the_others_are_offered(made, alice_client):
    made("33222", days=90)
    made("33222", days=5, target="junior-tpm")
    made("33222", days=40, target="cloud")

    page = alice_client.get(PAGE)
    other = alice_client.get(PAGE, {"framework": KEY, "target": "tpm"})

    assert page.context["progress"].level.key == "junior-tpm"
    offered = [name for name, href in links(page).items() if href.startswith("?")]
    assert offered == ["Cloud", "TPM"]
    assert "Other targets Cloud TPM" in texts(page, "nav")
    assert other.context["progress"].level.key == "tpm"


@pytest.mark.parametrize(
    "asked",
    [
        {"framework": KEY, "target": "senior-tpm"},
        {"framework": KEY},
        {"target": "tpm"},
        {"framework": "none", "target": "\x00"},
    ],
)
def test_a_target_without_a_report_is_not_found(made, alice_client, asked):
    made("33222")

    assert alice_client.get(PAGE, asked).status_code == 404


def test_the_reports_of_somebody_else_are_not_in_it(made, bob_client):
    made("33222")

    page = bob_client.get(PAGE)

    assert page.context["progress"] is None
    asked = {"framework": KEY, "target": "tpm"}
    assert bob_client.get(PAGE, asked).status_code == 404


def test_targets_are_counted_in_one_query(made, alice, django_assert_num_queries):
    made("33222", days=3), made("33222", days=2), made("33222", target="cloud")

    with django_assert_num_queries(1):
        found = targets_of(alice.assessments.all())

    assert [(each["target_key"], each["count"]) for each in found] == [
        ("cloud", 1),
        ("tpm", 2),
    ]


@pytest.mark.parametrize("count", [3, MOST_READ, MOST_READ + 5])
def test_it_costs_the_same_for_more(
    made, alice, alice_client, count, django_assert_num_queries
):
    report = made("33222", days=count)
    answers = list(report.ratings.all())
    for days in range(1, count):
        if days == count // 2:
            make_framework(version="1.1", notes="Second.")
        report.pk, report.uid = None, Assessment._meta.get_field("uid").get_default()
        report.submitted_at = NOON - datetime.timedelta(days=count - days)
        report.save(force_insert=True)
        for answer in answers:
            answer.pk, answer.assessment = None, report
        Rating.objects.bulk_create(answers)
    alice_client.get(PAGE)

    # session, user, the targets, the reports, their answers
    with django_assert_num_queries(5):
        page = alice_client.get(PAGE)

    progress = page.context["progress"]
    assert len(progress.days) == min(count, MOST_READ)
    assert progress.last == report


def test_then_and_now_and_the_list_lead_there(made, alice_client):
    then, now = made("13222", days=90), made("33222", days=10)
    way = f"{PAGE}?framework={KEY}&target=tpm"

    for name, uids in (("then", [now.uid, then.uid]), ("earlier", [now.uid])):
        page = alice_client.get(reverse(f"assessment:{name}", args=uids))
        assert links(page)["Your progress towards TPM"] == way
    dashboard = alice_client.get(reverse("assessment:dashboard"))
    assert links(dashboard)["Your progress"] == PAGE
