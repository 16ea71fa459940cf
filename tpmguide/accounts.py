"""What the accounts library asks of the app."""

import secrets
from datetime import timedelta
from io import BytesIO

import qrcode
from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.flows.password_reset import get_reset_password_url
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
)
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.views import logout
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from allauth.core.ratelimit import consume
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from assessment import access, guests, open_draft
from tpmguide import openid
from tpmguide.logs import events

KNOWN_FOR = timedelta(days=365)
LONGEST_WAIT = 60  # seconds; no limit that is answered here with 429 counts longer
# What is said after a form, by the name of the library's template for it.
SAID = {
    "cannot_delete_primary_email": _(
        "You cannot remove %(email)s, the e-mail address of your account. Change it instead."
    ),
    "email_confirmation_failed": _(
        "%(email)s cannot be confirmed: it belongs to another account."
    ),
    "email_confirmation_sent": _("A mail is on its way to %(email)s."),
    "email_confirmed": _("%(email)s is confirmed."),
    "email_deleted": _("%(email)s is removed."),
    "logged_out": _("You are signed out."),
    "password_changed": _("Your password is changed."),
    "password_set": _("Your password is set."),
    "primary_email_set": _("This is the e-mail address of your account now."),
    "recovery_codes_generated": _("You have new recovery codes."),
    "sessions_logged_out": _("You are signed out everywhere else."),
    "totp_activated": _("The app is asked for its code from now on."),
    "totp_deactivated": _("The app is not asked for its code any more."),
    "unverified_primary_email": _("Confirm this e-mail address first."),
    "webauthn_added": _("The passkey is added."),
    "webauthn_removed": _("The passkey is removed."),
}
# Subject and first sentence of the mail that tells a change, by the library's name for it.
NOTICES = {
    "account_connected": (
        _("The sign-in of a company was added"),
        _(
            "Somebody signed in with an account of %(provider)s that has this e-mail "
            "address. From now on it opens your %(site)s account as well."
        ),
    ),
    "email_changed": (
        _("Your account has another e-mail address"),
        _(
            "The e-mail address of your %(site)s account was changed from %(from_email)s "
            "to %(to_email)s. You cannot sign in with the old one any more, and this is "
            "the last mail to it."
        ),
    ),
    "email_deleted": (
        _("An e-mail address was removed"),
        _("%(deleted_email)s was removed from your %(site)s account."),
    ),
    "password_changed": (
        _("Your password was changed"),
        _("The password of your %(site)s account was changed."),
    ),
    "password_changed_by_staff": (
        _("Your password was changed"),
        _("Those who run %(site)s chose a new password for your account."),
    ),
    "password_removed_by_staff": (
        _("Your password was removed"),
        _("Those who run %(site)s removed the password of your account."),
    ),
    "password_reset": (
        _("Your password was changed"),
        _(
            "A new password was chosen for your %(site)s account, with a code that was "
            "sent to this address."
        ),
    ),
    "password_set": (
        _("Your account has a password"),
        _("Your %(site)s account has got a password."),
    ),
    "recovery_codes_generated": (
        _("New recovery codes"),
        _(
            "New recovery codes were made for your %(site)s account. The codes of before "
            "work no more."
        ),
    ),
    "totp_activated": (
        _("An app with codes was added"),
        _(
            "An app with codes was added to your %(site)s account. Its code is asked for "
            "at sign-in."
        ),
    ),
    "totp_deactivated": (
        _("An app with codes was removed"),
        _(
            "The app with codes was removed from your %(site)s account. Its code is not "
            "asked for any more."
        ),
    ),
    "webauthn_added": (
        _("A passkey was added"),
        _("A passkey was added to your %(site)s account."),
    ),
    "webauthn_removed": (
        _("A passkey was removed"),
        _("A passkey was removed from your %(site)s account."),
    ),
}


