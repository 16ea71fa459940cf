"""What may not be done too often."""

from functools import wraps

from django.shortcuts import render
from django.urls import reverse

from assessment import guests

AN_HOUR = 3600  # seconds; what the limits on beginning count


def begins_seldom(view):
    """Refuses whoever begins more assessments an hour than anybody rates."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if guests.may_begin(request):
            return view(request, *args, **kwargs)
        context = {"path": reverse("assessment:start"), "assessments": True}
        response = render(request, "429.html", context, status=429)
        response.headers["Retry-After"] = AN_HOUR
        return response

    return answer
