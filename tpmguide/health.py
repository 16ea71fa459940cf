"""What a load balancer asks."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request):
    """The process answers. The database is not asked: restarting us would not mend it."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
