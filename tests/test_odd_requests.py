"""Some hundred of the requests of `make fuzz`, without a server."""

from collections import Counter
from random import Random
from urllib.parse import unquote_to_bytes

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from tests.factories import make_shipped_framework
from tests.house import said
from tools.rig.odd import Visitor, odd_requests
from tools.rig.visitors import routes, visitors
from tpmguide.request import Request

COUNT = 400
APPLICATION = WSGIHandler()
VISITORS = [Visitor("nobody", {}, {})]


@pytest.mark.django_db
def test_no_odd_request_is_our_fault(quick_pdf):
    make_shipped_framework()
    people = visitors(with_forms=False)
    requests = list(odd_requests(Random(7), routes(), people, COUNT))

    answers = [(request, status_of(request)) for request in requests]

    faults = [f"{status}: {request}" for request, status in answers if status >= 500]
    assert not faults, said(faults)
    seen = Counter(status for _, status in answers)
    assert {200, 302, 400, 403, 404, 405} <= seen.keys()  # they get about


def status_of(request):
    """As a server hands it to the app: the path in bytes, the rest as it came."""
    path, _, query = request.target.partition("?")
    headers = {"Host": "testserver"} | request.headers
    if headers["Origin"] == "ours":
        headers["Origin"] = "http://testserver"
    environ = RequestFactory().generic(request.method, "/", request.body).environ
    environ |= {
        "PATH_INFO": unquote_to_bytes(path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": headers.pop("Content-Type", ""),
    }
    environ |= {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
    }
    response = APPLICATION.get_response(Request(environ))
    if response.streaming:
        response.getvalue()
    if getattr(response, "file_to_stream", None):
        response.file_to_stream.close()
    return response.status_code


def test_the_same_seed_gives_the_same_requests():
    def some(seed):
        return [str(each) for each in odd_requests(Random(seed), ["a/"], VISITORS, 20)]

    assert some(1) == some(1) != some(2)
