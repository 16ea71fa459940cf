"""What staff may ask of rows: what the lists offer, and nothing of people's answers."""

from itertools import product

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import NoReverseMatch, reverse

from assessment.answers import Answer
from assessment.models import Assessment
from careers.models import CareerLevel, Framework, UnclearStatement
from tests.addresses import all_patterns
from tests.careers.test_publishing import rows
from tests.factories import (
    SKILLS,
    make_assessment,
    make_framework,
    make_share_link,
)
from tests.guides import make_guide

pytestmark = pytest.mark.django_db

SUFFIXES = ("", "exact", "gte", "startswith", "isnull", "contains", "in", "regex")
OF_FILTERS = {"", "exact", "gte", "isnull", "in"}
SECRETS = ("Between me and myself", "My secret plan", "Kept from staff")
# What may be asked about people; of all else, what stays within the framework.
MAY_ASK = {
    Assessment: {
        "status",
        "framework",
        "framework__id",
        "started_at",
        "submitted_at",
    },
    User: {"is_staff", "is_superuser", "is_active", "groups", "groups__id"},
    EmailAddress: {"primary", "verified"},
    Group: set(),
}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
PERSONAL = [model for model in MODELS if model in MAY_ASK]


@pytest.fixture
def done(framework, alice):
    said = dict.fromkeys(SKILLS, Answer(value=3, note=SECRETS[0]))
    done = make_assessment(owner=alice, ratings=said, submit=True)
    Assessment.objects.filter(pk=done.pk).update(label=SECRETS[1])
    make_share_link(done, label=SECRETS[2])
    done.refresh_from_db()
    return done


@pytest.fixture
def viewer(bob):
    """Makes the browser of staff who have one right, such as to view one model."""

    def of(model, *rights):
        names = [f"{right}_{model._meta.model_name}" for right in rights or ("view",)]
        bob.is_staff = True
        bob.save()
        held = Permission.objects.filter(
            content_type__app_label=model._meta.app_label, codename__in=names
        )
        bob.user_permissions.set(held)
        client = Client()
        client.force_login(bob)
        return client

    return of


def list_of(model):
    label = f"{model._meta.app_label}_{model._meta.model_name}"
    return reverse(f"admin:{label}_changelist")


def paths(model, depth):
    """Every column and relation, forwards and back: (path, whether people come in)."""
    for field in model._meta.get_fields(include_hidden=True):
        name = getattr(field, "name", "").removesuffix("+")
        related = field.related_model
        personal = related is not None and related._meta.app_label != "careers"
        yield name, personal
        if related is not None and depth > 1:
            for rest, also in paths(related, depth - 1):
                yield f"{name}__{rest}", personal or also


def lookups(model, depth, suffixes=SUFFIXES):
    for (path, personal), suffix in product(paths(model, depth), suffixes):
        yield f"{path}__{suffix}".removesuffix("__"), path, suffix, personal


# Filters
# ------------------------------------------------------------------------------------


def test_every_model_about_people_is_in_the_table():
    outside = {model for model in MODELS if model._meta.app_label != "careers"}

    assert outside == set(MAY_ASK)


@pytest.mark.parametrize("model", PERSONAL, ids=str)
def test_a_list_about_people_answers_what_it_offers_alone(model, viewer, done, rf, bob):
    client, address, faults = viewer(model), list_of(model), []

    asked = [*lookups(model, 1), *lookups(model, 2, ("", "gte"))]
    for lookup, path, suffix, _ in asked:
        may = path in MAY_ASK[model] and suffix in OF_FILTERS
        if is_answered(model, bob, rf.get(address, {lookup: "1"})) != may:
            faults.append(lookup)

    assert client.get(address).status_code == 200
    assert faults == []


