"""What every answer of the app has in common."""

from django.utils.cache import add_never_cache_headers


def keep_private(get_response):
    """Nobody but the visitor may keep a page that was made for a session.

    Visitors without a session see what everybody sees: those pages say nothing.
    """

    def answer(request):
        response = get_response(request)
        if not request.session.is_empty() and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return answer
