"""`make cost`: processor time of every kind of page, as multiples of a bare Django page.

All are asked for in turns, in one process, without DEBUG, each beside a bare page of
`tools.bare_page`, from a scratch database with the shipped framework and guide, the
made-up person of `seed_demo` with a plan and a journal, and a person with 500 reports.
Ends with 1 where a promise of docs/reliability.md is broken.
"""

import gzip
import logging
import os
import sys
import tempfile
import time
from collections import defaultdict
from functools import partial
from importlib import import_module
from io import BytesIO, StringIO
from itertools import count
from statistics import median
from urllib.parse import urlencode

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection, transaction
from django.template.loader_tags import IncludeNode
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tools.rig.crowd import say

PUBLIC, PERSONAL, MATRIX, SAVE = 1.2, 1.8, 6.0, 1.0  # times the bare page
WHOLE = 9  # times one page of the form read, kept, and a report
QUERIES, HTML_KB = 5, 15
MANY = 500  # reports of one person
SAME = 1.1  # as many times as with three a dashboard may cost with MANY
LEAST, ROUNDS, BATCH = 5, 12, 5
# Where a call goes beyond a piece of its stack, Python 3.11 asks the system for 16 KB, and
# gives them back when it returns. A page whose commonest call is the one costs twice as
# much, by luck: so each round begins some calls deeper, through a whole piece in ROUNDS.
DEEPER = 14
LONGEST = 100  # seconds that the rounds may take, on a machine that does much else
WHOLE_ROUNDS = 5  # each begins an assessment, of which a person has 20 an hour
BARE = "/bare/"
TOKEN = "a" * 32  # against forgery: what the cookie and the header must share
OF_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def main():
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        good = measure()
        connection.close()
    sys.exit(not good)


