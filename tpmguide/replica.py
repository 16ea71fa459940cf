"""Which database answers: a copy that follows the first one, or the first one itself.

A copy may be a moment behind. That matters to nobody on a public page, and to everybody who
has just saved: so what a public page reads of a framework or of the guide comes from the
copy, and all else from the first one, also what such a page says of its reader.
"""

from contextvars import ContextVar

REPLICA = "replica"
on_public_page = ContextVar("on_public_page", default=False)


def read_from_replica(get_response):
    """Middleware: marks what is done for a public page."""

    def answer(request):
        try:
            return get_response(request)
        finally:
            on_public_page.set(False)

    def process_view(request, view, args, kwargs):
        on_public_page.set(getattr(view, "is_for_everybody", False))

    answer.process_view = process_view
    return answer


class Router:
    def db_for_read(self, model, **hints):
        is_public = model._meta.app_label == "careers" and on_public_page.get()
        return REPLICA if is_public else None

    def allow_relation(self, first, second, **hints):
        return True  # two names of the same rows

    def allow_migrate(self, db, app_label, **hints):
        return False if db == REPLICA else None
