"""What every page with a form does: it takes what was sent, and says where that is wrong."""

from django.shortcuts import render

UNPROCESSABLE = 422


def sent(request):
    """What a form is bound to; None for who only looks."""
    return request.POST if request.method == "POST" else None


def form_page(request, template, context):
    """The page of the `form` in a context, if there is one; 422 where it has errors."""
    form = context["form"]
    status = UNPROCESSABLE if form and form.errors else 200
    return render(request, template, context, status=status)