def prepare(folder):
    """A scratch installation, set as in production but for https, with the demo's data."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tpmguide.settings",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "SECRET_KEY": "only for this measurement, and of some length, to be accepted",
        "DEBUG": "false",
        "HTTPS": "false",
        "STAFF_SECOND_STEP": "false",
        "ALLOWED_HOSTS": "testserver",
        "STATIC_ROOT": f"{folder}/static",
        "EMAIL_URL": "smtp://mail.invalid",
    }
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("import_framework", publish=True, if_none=True, stdout=StringIO())
    call_command("import_guide", if_none=True, stdout=StringIO())
    call_command("seed_demo", stdout=StringIO())
    import_module("tpmguide.wsgi")  # as a server begins
    # A line for each request is a part of what it costs; to read it is not.
    for handler in logging.getLogger().handlers:
        handler.setStream(open(os.devnull, "w"))  # noqa: SIM115 - as long as we run


def measure():
    """Prints what each page costs; whether the promises hold."""
    settings.ROOT_URLCONF = "tools.bare_page"
    person = get_user_model().objects.get()
    client = signed_in(person)
    pages = pages_of(person, client)
    save, (whole, one_form) = saver(client, person), whole_of(client, person)
    report = reverse("assessment:report", args=[newest(person).uid])
    own = asker(client)
    parts = Parts(lambda: own(report))
    settings.MIDDLEWARE = import_module("tools.bare_page").MIDDLEWARE
    ask_bare = asker(client)

    def bare():
        ask_bare(BARE)

    asked = {name: ask for name, (_, ask) in pages.items()} | {"a save": save}
    queries = {name: queries_of(ask) for name, ask in asked.items()}
    times = beside(bare, asked)
    good = told(times, pages, queries)
    size = len(gzip.compress(own(report), 6)) / 1024
    say(f"\nThe report has {size:.1f} KB of HTML, compressed (at most {HTML_KB}).")
    say(f"Of it, in times of the bare page: {parts.largest(bare)}.")
    forms = [processor(whole) / processor(one_form) for _ in range(WHOLE_ROUNDS)]
    say(
        f"A whole assessment costs {median(forms):.1f} times one page of the form, kept, "
        f"and the report (at most {WHOLE})."
    )
    return good and size <= HTML_KB and median(forms) <= WHOLE


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def newest(person):
    return person.assessments.exclude(submitted_at=None).latest("submitted_at")


# What is asked
# ------------------------------------------------------------------------------------


def pages_of(person, client):
    """{name: (how many times the bare page it may cost, function that asks)}."""
    done, framework = newest(person), apps.get_model("careers.Framework")
    level, skill = done.target.key, done.framework.skills.first().key
    before = person.assessments.earliest("submitted_at")
    of_done, draft = [done.uid], begun(client, person, level)
    group = draft.framework.groups.first().key
    client.post(
        reverse("assessment:propose", args=of_done),
        {"hours_a_week": 4, "soonest": "on"},
    )
    for day in range(10):
        text = f"What came of it on day {day}"
        client.post(reverse("assessment:journal"), {"text": text})
    client.get(reverse("assessment:journal"))  # what was said of it is read
    admin = get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    ladder = import_module("careers.publishing").start_draft(
        framework=framework.objects.get(status="published")
    )
    own, stranger = asker(client), asker(Client())
    many, keeper = asker(signed_in(with_many(done))), asker(signed_in(admin))

    def page(ask, most, name, *args):
        address = reverse(name, args=args)
        return most, lambda: ask(address)

    def personal(name, *args):
        return page(own, PERSONAL, f"assessment:{name}", *args)

    return {
        "home": page(stranger, PUBLIC, "assessment:home"),
        "the ladder": page(stranger, PUBLIC, "careers:ladder"),
        "a level": page(stranger, PUBLIC, "careers:level", level),
        "a skill": page(stranger, PUBLIC, "careers:skill", skill),
        "a page of the guide": page(stranger, PUBLIC, "careers:role"),
        "the ladder, signed in": page(own, PERSONAL, "careers:ladder"),
        "a level, signed in": page(own, PERSONAL, "careers:level", level),
        "home, of who returns": personal("home"),
        "start": personal("start"),
        "a page of the rating": personal("rate", draft.uid, group),
        "review": personal("review", draft.uid),
        "report": personal("report", *of_done),
        "what if": personal("what_if", *of_done),
        "fit": personal("fit", *of_done),
        "then and now": personal("then", *of_done, before.uid),
        "two targets": personal("compare", *of_done),
        "interview": personal("interview", *of_done),
        "progress": personal("progress"),
        "a proposal": personal("propose", *of_done),
        "plan": personal("plan"),
        "journal": personal("journal"),
        "promotion case": personal("case", *of_done),
        "my data": personal("me"),
        THREE_REPORTS: personal("dashboard"),
        MANY_REPORTS: page(many, PERSONAL, "assessment:dashboard"),
        "the matrix": page(keeper, MATRIX, "admin:careers_framework_matrix", ladder.pk),
    }


THREE_REPORTS, MANY_REPORTS = "3 reports", f"{MANY} reports"


def with_many(report):
    """Somebody with MANY reports, all like this one."""
    person = get_user_model().objects.create_user("many", "many@example.org", "x")
    ratings = list(report.ratings.all())
    uid = type(report)._meta.get_field("uid").get_default
    with transaction.atomic():  # one wait for the disk, and not a thousand
        for _ in range(MANY):
            report.pk, report.uid, report.owner = None, uid(), person
            report._state.adding = True
            report.save()
            for rating in ratings:
                rating.pk, rating.assessment = None, report
            type(ratings[0]).objects.bulk_create(ratings)
    return person


def begun(client, person, target):
    """A draft of this person for a target."""
    client.post(reverse("assessment:begin"), {"target": target})
    return person.assessments.latest("pk")


def saver(client, person):
    """Changes one answer after the other of a draft, as the rating page does."""
    draft = person.assessments.latest("pk")
    keys = list(draft.framework.skills.values_list("key", flat=True))
    post, turns = asker(client, "POST"), count()

    def save():
        revision, place = divmod(next(turns), len(keys))
        said = fields(keys[place], revision % 2 + 1, revision)
        post(reverse("assessment:save", args=[draft.uid, keys[place]]), said)

    return save


def fields(key, value, revision):
    return {
        f"{key}-value": value,
        f"{key}-confidence": "medium",
        f"{key}-revision": revision,
    }


def whole_of(client, person):
    """(all requests of a whole assessment, those of one page of its form and a report)."""
    get, post, turns = asker(client), asker(client, "POST"), count()
    draft = person.assessments.latest("pk")
    levels = draft.framework.levels.exclude(pk=draft.target_id)
    target, other = levels.values_list("key", flat=True)[:2]
    form = begun(client, person, other)
    groups = {
        group.key: list(group.skills.values_list("key", flat=True))
        for group in draft.framework.groups.all()
    }
    report = reverse("assessment:report", args=[newest(person).uid])

    def page(uid, group, value, revision):
        """Reads a page of the form; what to send there."""
        address = reverse("assessment:rate", args=[uid, group])
        get(address)
        said = [fields(key, value, revision) for key in groups[group]]
        return address, {name: each[name] for each in said for name in each}

    def whole():
        get(reverse("assessment:start"))
        post(reverse("assessment:begin"), {"target": target})
        uid = person.assessments.latest("pk").uid
        for group, keys in groups.items():
            kept = page(uid, group, 3, 1)
            for key in keys:
                save = reverse("assessment:save", args=[uid, key])
                post(save, fields(key, 3, 0))
            post(*kept)
        get(reverse("assessment:review", args=[uid]))
        post(reverse("assessment:submit", args=[uid]))
        get(reverse("assessment:report", args=[uid]))

    def one_form():
        turn = next(turns)
        post(*page(form.uid, next(iter(groups)), 3 + turn % 2, turn))
        get(report)

    return whole, one_form


def asker(client, method="GET"):
    """Asks a server of its own, made of the settings of now, signed in like `client`."""
    handler = WSGIHandler()
    cookies = "; ".join(f"{key}={each.value}" for key, each in client.cookies.items())
    cookies = cookies and f"{cookies}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def ask(address, said=()):
        body = urlencode(said)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_COOKIE": cookies,
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_X_CSRFTOKEN": TOKEN,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body.encode()),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        status = []
        response = handler(environ, lambda said, headers: status.append(said))
        content = b"".join(response)
        response.close()
        if status not in (["200 OK"], ["302 Found"]):
            raise RuntimeError(f"{address} answered {status}.")
        return content

    return ask


# What it costs
# ------------------------------------------------------------------------------------


def processor(work, times=1):
    """Processor seconds."""
    before = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - before


def beside(bare, asked):
    """{name: times of the bare page}: a few of each, and a few bare pages, in turns."""
    times, patience = defaultdict(list), LONGEST / len(asked)
    for name, ask in asked.items():
        end = time.monotonic() + patience
        while len(times[name]) < LEAST or (
            len(times[name]) < ROUNDS and time.monotonic() < end
        ):
            depth = DEEPER * len(times[name])
            times[name].append(below(depth, partial(ratio, ask, bare)))
    return {name: median(each) for name, each in times.items()}


def ratio(ask, bare):
    return processor(ask, BATCH) / processor(bare, BATCH)


def below(calls, work):
    """What the work returns, done so many calls deep."""
    return below(calls - 1, work) if calls else work()


def queries_of(ask):
    """How many queries an answer takes, when all that is kept is there."""
    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    return sum(not each["sql"].startswith(OF_TRANSACTIONS) for each in queries)


def told(times, pages, queries):
    """Prints a line for each; whether the promises hold."""
    say("| | times the bare page | at most | queries |\n|---|---|---|---|")
    good = True
    for name, spent in times.items():
        most = SAVE if name not in pages else pages[name][0]
        kept = round(spent, 2) <= most and (most == MATRIX or queries[name] <= QUERIES)
        good = good and kept
        say(
            f"| {name} | {spent:.2f} | {most} | {queries[name]} |"
            f"{'' if kept else ' BROKEN'}"
        )
    more = times[MANY_REPORTS] / times[THREE_REPORTS]
    say(f"\n{MANY} reports are listed in {more:.2f} times the time of 3.")
    return good


class Parts:
    """Where the time of a page goes: its queries and scoring, its partials, the rest."""

    def __init__(self, ask):
        self.ask, self.spent, self.inner = ask, defaultdict(float), [0.0]

    def largest(self, bare, rounds=20, most=5):
        """The largest parts in words, in times of the bare page; each without its parts."""
        views = import_module("assessment.views.report")
        render = IncludeNode.render
        found, whole = [], []
        for name in ("load_report", "render"):
            setattr(views, name, self.timed(getattr(views, name), lambda *_, n=name: n))
        views.access._found_or_404 = self.timed(
            views.access._found_or_404, lambda *_: "finding it"
        )
        IncludeNode.render = self.timed(render, lambda node, _: node.template.var)
        for _ in range(rounds):
            self.spent.clear()
            whole.append(processor(bare))
            self.spent["all but the view"] = processor(self.ask) - self.inner.pop()
            self.inner = [0.0]
            found.append(dict(self.spent))
        once = median(whole)
        parts = {name: median(each[name] for each in found) / once for name in found[0]}
        largest = sorted(parts.items(), key=lambda part: -part[1])[:most]
        return ", ".join(f"{name} {spent:.2f}" for name, spent in largest)

    def timed(self, function, name_of):
        def timed(*args, **kwargs):
            before = time.process_time()
            self.inner.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                spent = time.process_time() - before
                self.spent[name_of(*args)] += spent - self.inner.pop()
                self.inner[-1] += spent

        return timed


if __name__ == "__main__":
    main()
