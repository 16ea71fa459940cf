"""What people do with their accounts, step by step, as tests need it."""

import re

from django.core import mail
from django.urls import reverse

CODE = re.compile(r"^([A-Z0-9]{3,4}-[A-Z0-9]{3,4})$", re.MULTILINE)


def code_of(message):
    """The code that a mail tells."""
    return CODE.search(message.body)[1]


def prove(client, password, **how):
    """Tells who is at the browser, as a change asks for it; the answer of the page."""
    return client.post(reverse("account_reauthenticate"), {"password": password}, **how)


def change_address(client, address, *, password, **how):
    """Changes the e-mail address of who is signed in, with the code that is sent to it."""
    prove(client, password, **how)
    wanted = {"email": address, "action_add": ""}
    client.post(reverse("account_email"), wanted, **how)
    said = {"code": code_of(mail.outbox[-1])}
    return client.post(reverse("account_email_verification_sent"), said, **how)
