"""A request whose type of content may be anything."""

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest


class Request(WSGIRequest):
    """Reads the header Content-Type without stumbling over it.

    Django reads it, and by its charset the query string, while the request is made: what
    is raised there is answered by no middleware and no page of ours.
    """

    def _set_content_type_params(self, meta):
        try:
            super()._set_content_type_params(meta)
        except (LookupError, ValueError, SuspiciousOperation):
            self.content_type, self.content_params, self._encoding = "", {}, None