def display_name(user):
    """People are known by their e-mail address; there are no user names."""
    return user.email


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, by whatever way, keeps what was begun in this browser.

    Signing out leaves nothing behind in it.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "cannot_remove_primary_email": _(
            "You cannot remove the e-mail address of your account. Change it instead."
        ),
        "duplicate_email": _("This is the e-mail address of your account already."),
        "email_password_mismatch": _(
            "The e-mail address or the password is not correct."
        ),
        "email_taken": _(
            "There is an account with this e-mail address already. Sign in to it."
        ),
        "max_email_addresses": _("You can have at most %d e-mail addresses."),
        "unknown_email": _("There is no account with this e-mail address."),
        "unverified_primary_email": _("Confirm this e-mail address first."),
    }

    def add_message(
        self, request, level, message_template=None, message_context=None, **options
    ):
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        if name == "logged_in":
            said = _signed_in(request, message_context["user"])
        elif name in SAID:
            said = SAID[name] % (message_context or {})
        else:  # of another part of the library
            return super().add_message(
                request, level, message_template, message_context, **options
            )
        return messages.add_message(request, level, said)

    def is_safe_url(self, url):
        """What is no address at all, such as "http://[", is none to go to."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_client_ip(self, request):
        """Who comes by a Unix socket has no address, and is on this machine."""
        try:
            return super().get_client_ip(request)
        except PermissionDenied:
            if request.META.get("REMOTE_ADDR"):
                raise
            return "127.0.0.1"

    def pre_authenticate(self, request, **credentials):
        """Refuses, on the page itself, who has tried too often.

        Tries are counted for the account from each connection, so that nobody is locked
        out by another; all together, against guessing from many, at more; and those of a
        browser in which the account was open before, for it alone.
        """
        account = self._get_login_attempts_cache_key(request, **credentials)
        if browser := known_browser(request, credentials.get("email", "")):
            counted = {"login_failed_known": f"{account} {browser}"}
        else:
            address = self.get_client_ip(request)
            counted = {
                "login_failed": f"{account} {address}",
                "login_failed_account": account,
            }
        self._login_failed_rl_usage = RateLimitUsage(usage=[])
        for action, key in counted.items():
            used = ratelimit.consume(
                request, app="allauth.account", action=action, key=key
            )
            if not used:
                events.warning("rate_limited")
                raise self.validation_error("too_many_login_attempts")
            self._login_failed_rl_usage.usage += used.usage

    def _delete_login_attempts_cached_email(self, request, **credentials):
        """Called when a password was reset: a person who has forgotten it may go on."""
        account = self._get_login_attempts_cache_key(request, **credentials)
        mine = f"{account} {self.get_client_ip(request)}"
        for action, key in (("login_failed", mine), ("login_failed_account", account)):
            ratelimit.clear(request, app="allauth.account", action=action, key=key)

    def login(self, request, user):
        super().login(request, user)
        guests.claim(request, user)
        guests.keep_wanted_plan(request)
        access.remember_plan(request)

    def post_login(self, request, user, **how):
        response = super().post_login(request, user, **how)
        remember_browser(request, response, user.email)
        return open_draft.forget_others(request, response)

    def get_email_verification_redirect_url(self, email_address):
        """Who was signed in has changed the address: back to where it is shown."""
        if self.request.user.is_authenticated:
            return reverse("account_email")
        return super().get_email_verification_redirect_url(email_address)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Says in each notice how to get the account back."""
        way = {"password_reset_url": get_reset_password_url(self.request)}
        super().send_notification_mail(
            template_prefix, user, way | (context or {}), email
        )

    def render_mail(self, template_prefix, email, context, headers=None):
        """One template makes the subject, in its first line, and the text."""
        name = template_prefix.rpartition("/")[2].removesuffix("_signup")
        context = context | {"site": settings.SITE_NAME}
        if name in NOTICES:
            subject, said = NOTICES[name]
            context |= {"subject": subject, "said": said % context}
            name = "notice"
        mail = render_to_string(f"account/email/{name}.txt", context, self.request)
        subject, _empty, text = mail.strip().partition("\n")
        return EmailMessage(
            subject, text.strip(), self.get_from_email(), [email], headers=headers
        )

    def logout(self, request):
        super().logout(request)
        guests.forget(request)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Allauth takes an account without a password as proven; we ask at its company."""
        user = self.request.user
        if user.is_authenticated and not (
            get_reauthentication_flows(user) or openid.was_asked(self.request)
        ):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and openid.has_account(user):
            said = gettext("Sign in with %(company)s again")
            methods.append(
                {
                    "id": "openid",
                    "description": said % {"company": settings.OIDC_NAME},
                    "url": reverse("openid_again"),
                }
            )
        if user.is_authenticated and not methods:  # its company is not asked any more
            methods.append(
                {
                    "id": "reset",
                    "description": gettext("Get a password by mail"),
                    "url": reverse("account_reset_password"),
                }
            )
        return methods


class Backend(AuthenticationBackend):
    """Whoever is signed in comes with their profile: one query for both."""

    def get_user(self, user_id):
        people = get_user_model().objects.select_related("profile").filter(pk=user_id)
        return next(filter(self.user_can_authenticate, people), None)


def known_browser(request, email):
    """The mark of a browser in which the account of this address was open; else None."""
    mark = request.get_signed_cookie(
        settings.KNOWN_COOKIE_NAME, "", max_age=KNOWN_FOR, salt=_account_of(email)
    )
    return mark or None


def remember_browser(request, response, email):
    """The mark tells whose account it was to nobody who does not know the address."""
    response.set_signed_cookie(
        settings.KNOWN_COOKIE_NAME,
        known_browser(request, email) or secrets.token_urlsafe(16),
        salt=_account_of(email),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _account_of(email):
    return f"known browser {email.strip().lower()}"


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("This account has a second step: remove it first."),
        "cannot_delete_authenticator": _("The second step cannot be removed."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
        "incorrect_code": _("This is not the code. It may be half a minute old."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def _get_site_name(self):
        return settings.SITE_NAME

    def generate_authenticator_name(self, user, type):
        """What a passkey is called until somebody calls it otherwise."""
        n = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(n)d") % {"n": n}

    def build_totp_svg(self, url):
        """On white, in the dark as well, or no camera reads it."""
        picture = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(picture)
        return picture.getvalue().decode()


def _signed_in(request, user):
    claimed = request.session.get(guests.CLAIMED, {})
    kept = len(claimed.get("assessments", ()))
    if kept == 1 and claimed.get("reports"):
        return gettext("Your report is now kept in your account.")
    if kept:
        return ngettext(
            "Your assessment is now kept in your account.",
            "%(kept)d assessments are now kept in your account.",
            kept,
        ) % {"kept": kept}
    return gettext("You are signed in as %(email)s.") % {"email": user.email}


class InOurWords:
    """A form of allauth with its field for the address; it says "Email"."""

    @property
    def company(self):
        """Whose people may sign in with the account that they have there."""
        return settings.OIDC_NAME

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = "login" if "login" in self.fields else "email"
        field = self.fields[name]
        field.label = gettext("E-mail")
        field.widget.attrs["placeholder"] = "name@example.org"
        field.error_messages["invalid"] = gettext(
            "This is not an e-mail address. It looks like name@example.org."
        )


class LinkBelow:
    """Asks for the password that one has; what its help says has a link below the form."""

    asks = "password"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[self.asks].help_text = ""


class LoginForm(LinkBelow, InOurWords, forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = gettext("Stay signed in on this device")


class ReauthenticateForm(LinkBelow, forms.ReauthenticateForm):
    pass


class ChangePasswordForm(LinkBelow, forms.ChangePasswordForm):
    asks = "oldpassword"


class SignupForm(InOurWords, forms.SignupForm):
    def full_clean(self):
        """A refused password is told what it lacks, and not all rules once more."""
        super().full_clean()
        if "password1" in self.errors:
            self["password1"].help_text = ""

    def try_save(self, request):
        """Takes its time over an address that has an account, too, or the time told it."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AddEmailForm(InOurWords, forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = gettext("New e-mail address")