def is_answered(model, person, request):
    """Whether the list of a model is made, or leads back to all its rows; else it is 400."""
    request.user = person
    try:
        admin.site._registry[model].get_changelist_instance(request)
    except DisallowedModelAdminLookup:
        return False
    except IncorrectLookupParameters:
        return True
    return True


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_no_lookup_of_any_list_leads_to_people(model, rf):
    """Three steps far: user, assessments, ratings, value."""
    registered, request = admin.site._registry[model], rf.get("/")
    asked, faults = 0, []

    for lookup, path, _, personal in lookups(model, 3):
        asked += 1
        may = path in MAY_ASK[model] if model in MAY_ASK else not personal
        if registered.lookup_allowed(lookup, "1", request) and not may:
            faults.append(lookup)

    assert asked > 100
    assert faults == []


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        (Assessment, "readiness_tenths__gte"),
        (Assessment, "band"),
        (Assessment, "label__startswith"),
        (Assessment, "uid__startswith"),
        (Assessment, "share_links__isnull"),
        (Assessment, "framework__assessment__band"),
        (Assessment, "started_at__gte__band"),
        (User, "assessments__readiness_tenths__gte"),
        (User, "groups__user__assessments__band"),
        (User, "password__startswith"),
        (User, "practice_notes__text__contains"),
        (EmailAddress, "user__assessments__label__contains"),
        (Group, "user__assessments__ratings__value"),
        (CareerLevel, "assessment__isnull"),
        (CareerLevel, "framework__assessment__owner__email"),
    ],
)
def test_what_could_be_asked_once_is_refused(model, lookup, viewer, done):
    assert viewer(model).get(list_of(model), {lookup: "1"}).status_code == 400


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status__exact": "submitted"}, 1),
        ({"status__exact": "draft"}, 0),
        ({"submitted_at__gte": "2020-01-01 00:00:00+00:00"}, 1),
        ({"submitted_at__isnull": "True"}, 0),
        ({"started_at__gte": "2999-01-01 00:00:00+00:00"}, 0),
        ({"q": "alice@example.org"}, 1),
        ({"q": "bob@example.org"}, 0),
        ({"_facets": "True"}, 1),
        *(({"q": secret}, 0) for secret in SECRETS),
    ],
)
def test_the_list_of_assessments_answers_what_it_offers(query, count, viewer, done):
    response = viewer(Assessment).get(list_of(Assessment), query)

    assert response.context["cl"].result_count == count


# Order, columns and addresses
# ------------------------------------------------------------------------------------


def test_assessments_are_listed_in_the_order_in_which_they_began_alone(viewer, done):
    client = viewer(Assessment)
    registered = admin.site._registry[Assessment]
    ordered = set()

    for number in range(-1, len(registered.list_display) + 2):
        response = client.get(list_of(Assessment), {"o": number})
        order_by = response.context["cl"].queryset.query.order_by
        ordered |= {each.removeprefix("-") for each in order_by}

    assert ordered == {"pk"}


@pytest.mark.parametrize("model", PERSONAL, ids=str)
def test_rows_about_people_are_named_by_their_number_alone(model, viewer, done):
    client = viewer(model)
    columns = [field.name for field in model._meta.get_fields(include_hidden=True)]

    answers = {
        name: client.get(list_of(model), {"_popup": "1", "_to_field": name}).status_code
        for name in columns
    }

    assert {name for name, status in answers.items() if status == 200} == {"id"}


def test_no_address_of_the_admin_leads_to_the_uid_of_a_row(done, viewer):
    kind = ContentType.objects.get_for_model(Assessment).pk

    response = viewer(Assessment).get(f"/admin/r/{kind}/{done.pk}/")

    assert response.status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[kind, done.pk])


def test_staff_change_their_password_where_everybody_does(admin_client):
    """Django's page of the admin counts no tries, and tells the owner nothing."""
    address = reverse("admin:password_change")

    answers = [admin_client.get(address), admin_client.post(address)]

    assert [each.status_code for each in answers] == [302, 302]
    assert {each.url for each in answers} == {reverse("account_change_password")}


# Pages and actions
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("right", ["view", "delete"])
@pytest.mark.parametrize("model", [Assessment, User, EmailAddress], ids=str)
def test_no_page_about_a_person_shows_answers(model, right, viewer, done, alice):
    rows = {Assessment: done, User: alice, EmailAddress: alice.emailaddress_set.get()}
    client = viewer(model, "view", right)
    name = list_of(model)

    pages = {
        page: client.get(f"{name}{rows[model].pk}/{page}/")
        for page in ("change", "history", "delete")
    }
    pages["list"] = client.get(name)

    assert pages["change"].status_code == pages["history"].status_code == 200
    for page, response in pages.items():
        content = response.content.decode()
        for secret in (*SECRETS, str(done.uid), done.band, "Planning: 3"):
            assert secret not in content, (page, secret)


