"""What guests sent, what the server acknowledged, and whether that is what is stored.

Numbers and comparisons only: no network, no database.
"""

import math
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """What a guest says on one rating card."""

    value: int | None = None
    confidence: str = "medium"
    note: str = ""


@dataclass(frozen=True)
class Stored:
    """What the database holds for one card."""

    said: Said
    revision: int


@dataclass
class Entry:
    """One card: the newest acknowledged answer, and what was sent after it in vain."""

    acknowledged: Said | None = None
    revision: int = 0
    pending: list[Said] = field(default_factory=list)


class Ledger:
    """The book of one guest, who alone changes their cards, one after the other.

    A card is named by (uid of the assessment, key of the skill).
    """

    def __init__(self):
        self.entries: dict[tuple[str, str], Entry] = {}
        self.attempts = self.acknowledgements = 0
        self.faults: list[str] = []

    def attempted(self, card, said):
        """Before a save is sent. Sending the same again is the same attempt."""
        entry = self.entries.setdefault(card, Entry())
        self.attempts += 1
        if said not in entry.pending:
            entry.pending.append(said)

    def acknowledged(self, card, revision):
        """After the whole answer "saved" was read; `revision` is what it hands back."""
        entry = self.entries[card]
        self.acknowledgements += 1
        if not entry.revision < revision <= entry.revision + len(entry.pending):
            self.faults.append(
                f"{card}: revision {revision} was acknowledged after {entry.revision}."
            )
        entry.acknowledged, entry.revision = entry.pending[-1], revision
        entry.pending = []


def faults_of(entry, stored):
    """What is wrong with a card: "lost", "differs", or nothing.

    Stored must be what was acknowledged last, or what was sent after it without an
    answer, each with the revision that belongs to it.
    """
    if entry.acknowledged is not None and (
        stored is None or stored.revision < entry.revision
    ):
        return ["lost"]
    if stored is None:
        return []
    if stored == Stored(entry.acknowledged, entry.revision):
        return []
    newer = range(entry.revision + 1, entry.revision + len(entry.pending) + 1)
    as_sent = stored.said in entry.pending and stored.revision in newer
    return [] if as_sent else ["differs"]


@dataclass
class Comparison:
    """Faults in words, and how many cards were compared."""

    cards: int
    lost: list[str]
    differing: list[str]
    never_sent: list[str]

    @property
    def faults(self):
        return [*self.lost, *self.differing, *self.never_sent]

    def __str__(self):
        return (
            f"{self.cards} cards compared: {len(self.lost)} lost, "
            f"{len(self.differing)} differing, {len(self.never_sent)} never sent"
        )


def compare(ledgers, stored):
    """acknowledged ⊆ stored ⊆ attempted, card by card; `stored` is {card: Stored}."""
    entries = {card: e for ledger in ledgers for card, e in ledger.entries.items()}
    found = {"lost": [], "differs": []}
    for card, entry in entries.items():
        for fault in faults_of(entry, stored.get(card)):
            found[fault].append(f"{card} {fault}: {entry} but {stored.get(card)}")
    never_sent = [
        f"{card} was never sent." for card in sorted(set(stored) - set(entries))
    ]
    return Comparison(len(entries), found["lost"], found["differs"], never_sent)


def percentile(values, share):
    """The smallest value that `share` of all do not exceed (nearest rank); None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
