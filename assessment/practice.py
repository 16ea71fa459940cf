"""All writes to practice notes. Whose they are is decided in `access.py`."""

from django.db import transaction
from django.utils import timezone

from assessment.models import PracticeNote


@transaction.atomic
def keep_practice_notes(*, owner, framework_key, notes):
    """Stores a person's notes, {question key: text}; an empty text deletes the note."""
    now = timezone.now()
    emptied = [key for key, text in notes.items() if not text]
    PracticeNote.objects.filter(
        owner=owner, framework_key=framework_key, question_key__in=emptied
    ).delete()
    PracticeNote.objects.bulk_create(
        [
            PracticeNote(
                owner=owner,
                framework_key=framework_key,
                question_key=key,
                text=text,
                updated_at=now,
            )
            for key, text in notes.items()
            if text
        ],
        update_conflicts=True,
        unique_fields=["owner", "framework_key", "question_key"],
        update_fields=["text", "updated_at"],
    )
