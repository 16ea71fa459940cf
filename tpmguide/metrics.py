"""What is counted of a process and of what waits, for Prometheus.

A label holds the name of an address, a status or a reason, and nothing that a visitor sent:
so nothing personal, and no more series than the app has addresses. All processes of one
server count together where `PROMETHEUS_MULTIPROC_DIR` names a folder, as `tools/serve` sees
to: whichever of them is asked, tells the sum.
"""

import os
from http import HTTPStatus

import prometheus_client
from prometheus_client import Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tpmguide.readiness import CHECKS, load_waiting_mail

CONTENT_TYPE = prometheus_client.CONTENT_TYPE_LATEST
NO_VIEW = "none"  # refused before an address was looked up, or no such address
REASONS = {
    400: "unreadable",
    403: "forbidden",
    413: "too_large",
    429: "too_many",
    503: "unavailable",
}

ANSWERS = Counter(
    "tpmguide_answers", "Answers by the name of the address.", ["view", "status"]
)
SECONDS = Histogram(
    "tpmguide_answer_seconds",
    "How long an answer took.",
    ["view"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REFUSALS = Counter(
    "tpmguide_refusals", "Answers that refuse, by the reason.", ["reason"]
)


def count_answer(request, status, seconds):
    """Counts what a view answered or a middleware refused; static files are not counted."""
    match = request.resolver_match
    if match is None and status < HTTPStatus.BAD_REQUEST:
        return
    view = match.view_name if match else NO_VIEW
    ANSWERS.labels(view, status).inc()
    SECONDS.labels(view).observe(seconds)
    if status in REASONS:
        REFUSALS.labels(REASONS[status]).inc()


class Now(Collector):
    """What is asked when somebody looks: the same checks as at /readyz, and the mail."""

    def collect(self):
        ready = GaugeMetricFamily(
            "tpmguide_ready",
            "1 where a check of /readyz holds, else 0.",
            labels=["check"],
        )
        for name, check in CHECKS.items():
            ready.add_metric([name], not check())
        yield ready
        if (mail := load_waiting_mail()) is not None:
            yield GaugeMetricFamily("tpmguide_mails_waiting", "Mails.", mail.count)
            yield GaugeMetricFamily(
                "tpmguide_oldest_mail_seconds", "Since it was written.", mail.seconds
            )


def latest():
    """All of it, as bytes in the text format."""
    now = prometheus_client.CollectorRegistry()
    now.register(Now())
    counted = prometheus_client.REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = prometheus_client.CollectorRegistry()
        MultiProcessCollector(counted)
    return prometheus_client.generate_latest(
        counted
    ) + prometheus_client.generate_latest(now)
