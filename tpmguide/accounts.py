"""What the accounts library asks of the app."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import ConfirmEmailVerificationCodeForm
from allauth.account.views import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.loader import render_to_string

from assessment import guests, open_draft
from tpmguide.logs import events

LONGEST_WAIT = 60  # seconds; no limit that is answered here with 429 counts longer


def display_name(user):
    """People are known by their e-mail address; there are no user names."""
    return user.email


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, by whatever way, keeps what was begun in this browser.

    Signing out leaves nothing behind in it.
    """

    def pre_authenticate(self, request, **credentials):
        """Refuses, on the page itself, who has tried too often."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            events.warning("rate_limited")
            raise

    def login(self, request, user):
        super().login(request, user)
        guests.claim(request, user)

    def logout(self, request):
        super().logout(request)
        guests.forget(request)


class CodeForm(ConfirmEmailVerificationCodeForm):
    """The code of an account that was deleted in the meantime is a wrong one."""

    def clean_code(self):
        code = super().clean_code()
        if self.user is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


def too_many_tries(request):
    """The answer at every limit of the accounts; asks neither body, session nor rows."""
    page = render_to_string("429.html", {"path": request.path})
    return HttpResponse(page, status=429, headers={"Retry-After": LONGEST_WAIT})


def sign_out(request):
    """Allauth's page; pressed, the browser also forgets which draft was open."""
    response = logout(request)
    if request.method == "POST":
        return open_draft.forget(request, response)
    return response
