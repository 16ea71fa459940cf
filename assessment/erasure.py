"""What was deleted for good, so that no restored backup brings it back.

A row tells the number of what is gone and when it went, nothing else. It is written in the
transaction that deletes, leaves the database with every backup and beside it in between,
and is played back after a restore. See docs/operation.md.
"""

import json
from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from assessment.models import Erased

KEPT_FOR = timedelta(days=400)  # longer than anybody keeps a backup
BATCH = 500

# Numbers may be given anew after a restore: a row that is younger than what was deleted
# under its number is another.
PLAYED_BACK = {
    "auth.User": "date_joined",
    "assessment.Guest": "created_at",
    "assessment.Assessment": "started_at",
    "assessment.ShareLink": "created_at",
    "assessment.Profile": "calendar_since",
}
# Of these, the row stays where it is, and the address that it opened is closed.
CLOSED = {
    "assessment.ShareLink": lambda links, at: links.filter(revoked_at=None).update(
        revoked_at=at
    ),
    "assessment.Profile": lambda profiles, _at: profiles.update(
        calendar_digest="", calendar_since=None
    ),
}


class Gone(Http404):
    """The account, report or plan was deleted at this moment: nothing more is made of it."""


def record_erasure(model, pks):
    """To be called in the transaction that deletes these rows, or closes their address."""
    now, label = timezone.now(), model._meta.label
    if label not in PLAYED_BACK:
        raise ValueError(f"{label} cannot be played back.")
    Erased.objects.bulk_create(
        (Erased(model=label, row=pk, erased_at=now) for pk in pks), batch_size=BATCH
    )


def erasures_as_lines():
    """All of them as text, one JSON list a line."""
    rows = Erased.objects.order_by("pk").values_list("model", "row", "erased_at")
    return "".join(
        json.dumps([model, row, erased_at.isoformat()]) + "\n"
        for model, row, erased_at in rows.iterator()
    )


def read_erasures(text):
    """[(model, row, erased at)] of such lines. Raises ValueError where they are none."""
    read = [json.loads(line) for line in text.splitlines()]
    return [(model, row, datetime.fromisoformat(at)) for model, row, at in read]


@transaction.atomic
def play_back(erasures):
    """Deletes again what was deleted; a second time, nothing. Returns how many rows.

    What the database knows was deleted in it: its number may be another row's by now.
    """
    gone = 0
    known = set(Erased.objects.values_list("model", "row", "erased_at"))
    for label, row, erased_at in sorted({*erasures} - known, key=lambda each: each[2]):
        model = apps.get_model(label)
        same = model.objects.filter(pk=row, **{f"{PLAYED_BACK[label]}__lte": erased_at})
        if label in CLOSED:
            gone += CLOSED[label](same, erased_at)
        elif same.exists():
            same.delete()
            gone += 1
        Erased.objects.create(model=label, row=row, erased_at=erased_at)
    return gone


def forget_old_erasures(*, now):
    Erased.objects.filter(erased_at__lt=now - KEPT_FOR).delete()
