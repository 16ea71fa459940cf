"""All writes to practice notes. Whose they are is decided in `access.py`."""

from django.db import transaction
from django.utils import timezone

from assessment.models import PracticeNote

BETWEEN = "\n\n"  # two notes on one question


@transaction.atomic
def save_practice_notes(*, framework_key, notes, owner=None, guest=None):
    """Stores notes of a person or a guest, {question key: text}.

    An empty text deletes the note.
    """
    now = timezone.now()
    emptied = [key for key, text in notes.items() if not text]
    PracticeNote.objects.filter(
        owner=owner,
        guest=guest,
        framework_key=framework_key,
        question_key__in=emptied,
    ).delete()
    holder = "guest" if guest else "owner"
    PracticeNote.objects.bulk_create(
        [
            PracticeNote(
                owner=owner,
                guest=guest,
                framework_key=framework_key,
                question_key=key,
                text=text,
                updated_at=now,
            )
            for key, text in notes.items()
            if text
        ],
        update_conflicts=True,
        unique_fields=[holder, "framework_key", "question_key"],
        update_fields=["text", "updated_at"],
    )


def claim_practice_notes(*, owner, guest):
    """Gives a guest's notes to a person; returns what came, [[pk, text]].

    Where both have written on a question, the guest's text follows the person's.
    """
    mine = {_place(note): note for note in PracticeNote.objects.filter(owner=owner)}
    claimed = []
    for note in PracticeNote.objects.filter(guest=guest):
        own = mine.get(_place(note))
        if own is None:
            own = note
            note.owner, note.guest = owner, None
        elif own.text != note.text:
            own.text += BETWEEN + note.text
        else:
            continue
        own.save()
        claimed.append([own.pk, note.text])
    return claimed


def release_practice_notes(*, owner, guest, claimed):
    """Gives back to a guest what came from one, [[pk, text]], unless it was changed since."""
    notes = PracticeNote.objects.filter(owner=owner).in_bulk([pk for pk, _ in claimed])
    for pk, text in claimed:
        note = notes.get(pk)
        if note is None or not (BETWEEN + note.text).endswith(BETWEEN + text):
            continue
        kept = note.text.removesuffix(text).removesuffix(BETWEEN)
        for holder, left in ({"guest": guest}, text), ({"owner": owner}, kept):
            save_practice_notes(
                framework_key=note.framework_key,
                notes={note.question_key: left},
                **holder,
            )


def _place(note):
    return note.framework_key, note.question_key
