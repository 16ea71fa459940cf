"""Very many assessments, and what is asked of them. See tools/growth.py."""

import random
import time
from contextlib import contextmanager
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.actions import save_answers, start_assessment, submit_assessment
from assessment.answers import Answer, answers_in, answers_of, measure_assessment
from assessment.guests import remove_unseen
from assessment.management.commands import verify_scores
from assessment.models import Assessment, Guest, Rating
from careers.store import live_frameworks, spec_of

GUESTS_OF_100 = 20  # for each hundred assessments
VERIFIED, OVER = 50, 50  # in a round


def fill(size, originals):
    """Makes `originals` by the front door, then copies of them until there are `size`."""
    call_command("migrate", verbosity=0)
    call_command("import_framework", publish=True, if_none=True, verbosity=0)
    call_command("import_guide", if_none=True, verbosity=0)
    framework = live_frameworks().first()
    spec, chance = spec_of(framework), random.Random(1)
    targets = list(framework.levels.filter(key__in=[rung.key for rung in spec.ladder]))
    User.objects.create_superuser("admin", "admin@example.org", "x")
    one = User.objects.create_user("person0", "person0@example.org", "x")
    for number in range(originals):
        made = start_assessment(
            owner=one, framework=framework, target=targets[number % len(targets)]
        )
        answers = {
            skill.key: Answer(chance.randint(0, 5), note="A note of mine. " * 3)
            for skill in spec.skills
        }
        save_answers(assessment=made, answers=answers)
        submit_assessment(assessment=made)
    _copy(originals, size)


def _copy(originals, size):
    """On the server alone. Two assessments a person; all of their columns are kept."""
    first = Assessment.objects.order_by("pk").values_list("pk", flat=True)[0]
    owner = User.objects.get(username="person0").pk
    people, own = _columns(User, "id", "username", "email"), "username, email"
    columns = _columns(Assessment, "id", "uid", "owner_id")
    ratings = _columns(Rating, "id", "assessment_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO auth_user ({people}, {own}) SELECT {people}, 'person' || i, "
            "'person' || i || '@example.org' FROM auth_user, generate_series(1, %s) i "
            "WHERE id = %s",
            [size // 2, owner],
        )
        cursor.execute("CREATE TEMPORARY TABLE copy (id bigint, original bigint)")
        cursor.execute(
            "INSERT INTO copy SELECT nextval(pg_get_serial_sequence("
            "'assessment_assessment', 'id')), %s + i %% %s FROM generate_series(1, %s) i",
            [first, originals, size - originals],
        )
        with _bare(cursor, "assessment_assessment"):
            cursor.execute(
                f"INSERT INTO assessment_assessment (id, uid, owner_id, {columns}) "
                f"SELECT copy.id, gen_random_uuid(), %s + 1 + copy.id %% %s, {columns} "
                "FROM copy JOIN assessment_assessment AS made ON made.id = original",
                [owner, size // 2],
            )
        cursor.execute("ALTER TABLE assessment_rating SET UNLOGGED")
        with _bare(cursor, "assessment_rating"):
            cursor.execute(
                f"INSERT INTO assessment_rating (assessment_id, {ratings}) "
                f"SELECT copy.id, {ratings} FROM copy "
                "JOIN assessment_rating AS made ON made.assessment_id = original"
            )
        cursor.execute(
            "INSERT INTO assessment_guest (token_digest, created_at, last_seen) "
            "SELECT md5(i::text), now() - interval '90 days', now() - interval '1 day' "
            "FROM generate_series(1, %s) i",
            [size * GUESTS_OF_100 // 100],
        )
        # Now, and not beside the rounds, as the server would by itself.
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


@contextmanager
def _bare(cursor, table):
    """Millions of rows go in at once; what orders and checks them is made after it."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype IN ('f', 'u')",
        [table],
    )
    constraints = cursor.fetchall()
    for name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = %s::regclass AND NOT indisprimary",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    for name, definition in constraints:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _columns(model, *without):
    fields = model._meta.concrete_fields
    names = [field.column for field in fields if not field.generated]
    return ", ".join(f'"{name}"' for name in names if name not in without)


class Rounds:
    """The same questions again and again, to a person of many."""

    def __init__(self, scanned, control):
        self.scanned, self.control = scanned, control
        self.ms, self.scans = {}, set()
        middle = Assessment.objects.count() // 2
        self.report = Assessment.objects.order_by("pk")[middle]
        self.person, self.admin = Client(), Client()
        self.person.force_login(self.report.owner)
        self.admin.force_login(User.objects.get(username="admin"))
        framework = self.report.framework
        self.draft = start_assessment(
            owner=self.report.owner, framework=framework, target=self.report.target
        )
        spec = spec_of(framework)
        self.group, self.skill = spec.groups[0].key, spec.skills[0].key
        self.revision = 0

    def measure(self):
        self.ms, self.scans = {}, set()
        uid, draft = [self.report.uid], [self.draft.uid]
        self.ask("report", self.person, reverse("assessment:report", args=uid))
        self.ask("dashboard", self.person, reverse("assessment:dashboard"))
        rate = reverse("assessment:rate", args=[*draft, self.group])
        self.ask("rating", self.person, rate)
        self.save(draft)
        self.begin()
        listed = reverse("admin:assessment_assessment_changelist")
        self.ask("admin list", self.admin, listed)
        self.ask("admin list, last page", self.admin, f"{listed}?p=10")
        with self.measured(f"verify_scores, {VERIFIED} scores"):
            self.verify()
        self.remove()
        with self.measured(self.control):
            Rating.objects.filter(note="never written").exists()
        return {"ms": self.ms, "scans": sorted(self.scans)}

    def ask(self, name, client, address):
        with self.measured(name):
            status = client.get(address).status_code
        assert status == 200, (name, status)

    def save(self, draft):
        address = reverse("assessment:save", args=[*draft, self.skill])
        answer = {
            f"{self.skill}-value": str(self.revision % 6),
            f"{self.skill}-revision": str(self.revision),
        }
        with self.measured("autosave"):
            status = self.person.post(address, answer).status_code
        assert status == 200, status
        self.revision = answers_of(self.draft)[self.skill].revision

    def begin(self):
        with self.measured("guest's start"):
            status = (
                Client()
                .post(reverse("assessment:begin"), {"target": self.report.target.key})
                .status_code
            )
        assert status == 302, status

    def verify(self):
        """As the command does it, from somewhere in the middle."""
        after = verify_scores.submitted_after(self.report.pk, VERIFIED)
        for each in after:
            measure_assessment(each, answers_in(each.ratings.all()))

    def remove(self):
        long_ago = timezone.now() - 2 * Guest.KEPT_FOR
        Guest.objects.bulk_create(
            Guest(token_digest=uuid4().hex, created_at=long_ago, last_seen=long_ago)
            for _ in range(OVER)
        )
        with self.measured(f"remove_unclaimed, {OVER} guests"):
            remove_unseen(now=timezone.now())

    @contextmanager
    def measured(self, name):
        queries = CaptureQueriesContext(connection)
        begun = time.perf_counter()
        with queries:
            yield
        self.ms[name] = (time.perf_counter() - begun) * 1000
        for query in queries.captured_queries:
            self.look(name, query["sql"])

    def look(self, name, sql):
        """Which large tables a query reads as a whole."""
        if not sql.startswith("SELECT"):
            return
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + sql.replace("%", "%%"), None)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        for table in self.scanned:
            if f"Seq Scan on {table}" in plan:
                self.scans.add(f"{table} by {name}")