class ResetPasswordForm(InOurWords, forms.ResetPasswordForm):
    pass


class Weighed:
    """A form for a code: only so many tries are looked at, however many come at once.

    Allauth counts them in the session, of which each request has a copy. `process` is
    where allauth keeps there what it waits for.
    """

    process = ""

    def clean_code(self):
        request = context.request
        began = request.session.get(self.process, {}).get("at")
        key = f"{request.session.session_key} {began}"
        if not consume(request, action="code", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        return super().clean_code()


class EmailCodeForm(Weighed, forms.ConfirmEmailVerificationCodeForm):
    process = EMAIL_VERIFICATION_CODE_SESSION_KEY

    def clean_code(self):
        """The code of an account that was deleted in the meantime is a wrong one."""
        code = super().clean_code()
        if self.user is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


class ResetCodeForm(Weighed, forms.ConfirmPasswordResetCodeForm):
    process = PASSWORD_RESET_VERIFICATION_SESSION_KEY


class PasswordOfSomebodyForm(AdminPasswordChangeForm):
    """The admin's; the owner is told, as of each change of a password."""

    @transaction.atomic
    def save(self, commit=True):
        user = super().save(commit)
        is_changed = user.has_usable_password()
        name = "password_changed" if is_changed else "password_removed"
        get_adapter().send_notification_mail(
            f"account/email/{name}_by_staff", user, {"by_staff": True}
        )
        events.info(name, extra={"user": user.pk})
        return user


def too_many_tries(request):
    """The answer at every limit of the accounts; asks neither body, session nor rows."""
    page = render_to_string("bare.html", {"status": 429, "path": request.path})
    return HttpResponse(page, status=429, headers={"Retry-After": LONGEST_WAIT})


def sign_out(request):
    """Allauth's page; pressed, the browser also forgets which draft was open."""
    response = logout(request)
    if request.method == "POST":
        return open_draft.forget(request, response)
    return response
