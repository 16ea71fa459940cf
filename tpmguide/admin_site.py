"""The admin site: what staff may ask of rows is what their list offers, and no more.

Django lets whoever sees a list filter it by any column, through the address alone, and so
find out what the list does not show. Every admin class that registers, a library's too,
becomes a `Guarded` one.
"""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import get_user_model, logout
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessment import open_draft
from assessment.erasure import PLAYED_BACK, record_erasure
from assessment.impact_runs import load_first_causes, load_run
from assessment.leaving import end_sessions, remove_account
from careers.files import digest_of
from careers.versions import latest_changes, load_versions
from tpmguide.accounts import PasswordOfSomebodyForm
from tpmguide.logs import events

# What Django's own filters add to the name of a column.
SUFFIXES = {"exact", "in", "isnull", "gte", "lt", "id", "year", "month", "day"}
# How somebody signs in, and from where, is nobody else's business; with whom, the settings say.
KEPT_OUT = {
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "socialaccount.SocialApp",
    "socialaccount.SocialToken",
    "usersessions.UserSession",
}
LONGEST_NUMBER = 20  # digits of a 64-bit number


class Guarded(admin.ModelAdmin):
    """Goes before the admin class of a model; asks it for its `list_filter`."""

    def lookup_allowed(self, lookup, value, request):
        column, *suffixes = lookup.split("__")
        return column in self.offered(request) and SUFFIXES.issuperset(suffixes)

    def offered(self, request):
        """What the filters beside the list are about; a path through a relation is not."""
        for each in self.get_list_filter(request):
            if isinstance(each, str):
                yield each
            elif isinstance(each, tuple):
                yield each[0]
            else:
                yield each.parameter_name

    def to_field_allowed(self, request, to_field):
        """Rows are named by their number, in links and in the lists that pop up."""
        return to_field == self.opts.pk.name

    def get_actions(self, request):
        """An action that does not say whom it is for is for those who may change rows."""
        actions = super().get_actions(request)
        if self.has_change_permission(request):
            return actions
        return {
            name: action
            for name, action in actions.items()
            if getattr(action[0], "allowed_permissions", ())
        }

    def get_view_on_site_url(self, obj=None):
        """Only where the admin class has an address of its own for its rows."""
        has_own = obj is not None and callable(self.view_on_site)
        return self.view_on_site(obj) if has_own else None

    # What is written down of rows about people; a framework knows none.
    # ----------------------------------------------------------------------------------

    def get_queryset(self, request):
        """Every list, page and search of a row begins here."""
        asked = request.resolver_match.kwargs if request.resolver_match else {}
        number = asked.get("object_id", asked.get("id", ""))
        is_number = number.isdecimal() and len(number) < LONGEST_NUMBER
        self.write("rows_read", int(number) if is_number else None)
        return super().get_queryset(request)

    def log_addition(self, request, obj, message):
        self.write("row_added", obj.pk)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self.write("row_changed", obj.pk)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for each in queryset:
            self.write("row_deleted", each.pk)
        self.record_erasure_of([each.pk for each in queryset])
        return super().log_deletions(request, queryset)

    def record_erasure_of(self, pks):
        if self.opts.label in PLAYED_BACK:
            record_erasure(self.model, pks)

    def write(self, event, row):
        if self.opts.app_label != "careers":
            events.info(event, extra={"model": self.opts.label_lower, "row": row})


class GuardedAccounts(Guarded):
    """An account goes as when its owner ends it, with all that is kept of them."""

    actions = ("sign_out",)
    change_password_form = PasswordOfSomebodyForm

    @admin.action(description=_("Sign out in every browser"))
    def sign_out(self, request, queryset):
        """For whoever lost a device and cannot sign in to end its session."""
        for person in queryset:
            end_sessions(person)
            events.info("sessions_ended", extra={"user": person.pk})
        said = ngettext(
            "One person is signed out in every browser.",
            "%(people)s people are signed out in every browser.",
            len(queryset),
        )
        self.message_user(request, said % {"people": len(queryset)})

    def record_erasure_of(self, pks):
        """`remove_account` does it."""

    def delete_model(self, request, obj):
        """Whoever deletes their own account is signed out."""
        if obj == request.user:
            logout(request)
        remove_account(person=obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for person in queryset:
            self.delete_model(request, person)


def lacks_second_step(user):
    """Whether what is asked of staff here is missing; one query where it is asked."""
    return settings.STAFF_SECOND_STEP and not is_mfa_enabled(user)


def _impact_seen(versions):
    """Whether it was counted whom the draft moves as it is now."""
    run = versions.live and versions.draft and load_run(versions.draft)
    if not run or not run.is_done:
        return False
    return (run.draft, run.live) == (digest_of(versions.spec), versions.live.digest)


class Site(admin.AdminSite):
    def register(self, model_or_iterable, admin_class=None, **options):
        is_one = isinstance(model_or_iterable, type)
        models = [model_or_iterable] if is_one else model_or_iterable
        admin_class = admin_class or admin.ModelAdmin
        for model in models:
            if model._meta.label in KEPT_OUT:
                continue
            guard = GuardedAccounts if model is get_user_model() else Guarded
            guarded = type(admin_class.__name__, (guard, admin_class), {})
            super().register(model, guarded, **options)

    def index(self, request, extra_context=None):
        """Opens on the ladder, for whoever may see it."""
        context = {"may_view_frameworks": False}
        if request.user.has_perm("careers.view_framework"):
            versions, others = load_versions(request.GET.get("ladder", ""))
            if versions:
                versions.impact_seen = _impact_seen(versions)
            context = {
                "may_view_frameworks": True,
                "may_start": request.user.has_perms(
                    ["careers.add_framework", "careers.change_framework"]
                ),
                "versions": versions,
                "others": others,
                "latest_changes": latest_changes(),
            }
        return super().index(request, {**context, **(extra_context or {})})

    def moves_most(self, draft):
        """What of a draft moves most people, as `load_first_causes`: a ladder knows none."""
        return load_first_causes(draft)

    def has_permission(self, request):
        return super().has_permission(request) and not lacks_second_step(request.user)

    def login(self, request, extra_context=None):
        """Staff who have no second step yet are led to where it is set up."""
        user = request.user
        if user.is_active and user.is_staff and lacks_second_step(user):
            said = gettext(
                "Who works here signs in with a second step. Set one up, then open the "
                "administration again."
            )
            messages.warning(request, said)
            return redirect("mfa_index")
        return super().login(request, extra_context)

    def logout(self, request, extra_context=None):
        """Like the sign-out of people: nothing of an open draft stays in the browser."""
        return open_draft.forget(request, super().logout(request, extra_context))

    def password_change(self, request, extra_context=None):
        """People's own page, which counts tries, tells the owner and keeps their browsers."""
        return redirect("account_change_password")

    def get_urls(self):
        """Without Django's "r/", which leads all staff to the address of any row."""
        return [
            each
            for each in super().get_urls()
            if getattr(each, "name", "") != "view_on_site"
        ]
