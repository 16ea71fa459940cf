"""Prints what this installation still lacks; changes nothing."""

import importlib.util
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from careers.store import live_frameworks
from tpmguide import start
from tpmguide.models import Mail
from tpmguide.openid import fault_of_provider

LATE = timedelta(minutes=10)  # a mail is sent at once where a worker runs
MUST, SHOULD = "must", "should"


class Command(BaseCommand):
    help = (
        "Print what this installation still lacks, each with what to do. Ends with 1 "
        "where the server would not start or people could not use it."
    )

    def handle(self, **options):
        lacks = [*of_settings(), *of_database()]
        for kind, said in lacks:
            self.stdout.write(f"{kind:6}  {said}")
        if not lacks:
            self.stdout.write("Nothing is lacking.")
        if any(kind == MUST for kind, _ in lacks):
            raise SystemExit(1)


def of_settings():
    for check in (start.check_static_files, start.check_proxies):
        yield from _refused(check)
    if settings.DEBUG:
        yield SHOULD, "DEBUG is on: errors are shown to whoever asks. Set it to false."
        return
    if set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost"}:
        yield MUST, "ALLOWED_HOSTS names this machine alone. Set it to your host name."
    if not settings.HTTPS:
        yield SHOULD, "HTTPS is off: passwords cross the net in clear."
    if not settings.HAS_MAIL_SERVER:
        yield SHOULD, "EMAIL_URL names no mail server: nobody can get a new password."
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        yield SHOULD, "DEFAULT_FROM_EMAIL is at localhost. Set it to your address."
    if importlib.util.find_spec("weasyprint") is None:
        yield SHOULD, "WeasyPrint is missing: no PDFs. Install the extra `pdf`."


def of_database():
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield MUST, "The database is not migrated. Run `manage.py release`."
            return
        yield from _refused(start.check_database)
        yield from _of_rows()
    except DatabaseError as error:
        yield MUST, f"The database does not answer: {type(error).__name__}."


def _of_rows():
    if not live_frameworks().exists():
        yield MUST, "No framework is published. Run `manage.py release`."
    staff = User.objects.filter(is_active=True, is_staff=True)
    if not staff.exists():
        yield SHOULD, "Nobody may open /admin/. Run `make admin`."
    steps = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    without = staff.exclude(pk__in=steps.values("user")).count()
    if settings.STAFF_SECOND_STEP and without:
        yield SHOULD, f"Of staff, {without} have no second step at sign-in yet."
    if settings.OIDC_ISSUER and (fault := fault_of_provider()):
        yield SHOULD, fault
    if Mail.objects.filter(written_at__lt=timezone.now() - LATE).exists():
        yield SHOULD, "Mail waits for minutes. Is `manage.py work` running?"


def _refused(check):
    try:
        check()
    except ImproperlyConfigured as error:
        yield MUST, str(error)