def test_who_may_only_look_confirms_no_address(viewer, alice):
    address = alice.emailaddress_set.get()
    EmailAddress.objects.update(verified=False)
    chosen = {"action": "make_verified", "_selected_action": address.pk}

    viewer(EmailAddress).post(list_of(EmailAddress), chosen)
    address.refresh_from_db()
    assert not address.verified

    viewer(EmailAddress, "view", "change").post(list_of(EmailAddress), chosen)
    address.refresh_from_db()
    assert address.verified


# Each address of the ladder and of people, as each kind of staff
# ------------------------------------------------------------------------------------

LOOK = {"changelist", "change", "history", "preview", "matrix", "export"}
WRITE = {"add", "delete", "import"}
BY_POST = {"edit_in_draft", "publish", "confirm_import", "start_trial", "stop_trial"}
OF_KEEPERS = {"impact", "trial", "trial_report"}


@pytest.fixture
def draft(framework):
    make_guide()
    draft = make_framework(version="1.1", publish=False)
    statement = framework.skills.first().levels.first()
    UnclearStatement.objects.create(statement=statement, last_day="2026-11-27")
    return draft


@pytest.fixture
def staff(viewer, editor_client, admin_client):
    """Makes the browser of one kind of staff."""

    def of(kind):
        if kind in ("editor", "admin"):
            return editor_client if kind == "editor" else admin_client
        client = viewer(Assessment)
        if kind == "viewer":
            held = Permission.objects.filter(
                content_type__app_label="careers", codename__startswith="view_"
            )
            User.objects.get(username="bob").user_permissions.set(held)
        return client

    return of


def pages_of(draft):
    """(app, what the page is for, its path) of every page that is about a row or rows."""
    for pattern in all_patterns():
        app, _, rest = pattern.name.removeprefix("admin:").partition("_")
        if app not in ("careers", "assessment") or not pattern.name.startswith(
            "admin:"
        ):
            continue
        given = {"pk": draft.pk, "group": "delivery", "form": "yaml"}
        if "object_id" in pattern.parameters:
            model = apps.get_model(app, rest.partition("_")[0])
            named = [each.name for each in model._meta.fields]
            own = (
                {"framework": draft}
                if "framework" in named and app == "careers"
                else {}
            )
            given["object_id"] = (
                draft if model is Framework else model.objects.filter(**own).first()
            ).pk
        kwargs = {name: given[name] for name in pattern.parameters}
        word = rest.rpartition("_")[2]
        longer = {each for each in BY_POST | OF_KEEPERS if rest.endswith(each)}
        word = max(longer, key=len, default=word)
        yield app, word, reverse(pattern.name, kwargs=kwargs)


def expected(kind, app, word):
    """The status that a page answers: 302 leads on, 405 takes a POST alone."""
    keeps = kind in ("editor", "admin")
    if word in BY_POST:
        return {405}
    if word in OF_KEEPERS:
        return {200, 302} if keeps else {403}
    if app == "assessment":
        return {200} if kind in ("support", "admin") and word in LOOK else {200, 403}
    if word in LOOK:
        return {403} if kind == "support" else {200}
    return {200, 302, 403} if keeps else {403}


@pytest.mark.parametrize("kind", ["viewer", "support", "editor", "admin"])
def test_each_page_is_for_whom_it_is_made(kind, staff, draft, done):
    client, faults, asked = staff(kind), [], set()

    for app, word, path in pages_of(draft):
        status = client.get(path).status_code
        asked.add(word)
        if status not in expected(kind, app, word):
            faults.append(f"{path}: {status}")

    assert asked >= LOOK | WRITE | OF_KEEPERS
    assert faults == []


@pytest.mark.parametrize("kind", ["editor", "viewer"])
def test_who_keeps_a_ladder_reads_no_row_about_people(kind, staff, done):
    client = staff(kind)

    pages = ("changelist", "add", "history", "change", "delete")
    for page in pages:
        args = [] if page in ("changelist", "add") else [done.pk]
        path = reverse(f"admin:assessment_assessment_{page}", args=args)
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("kind", ["viewer", "support"])
def test_who_may_only_look_writes_nothing_whatever_is_sent(kind, staff, draft, done):
    client, before = staff(kind), rows()
    people = list(Assessment.objects.order_by("pk").values_list())
    statuses = set()

    for _, _, path in pages_of(draft):
        statuses.add(client.post(path, {"notes": "Mine.", "post": "yes"}).status_code)

    assert statuses <= {200, 302, 403, 405}
    assert rows() == before
    assert list(Assessment.objects.order_by("pk").values_list()) == people
    assert LogEntry.objects.count() == 0
