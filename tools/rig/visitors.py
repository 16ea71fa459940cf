"""Visitors for `make fuzz`: made in the database that the settings name, printed as JSON.

Unlike a guest of `make load` they do not come in by the front door: the point is to be
everywhere at once, and to come again when an odd request has thrown them out. The rig
asks for them with `manage.py shell`.
"""

import json
import sys
from dataclasses import asdict
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.test import Client

from careers.store import live_frameworks
from tests.addresses import all_patterns
from tests.factories import make_assessment, make_guest, make_share_link
from tools.rig.browser import forms_of
from tools.rig.odd import Visitor, filled


def visitors(with_forms=True):
    """Nobody, a guest, an owner, and an administrator who owns as well.

    Reading the forms of every page takes some seconds for each.
    """
    return [
        Visitor("nobody", {}, parts_of([])),
        _visitor("guest", None, with_forms),
        _visitor("owner", _person(), with_forms),
        _visitor("admin", _person(is_staff=True, is_superuser=True), with_forms),
    ]


def routes():
    """Every route of the app, and some that lead nowhere."""
    known = [pattern.route for pattern in all_patterns()]
    return [
        *known,
        "nothing/",
        "static/nothing.css",
        "static/css/app.css",
        "<slug:key>",
    ]


def _person(**rights):
    name = f"{uuid4().hex}@example.org"
    return get_user_model().objects.create_user(name, name, **rights)


def _visitor(name, person, with_forms):
    guest, client = (None, Client()) if person else make_guest()
    client.defaults["SERVER_NAME"] = "127.0.0.1"
    client.raise_request_exception = False
    if person:
        client.force_login(person)
    owns = {"owner": person, "guest": guest}
    draft = make_assessment(**owns)
    done = [make_assessment(**owns, submit=True) for _ in range(2)]
    token = make_share_link(done[0])[1] if person else "t" * 43
    client.get(f"/shared/{token}/")
    parts = parts_of([draft, *done], token)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    forms = forms_for(client, parts) if with_forms else {}
    return Visitor(name, cookies, parts, forms)


def parts_of(assessments, token="t" * 43):
    """What the parameters of routes may be, for the framework that is served."""
    framework = live_frameworks().get()
    keys = [
        framework.skills.first().key,
        framework.levels.first().key,
        *framework.levels.filter(career__kind="specialization")[:1].values_list(
            "key", flat=True
        ),
    ]
    uids = [str(each.uid) for each in assessments]
    links = [str(link.uid) for each in assessments for link in each.share_links.all()]
    return {
        "uid": [*uids, *links] or [str(uuid4())],
        "earlier": uids or [str(uuid4())],
        "link": links or [str(uuid4())],
        "token": [token],
        "group": [framework.groups.first().key],
        "skill": [framework.skills.first().key],
        "key": keys,
        "framework_key": [framework.key],
        "pk": [str(framework.pk)],
        "object_id": [str(framework.pk)],
        "app_label": ["careers", "assessment"],
    }


def forms_for(client, parts):
    """{address: fields} of every form on the pages that open with the first of each."""
    forms = {}
    pages = [route for route in routes() if not route.endswith((".pdf", ".css"))]
    for route in pages:
        path = filled(route, lambda name: parts.get(name, ["1"])[0])
        page = client.get(path)
        if page.status_code == 200 and page.headers["Content-Type"].startswith(
            "text/h"
        ):
            for form in forms_of(page.content.decode(), path):
                address = form.action.partition("?")[0]
                if "logout" not in address:
                    forms[address] = form.fields
    return forms


def print_all():
    json.dump([routes(), [asdict(each) for each in visitors()]], sys.stdout)
