"""One person without an account, who comes in by the front door and rates."""

import random
import re
from dataclasses import replace

from tools.rig.browser import Away, Browser, form_of, targets_of
from tools.rig.ledger import Ledger, Said

CONFIDENCES = ("low", "medium", "high")
# What HTML, forms and databases may stumble over.
STORY = "Ran the release “Überholung” with 3 teams & <2 outages; wrote it up — 100 %. "


class Gone(Exception):
    """Where the cards were there are none: the assessment is lost, or nobody is there."""


class Guest:
    """Rates card by card: a value, how sure, a note; then the next page, and again.

    `pause` is (least, most) seconds between two changes, `limit` the most saves.
    Everything unexpected is in `errors`; what the server said is in `ledger`.
    """

    def __init__(self, port, number, pause, limit):
        self.browser = Browser(port)
        self.number = number
        self.random = random.Random(number)
        self.pause = pause
        self.limit = limit
        self.ledger = Ledger()
        self.errors = []
        self.page = None  # the form of the page of a skill group
        self.unsaved = None  # the change that has no answer yet
        self.serial = 0

    def arrive(self):
        """From the first page to the first rating card."""
        self._open("/")
        _, text = self._open("/assess/")
        _, text = self._open(self.random.choice(targets_of(text)))
        start = form_of(text, "/assess/begin/")
        self._look(self._open(start.action, start.fields))

    def rate(self, stop):
        """Changes cards until the event `stop`, the limit, or until the server is away.

        Goes on with the change that had no answer, as the page does.
        """
        try:
            while not stop.is_set() and self.ledger.attempts < self.limit:
                for change in self._changes():
                    if stop.wait(self.random.uniform(*self.pause)):
                        return
                    self._save(*change)
                if not stop.is_set():
                    self._go_on()
        except Away as away:
            if not stop.is_set():
                self.errors.append(str(away))
        except Gone as gone:
            self.errors.append(str(gone))
        finally:
            self.browser.close()

    def _changes(self):
        """Three changes of each card of this page, as (address, skill, what to say)."""
        if self.unsaved:
            yield self.unsaved
        for address in self.page.saves:
            skill = address.rstrip("/").rpartition("/")[2]
            yield address, skill, {"value": self._other(range(6), skill, "value")}
            sure = self._other(CONFIDENCES, skill, "confidence")
            yield address, skill, {"confidence": sure}
            self.serial += 1
            note = f"Note {self.serial} of guest {self.number}. "
            note += STORY * self.random.randint(1, 6)
            yield address, skill, {"note": note.strip()}

    def _other(self, choices, skill, name):
        now = self.page.fields.get(f"{skill}-{name}")
        return self.random.choice([each for each in choices if str(each) != now])

    def _save(self, address, skill, said):
        fields = self.page.fields
        fields |= {f"{skill}-{name}": str(text) for name, text in said.items()}
        card = address.split("/")[2], skill
        self.ledger.attempted(card, said_in(fields, skill))
        self.unsaved = address, skill, said
        status, text = self.browser.save(address, fields)
        self.unsaved = None
        revision = revision_in(text, skill)
        if status == 200 and revision is not None:
            self.ledger.acknowledged(card, revision)
            fields[f"{skill}-revision"] = str(revision)
        else:
            self.errors.append(f"{address} answers {status}: {text[:200]}")
            self._look(self._open(self.page.action))

    def _go_on(self):
        """ "Save and continue", and from the review back to the first page."""
        path, text = self._open(self.page.action, self.page.fields)
        if path.endswith("/review/"):
            groups = re.findall(r'"(/assess/[^"]+/rate/[^"]+/)', text)
            path, text = self._open(groups[0])
        self._look((path, text))

    def _look(self, page):
        path, text = page
        form = form_of(text, path)
        if form is None or not form.saves:
            raise Gone(f"{path} shows no cards. {self.errors} {text[:500]}")
        self.page = form

    def _open(self, path, fields=None):
        status, path, text = self.browser.open(path, fields)
        if status != 200:
            self.errors.append(f"{path} answers {status}: {text[:200]}")
        return path, text


def said_in(fields, skill):
    """What the fields of a page say of a skill."""
    value = fields.get(f"{skill}-value")
    return replace(
        Said(),
        value=int(value) if value else None,
        confidence=fields[f"{skill}-confidence"],
        note=fields[f"{skill}-note"],
    )


def revision_in(text, skill):
    """The revision that "saved" hands back, or None where the answer says no such thing."""
    found = re.search(rf'name="{re.escape(skill)}-revision" value="(\d+)"', text)
    return int(found[1]) if found else None
