"""What the accounts library asks of the app."""

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.views import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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

    error_messages = DefaultAccountAdapter.error_messages | {
        "cannot_remove_primary_email": _(
            "You cannot remove your main e-mail address. Make another one the main one "
            "first."
        ),
        "duplicate_email": _("This e-mail address is in your account already."),
        "email_password_mismatch": _(
            "The e-mail address or the password is not correct."
        ),
        "email_taken": _(
            "There is an account with this e-mail address already. Sign in to it."
        ),
        "max_email_addresses": _("You can have at most %d e-mail addresses."),
        "unknown_email": _("There is no account with this e-mail address."),
        "unverified_primary_email": _(
            "Confirm this e-mail address before it can be the main one."
        ),
    }

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


class InOurWords:
    """A form of allauth with its field for the address; it says "Email"."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = "login" if "login" in self.fields else "email"
        field = self.fields[name]
        field.label = gettext("E-mail")
        field.widget.attrs["placeholder"] = "name@example.org"
        field.error_messages["invalid"] = gettext(
            "This is not an e-mail address. It looks like name@example.org."
        )


class LoginForm(InOurWords, forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = gettext("Stay signed in on this device")


class SignupForm(InOurWords, forms.SignupForm):
    pass


class AddEmailForm(InOurWords, forms.AddEmailForm):
    pass


class ResetPasswordForm(InOurWords, forms.ResetPasswordForm):
    pass


class CodeForm(forms.ConfirmEmailVerificationCodeForm):
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
