"""Makes an administrator, or makes one of somebody who has an account already."""

import os
from getpass import getpass

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q


class Command(BaseCommand):
    help = (
        "Makes a superuser who signs in with an e-mail address. Asks for it and for a "
        "password; scripts set ADMIN_EMAIL and ADMIN_PASSWORD instead."
    )

    def handle(self, **options):
        email = os.environ.get("ADMIN_EMAIL")
        password = os.environ.get("ADMIN_PASSWORD")
        try:
            if email is None:
                email = input("E-mail address: ")
            email = _checked_email(email)
            if password is None:
                password = _asked_password()
            validate_password(password, User(username=email, email=email))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except (EOFError, KeyboardInterrupt):
            raise CommandError(
                "Nothing was made. Without a terminal, set ADMIN_EMAIL and ADMIN_PASSWORD."
            ) from None
        made = make_administrator(email=email, password=password)
        account = "a new account" if made else "the account that had this address"
        self.stdout.write(
            f"{email} is an administrator now ({account}). Sign in at /admin/."
        )


@transaction.atomic
def make_administrator(*, email, password):
    """True if the account is new; one that has this address is promoted.

    The account keeps no other address and no session, or whoever opened it with a
    borrowed address could get in again.
    """
    user = User.objects.filter(email__iexact=email).order_by("pk").first()
    made = user is None
    if made:
        user = User(username=get_adapter().generate_unique_username([email]))
    user.email = email
    user.is_active = user.is_staff = user.is_superuser = True
    user.set_password(password)
    user.save()
    EmailAddress.objects.filter(Q(user=user) | Q(email__iexact=email)).delete()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return made


def _checked_email(email):
    email = email.strip().lower()
    validate_email(email)
    return email


def _asked_password():
    password = getpass("Password: ")
    if password != getpass("The same again: "):
        raise ValidationError("The two passwords differ. Nothing was made.")
    return password
