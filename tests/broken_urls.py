"""Addresses of an app that breaks, with the handlers of ours."""

from django.http import HttpResponse
from django.urls import include, path

from tpmguide.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def broken(request):
    raise ZeroDivisionError


def remember(request):
    """Writes into the session and nowhere else."""
    request.session["was_here"] = True
    return HttpResponse("Saved")


urlpatterns = [
    path("", broken),
    path("remember/", remember),
    path("", include("tpmguide.urls")),
]
