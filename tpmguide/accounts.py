"""What the accounts library asks of the app."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError

from assessment import guests
from tpmguide.logs import events


def display_name(user):
    """People are known by their e-mail address; there are no user names."""
    return user.email


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, by whatever way, keeps what was begun in this browser."""

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
        with guests.kept_over_sign_out(request):
            super().logout(request)
