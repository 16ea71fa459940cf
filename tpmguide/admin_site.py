"""The admin site: what staff may ask of rows is what their list offers, and no more.

Django lets whoever sees a list filter it by any column, through the address alone, and so
find out what the list does not show. Every admin class that registers, a library's too,
becomes a `Guarded` one.
"""

from django.contrib import admin

from assessment import open_draft
from tpmguide.logs import events

# What Django's own filters add to the name of a column.
SUFFIXES = {"exact", "in", "isnull", "gte", "lt", "id", "year", "month", "day"}
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
        return super().log_deletions(request, queryset)

    def write(self, event, row):
        if self.opts.app_label != "careers":
            events.info(event, extra={"model": self.opts.label_lower, "row": row})


class Site(admin.AdminSite):
    def register(self, model_or_iterable, admin_class=None, **options):
        admin_class = admin_class or admin.ModelAdmin
        guarded = type(admin_class.__name__, (Guarded, admin_class), {})
        super().register(model_or_iterable, guarded, **options)

    def logout(self, request, extra_context=None):
        """Like the sign-out of people: nothing of an open draft stays in the browser."""
        return open_draft.forget(request, super().logout(request, extra_context))

    def get_urls(self):
        """Without Django's "r/", which leads all staff to the address of any row."""
        return [
            each
            for each in super().get_urls()
            if getattr(each, "name", "") != "view_on_site"
        ]
