"""Clients that send half a request and wait, and what a quick one meets meanwhile."""

import contextlib
import http.client
import socket
import time

HEAD = (
    b"POST /assess/begin/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n"
)
HALVES = {"head": HEAD, "body": HEAD + b"\r\na"}
SEVERAL = ("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5")


@contextlib.contextmanager
def half_sent(port, count, half="body", sources=SEVERAL, tls=None):
    """That many requests of which no more comes, from several addresses in turn."""
    with contextlib.ExitStack() as open_until_the_end:
        for number in range(count):
            client = socket.create_connection(
                ("127.0.0.1", port),
                timeout=10,
                source_address=(sources[number % len(sources)], 0),
            )
            if tls:
                client = tls.wrap_socket(client)
            open_until_the_end.enter_context(client)
            client.sendall(HALVES[half])
        time.sleep(0.5)  # until all of it has arrived
        yield


def quick(port, count, patience, tls=None):
    """Seconds of each of `count` requests for the first page, of those answered 200."""
    answered = []
    for _ in range(count):
        if tls:
            connection = http.client.HTTPSConnection(
                "127.0.0.1", port, timeout=patience, context=tls
            )
        else:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        begun = time.perf_counter()
        with contextlib.closing(connection), contextlib.suppress(OSError):
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                answered.append(time.perf_counter() - begun)
    return answered
