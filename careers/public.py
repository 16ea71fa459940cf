"""What browsers and proxies between us and the reader may keep of a public page."""

from functools import wraps

from django.conf import settings
from django.utils.cache import patch_vary_headers

KEPT_BY_ALL = "public, max-age=60, must-revalidate"  # a new version is seen in a minute
KEPT_BY_ONE = (
    "private, no-cache"  # asked for again each time: it may say more of its reader
)


def for_everybody(view):
    """Lets a view's page be kept: by everybody, or by the one whom its cookies name.

    Any cookie but the CSRF token and the time zone may change what the header says. A page that says more of
    its reader says so in a Cache-Control of its own, which stays. Answers carry `Vary: Cookie`; ConditionalGetMiddleware adds the ETag.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        plain = {settings.CSRF_COOKIE_NAME, settings.ZONE_COOKIE_NAME}
        known = request.COOKIES.keys() - plain
        kept = KEPT_BY_ONE if known else KEPT_BY_ALL
        response.headers.setdefault("Cache-Control", kept)
        return response

    return page
