"""What the owner of a report sees of its share links, and what their readers see of it."""

from dataclasses import dataclass, replace

from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone

from assessment.measuring import answers_of

MOST_LINES = 30  # more than can be live; of those that ended, the newest


# For the owner
# ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LinkLine:
    label: str
    state: str
    is_live: bool
    facts: str
    revoke_url: str


def link_lines(assessment):
    """The share links of a report: the live ones first, then the newest; one query."""
    links = assessment.share_links.live_first()[:MOST_LINES]
    return [_line(assessment, link) for link in links]


def _line(assessment, link):
    return LinkLine(
        label=link.label,
        state=link.State(link.state).label,
        is_live=link.state == link.State.LIVE,
        facts=" ".join((_dates(link), _opened(link), _shows(link))),
        revoke_url=reverse("assessment:revoke", args=[assessment.uid, link.uid]),
    )


def _dates(link):
    made = f"Made {_day(link.created_at)}"
    if link.state == link.State.REVOKED:
        return f"{made}, revoked {_day(link.revoked_at)}."
    if link.state == link.State.EXPIRED:
        return f"{made}, expired {_day(link.expires_at)}."
    return f"{made}, expires {_day(link.expires_at)}."


def _opened(link):
    if link.last_opened_at is None:
        return "Never opened."
    return f"Last opened {_day(link.last_opened_at, 'j F Y, H:i')}."


def _shows(link):
    notes = "Includes your notes" if link.includes_notes else "Without your notes"
    name = f"under the name {link.shown_name}" if link.shown_name else "without a name"
    return f"{notes}, {name}."


def _day(moment, form="j F Y"):
    return date(timezone.localtime(moment), form)


# For readers
# ------------------------------------------------------------------------------------


def shared_answers(link):
    """The answers of a live link's report, without what the link does not include.

    Without notes their evidence still counts for the likely range, as for the owner.
    """
    answers = answers_of(link.assessment)
    if link.includes_notes:
        return answers
    return {key: replace(said, reason="") for key, said in answers.items()}
