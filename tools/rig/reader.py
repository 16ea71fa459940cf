"""One person with a report, who fetches its PDF again and again."""

from tools.rig.browser import Away, Browser, form_of, targets_of

SOON = 1  # seconds after "try again in some seconds": nobody waits for as long as told
WORDS = "Led the release with three teams, wrote down what went wrong, and changed it. "


class Reader:
    """Renames the report before each PDF, so that none is of the page of before.

    `made` counts the PDFs, `refused` the answers that say "try again", `errors` the rest.
    """

    def __init__(self, port, number):
        self.browser = Browser(port)
        self.number = number
        self.made = self.refused = 0
        self.errors = []

    def arrive(self):
        """From the first page to a submitted report."""
        _, _, text = self.browser.open("/assess/")
        _, _, text = self.browser.open(targets_of(text)[-2])
        path = "/assess/begin/"
        fields = form_of(text, path).fields
        while not path.endswith("/review/"):
            _, path, text = self.browser.open(path, fields)
            form = form_of(text, path)
            fields = answered(form) if form else {}
        submit = form_of(text, "/submit/")
        _, self.report, _ = self.browser.open(submit.action, submit.fields)
        self.browser.close()  # the server would, while the others rate alone

    def read(self, stop):
        """Fetches a new PDF after the other until the event `stop`."""
        try:
            while not stop.is_set():
                self._rename()
                while not self._has_pdf() and not stop.wait(SOON):
                    pass
        except Away as away:
            self.errors.append(str(away))
        finally:
            self.browser.close()

    def _rename(self):
        path = f"{self.report.replace('/reports/', '/assess/')}label/"
        _, _, text = self.browser.open(path)
        form = form_of(text, path)
        label = f"Name {self.made} of reader {self.number}"
        self.browser.open(path, form.fields | {"label": label})

    def _has_pdf(self):
        status, text = self.browser.fetch(f"{self.report}report.pdf")
        if status == 429:
            self.refused += 1
            return False
        if status == 200 and text.startswith("%PDF-"):
            self.made += 1
        else:
            self.errors.append(f"{self.report} answers {status}: {text[:200]}")
        return True


def answered(form):
    """The fields of a page of cards with an answer and a note on each."""
    answers = {name: "3" for name in form.choices if name.endswith("-value")}
    notes = {name: WORDS * 5 for name in form.fields if name.endswith("-note")}
    return form.fields | answers | notes
