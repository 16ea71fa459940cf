"""All that is kept of people, as rows.

Written by `assessment.actions`, `sharing`, `practice`, `plans` and `guests` only.
"""

from assessment.models.assessment import (
    NOTE_LENGTH,
    REASON_LENGTH,
    Assessment,
    Rating,
    ReportPdf,
)
from assessment.models.people import (
    EDUCATION_LENGTH,
    LABEL_LENGTH,
    OWNER_XOR_GUEST,
    STAMP_EVERY,
    Download,
    Erased,
    Guest,
    Profile,
    digest_of,
    new_token,
)
from assessment.models.plan import (
    ASKS_LENGTH,
    EARLIEST,
    LINE_LENGTH,
    PIECE_LENGTH,
    TITLE_LENGTH,
    JournalEntry,
    Plan,
    PlanItem,
    PracticeNote,
)
from assessment.models.sharing import ShareGrant, ShareLink
