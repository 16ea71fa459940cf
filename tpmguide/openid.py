"""Signing in with the account of a company: OpenID Connect, by settings alone.

Allauth speaks the protocol; what is here checks what it leaves to others, keeps nothing of
what a provider tells but the e-mail address, and asks at the provider again before a change
where an account has no password. See docs/decisions/0019-company-sign-in.md.
"""

import logging
import time
from functools import wraps
from threading import BoundedSemaphore
from urllib.parse import urlencode, urlsplit

from allauth.account import app_settings
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.account.internal.flows.manage_email import assess_unique_email
from allauth.account.internal.flows.reauthentication import (
    raise_if_reauthentication_required,
    resume_request,
)
from allauth.account.utils import get_next_redirect_url, user_email
from allauth.account.views import password_set
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from requests import RequestException

logger = logging.getLogger(__name__)

# Of a process: a provider that hangs must not take every turn, see tpmguide/turns.py.
ASKING = BoundedSemaphore(2)
CLOCKS_DIFFER = 60  # seconds
# What comes of an answer that is none, or not as the standard has it.
UNREADABLE = (OAuth2Error, RequestException, KeyError, TypeError, ValueError)

FAILED = _(
    "%(company)s could not be asked who you are. Try again in a minute, or sign in with "
    "your password."
)
STOPPED = _("You are not signed in: you stopped at %(company)s.")
NO_ADDRESS = _(
    "%(company)s did not tell your e-mail address, and an account needs one. Ask the people "
    "who look after your account there."
)
TAKEN = _(
    "There is an account with this e-mail address, and %(company)s does not say that the "
    "address is yours. Sign in with your password."
)
NOT_ASKED = _(
    "%(company)s did not ask you to sign in again, or somebody else did. Nothing is "
    "changed. You can get a password by mail instead."
)


class Company(OpenIDConnectOAuth2Adapter):
    """The provider, with the checks that the standard asks for and allauth leaves out."""

    @property
    def openid_config(self):
        found = super().openid_config
        if found["issuer"].rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            raise OAuth2Error("The provider calls itself otherwise.")
        return found

    def get_callback_url(self, request, app):
        return build_absolute_uri(
            request, reverse("openid_callback"), self.redirect_uri_protocol
        )

    def complete_login(self, request, app, token, **kwargs):
        """Keeps of what was told the number, the address, and when somebody signed in."""
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        signed = told.get("id_token")
        if not signed or signed["sub"] != told["userinfo"]["sub"]:
            raise OAuth2Error("Two people were told of.")
        login.signed_in_at = signed.get("auth_time", 0)
        login.account.extra_data = {}
        for address in login.email_addresses:  # some providers send it as a word
            address.verified = address.verified in (True, "true")
        return login


class Adapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """Of a new person the address; what else they are called is theirs to say."""
        user_email(sociallogin.user, data.get("email") or "")
        return sociallogin.user

    def pre_social_login(self, request, sociallogin):
        if sociallogin.state["process"] == AuthProcess.REDIRECT:
            raise ImmediateHttpResponse(_go_on(request, sociallogin))
        if sociallogin.is_existing:
            return
        address = sociallogin.user.email
        if not address:
            raise ImmediateHttpResponse(refused(request, NO_ADDRESS))
        if assess_unique_email(address) is False:
            raise ImmediateHttpResponse(refused(request, TAKEN))

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        if exception:
            logger.warning("sign-in failed: %s", type(exception).__name__)
        said = STOPPED if error == AuthError.CANCELLED else FAILED
        raise ImmediateHttpResponse(refused(request, said))


def fault_of_provider():
    """What keeps people from signing in with it, in words for who set it up; or ""."""
    try:
        found = Company(None, settings.OIDC_ISSUER).openid_config
        page = urlsplit(found["authorization_endpoint"])
    except UNREADABLE as error:
        kind = type(error).__name__
        return f"What OIDC_ISSUER names does not answer as it should: {kind}."
    if page[:2] != urlsplit(settings.OIDC_ISSUER)[:2]:
        return (
            f"The company signs people in at {page.netloc}, and not where OIDC_ISSUER is: "
            "browsers will let no form lead there."
        )
    return ""


def refused(request, said):
    messages.warning(request, said % {"company": settings.OIDC_NAME})
    return redirect("account_login")


def asks_the_company(view):
    """Two at a time wait for the provider; whatever it answers, the page says what to do."""

    @wraps(view)
    def answer(request):
        if not settings.OIDC_ISSUER:
            raise Http404
        if not ASKING.acquire(blocking=False):
            return refused(request, FAILED)
        try:
            return view(request)
        except UNREADABLE:
            logger.warning("the provider could not be asked", exc_info=True)
            return refused(request, FAILED)
        finally:
            ASKING.release()

    return answer


def _lead_there(request, process, **parameters):
    provider = get_adapter().get_provider(request, settings.OIDC_ISSUER)
    provider.oauth2_adapter_class = Company
    return provider.redirect(
        request,
        process,
        next_url=get_next_redirect_url(request),
        data={"at": time.time()},
        auth_params=parameters,
    )


@require_POST
@never_cache
def sign_in(request):
    """Leads to the provider."""
    limit = {"app": "allauth.account", "action": "login"}
    too_many = ratelimit.consume_or_429(request, **limit)
    return too_many or asks_the_company(_sign_in)(request)


def _sign_in(request):
    return _lead_there(request, AuthProcess.LOGIN)


@require_safe
@never_cache
@asks_the_company
def callback(request):
    """Where the provider leads back to, with a code that is good once."""
    company = Company(request, settings.OIDC_ISSUER)
    return OAuth2CallbackView.adapter_view(company)(request)


# Before a change
# ------------------------------------------------------------------------------------


def has_account(user):
    """Whether somebody can be asked for at the provider."""
    if not settings.OIDC_ISSUER:
        return False
    return SocialAccount.objects.filter(
        user=user, provider=settings.OIDC_ISSUER
    ).exists()


def was_asked(request):
    """Whether who is signed in has just proven it."""
    records = get_authentication_records(request, request.user)
    proven = [each["at"] for each in records if each.get("reauthenticated")]
    return time.time() - max(proven, default=0) < app_settings.REAUTHENTICATION_TIMEOUT


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def again(request):
    """Says why, and leads to the provider, which is to ask for a new sign-in."""
    if not has_account(request.user):
        raise Http404
    if request.method == "POST":
        return asks_the_company(_ask_again)(request)
    context = {"company": settings.OIDC_NAME}
    return render(request, "account/openid_again.html", context)


def _ask_again(request):
    return _lead_there(request, AuthProcess.REDIRECT, prompt="login", max_age=0)


def _go_on(request, sociallogin):
    """The change that waits, if the right person has signed in since it was asked for."""
    asked_at = sociallogin.state["data"]["at"]
    is_new = sociallogin.signed_in_at > asked_at - CLOCKS_DIFFER
    if not is_new or sociallogin.user != request.user:
        return refused(request, NOT_ASKED)
    how = {"provider": sociallogin.account.provider, "reauthenticated": True}
    record_authentication(request, request.user, "socialaccount", **how)
    wanted = sociallogin.get_redirect_url(request) or reverse("assessment:me")
    request.GET = QueryDict(urlencode({"next": wanted}))
    return resume_request(request)


@login_required
def set_password(request):
    """Allauth's page for who has none; it asks first who it is, and keeps nothing typed."""
    if request.method == "POST":
        try:
            raise_if_reauthentication_required(request, app="allauth.account")
        except ReauthenticationRequired:
            return redirect("account_set_password")
    return reauthentication_required(password_set)(request)
