"""How many requests one process works on at a time, and from when on."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

AT_ONCE = 4  # more would only wait for the processor, and for SQLite's one writer
LARGEST = 3 * 1024 * 1024  # bytes of a body that is waited for; the app refuses more


def in_turn(application, at_once=AT_ONCE):
    """The WSGI application, with a few threads of its own: first come, first served.

    The server has many more threads. They wait for clients that send slowly, and hand a
    request over when all of it is here; so nobody's slowness takes anybody's turn, and
    no more database connections are held than there are threads at work. The bodies that
    wait are bounded by the threads of the server: 64 of LARGEST are 192 MB, which only a
    server without a proxy in front of it can be made to hold.
    """
    workers = ThreadPoolExecutor(at_once, thread_name_prefix="turn")

    def work(environ, start_response):
        response = application(environ, start_response)
        try:
            return [b"".join(response)]
        finally:
            if hasattr(response, "close"):
                response.close()

    def answer(environ, start_response):
        length = announced(environ)
        if length <= LARGEST:
            body = environ["wsgi.input"].read(length)
            if len(body) < length:
                start_response("400 Bad Request", [("Content-Type", "text/plain")])
                return [b"The request broke off. Please send it again.\n"]
            environ["wsgi.input"] = BytesIO(body)
        return workers.submit(work, environ, start_response).result()

    return answer


def announced(environ):
    """The length that the client gave for its body; 0 for none, or none that is a number."""
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
