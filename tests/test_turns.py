"""Slow senders wait in the server's threads; whole requests get a turn each."""

import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from tpmguide.turns import LARGEST, in_turn


class Sender:
    """A body of which `arrives` comes, and only when the sender lets go."""

    def __init__(self, arrives):
        self.arrives = arrives
        self.lets_go = threading.Event()

    def read(self, size):
        self.lets_go.wait(10)
        return self.arrives[:size]


def ask(application, body=b"", length=None, sender=None):
    """(status, body) of an answer."""
    said = []
    environ = {
        "CONTENT_LENGTH": str(len(body)) if length is None else length,
        "wsgi.input": sender or BytesIO(body),
    }
    answer = application(environ, lambda status, headers: said.append(status))
    return said[0], b"".join(answer)


def echo(environ, start_response):
    start_response("200 OK", [])
    return [b"got ", environ["wsgi.input"].read()]


@pytest.mark.parametrize("length", [None, "", "five"])
def test_a_whole_request_is_answered(length):
    body = b"a=1" if length is None else b""

    assert ask(in_turn(echo), body, length) == ("200 OK", b"got " + body)


def test_many_who_send_half_take_nobodys_turn():
    application = in_turn(echo, at_once=1)
    senders = [Sender(b"a=1") for _ in range(8)]

    with ThreadPoolExecutor(8) as threads:
        slow = [threads.submit(ask, application, b"a=1", sender=s) for s in senders]
        quick = ask(application, b"b=2")
        done_before = [each.done() for each in slow]
        for sender in senders:
            sender.lets_go.set()

    assert quick == ("200 OK", b"got b=2")
    assert done_before == [False] * 8
    assert {each.result() for each in slow} == {("200 OK", b"got a=1")}


def test_no_more_than_that_many_work_at_once():
    meeting = threading.Barrier(3)

    def meet(environ, start_response):
        meeting.wait(0.5)
        start_response("200 OK", [])
        return [b""]

    def three_ask(at_once):
        meeting.reset()
        application = in_turn(meet, at_once)
        with ThreadPoolExecutor(3) as threads:
            return [threads.submit(ask, application) for _ in range(3)]

    assert {each.result() for each in three_ask(at_once=3)} == {("200 OK", b"")}
    met = [each.exception() for each in three_ask(at_once=2)]
    assert {type(error) for error in met} == {threading.BrokenBarrierError}


def test_a_request_that_broke_off_does_not_reach_the_app():
    status, text = ask(in_turn(echo), b"a=1", length="100")

    assert status == "400 Bad Request"
    assert text == b"The request broke off. Please send it again.\n"


def test_what_is_too_large_is_not_waited_for():
    sender = Sender(b"")

    def refuse(environ, start_response):
        start_response("413 Content Too Large", [])
        return [b""]

    answer = ask(in_turn(refuse), length=str(LARGEST + 1), sender=sender)

    assert answer == ("413 Content Too Large", b"")


def test_an_answer_is_closed_by_the_thread_that_made_it():
    threads = []

    class Answer(list):
        def close(self):
            threads.append(threading.current_thread().name)

    def make(environ, start_response):
        threads.append(threading.current_thread().name)
        start_response("200 OK", [])
        return Answer([b"whole"])

    assert ask(in_turn(make)) == ("200 OK", b"whole")
    assert len(threads) == 2
    assert len(set(threads)) == 1
