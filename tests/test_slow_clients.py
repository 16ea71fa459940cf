"""Half-sent requests stop nobody: some at the bare server, hundreds behind the proxy."""

from statistics import median

import pytest

from tests.test_proxy import needs_nginx
from tools.rig.proxy import proxy
from tools.rig.server import installation
from tools.rig.slow import half_sent, quick

pytestmark = pytest.mark.rig
GOOD = 15
QUICK = 0.5  # seconds


@pytest.fixture(scope="module")
def server():
    """The production start with one process, and as many threads as one has."""
    with installation() as (server, _database):
        server.environment["WORKERS"] = "1"
        server.start()
        yield server


def test_twenty_half_sent_forms_do_not_stop_the_bare_server(server):
    with half_sent(server.port, 20):
        answered = quick(server.port, GOOD, patience=10)

    assert len(answered) == GOOD
    assert median(answered) <= QUICK


def test_two_hundred_do(server):
    """The control of the next test, and the reason for the proxy."""
    with half_sent(server.port, 200):
        answered = quick(server.port, 3, patience=3)

    assert answered == []
    assert len(quick(server.port, 1, patience=20)) == 1


@needs_nginx
@pytest.mark.parametrize("half", ["head", "body"])
def test_two_hundred_behind_the_proxy_do_not(server, half):
    with (
        proxy(server.port) as front,
        half_sent(front.port, 200, half, tls=front.tls),
    ):
        answered = quick(front.port, GOOD, patience=10, tls=front.tls)

    assert len(answered) == GOOD
    assert median(answered) <= QUICK
