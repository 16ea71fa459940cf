"""What browsers and proxies between us and the reader may keep of a public page."""

from functools import wraps

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.cache import patch_vary_headers

KEPT_BY_ALL = "public, max-age=60, must-revalidate"  # a new version is seen in a minute
KEPT_BY_ONE = (
    "private, no-cache"  # asked for again each time: its header names a person
)


def for_everybody(view):
    """Lets a view's page be kept: by everybody, or by the one whom its header names.

    A page that says more of its reader than its header says so in a Cache-Control of its
    own, which stays. Answers carry `Vary: Cookie`; ConditionalGetMiddleware adds the ETag.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        known = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
        kept = KEPT_BY_ONE if known & set(request.COOKIES) else KEPT_BY_ALL
        response.headers.setdefault("Cache-Control", kept)
        return response

    return page
