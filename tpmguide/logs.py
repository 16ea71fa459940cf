"""What no log may hold."""

import re

LOGGERS = ("django.request", "django.server", "django.security.csrf")
TOKEN = re.compile(r"(/shared/)[\w-]{20,}")


def hide_tokens(record):
    """A filter for loggers: the address of a share link appears without its token."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            TOKEN.sub(r"\1...", part) if isinstance(part, str) else part
            for part in record.args
        )
    return True
