"""What all pages of the framework's admin share: frozen versions, drafts, one filter."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from careers.admin.forms import (
    PartForm,
    PartFormSet,
    RowForm,
    framework_of,
    lock_draft,
)
from careers.admin.history import change_message, from_to
from careers.admin.points import NAMED, points_in, with_names
from careers.models import Framework
from careers.names import COLUMNS
from careers.publishing import start_draft

NARROW_TEXT = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 16})},
    models.SlugField: {"widget": forms.TextInput(attrs={"size": 16})},
}
SHORT_TEXT = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 80})}
}


def open_drafts(request):
    """The drafts that rows can be added to; asked once in each request."""
    if not hasattr(request, "open_drafts"):
        request.open_drafts = list(Framework.objects.drafts())
    return request.open_drafts


def frozen(row):
    """Whether nobody may write the row, because its version was published."""
    framework = framework_of(row) if row is not None else None
    return framework is not None and not framework.is_draft


def comes_back(request):
    """Whether the form of a row was sent, which itself says what cannot be written."""
    return getattr(request, "comes_back", False)


def say_draft(request, framework):
    """What an editor must know after each change."""
    preview = reverse("admin:careers_framework_preview", args=[framework.pk])
    text = format_html(
        '{} <a href="{}">{}</a> · <a href="{}#publish">{}</a>',
        gettext("Draft. Not live yet."),
        preview,
        gettext("Preview"),
        preview,
        gettext("Publish"),
    )
    messages.warning(request, text)


class VersionFilter(admin.SimpleListFilter):
    """One version at a time: the draft if there is one, else the live one."""

    title = _("framework version")
    parameter_name = "framework"

    def lookups(self, request, model_admin):
        self.versions = {str(each.pk): each for each in Framework.objects.all()}
        return list(self.versions.items())

    def value(self):
        asked = super().value()
        return asked if asked in self.versions else self.default()

    def default(self):
        def place(pk):
            framework = self.versions[pk]
            other = framework.key != settings.FRAMEWORK_KEY
            return other, list(Framework.Status).index(framework.status)

        return min(self.versions, key=place, default=None)

    def framework(self):
        return self.versions.get(self.value())

    def choices(self, changelist):
        """Without "All": rows of several versions in one list only confuse."""
        for pk, framework in self.lookup_choices:
            yield {
                "selected": self.value() == pk,
                "query_string": changelist.get_query_string({"framework": pk}),
                "display": framework,
            }

    def queryset(self, request, queryset):
        return queryset.filter(framework=self.value())


class VersionList(ChangeList):
    """A list that says of which version it is."""

    def __init__(self, request, *args, **options):
        super().__init__(request, *args, **options)
        for each in self.filter_specs:
            if isinstance(each, VersionFilter) and each.framework():
                said = {
                    "parts": capfirst(self.opts.verbose_name_plural),
                    "version": each.framework(),
                }
                self.title = gettext("%(parts)s of %(version)s") % said


class DraftOnly:
    """Rights on a row or on the parts of one: frozen versions can only be read.

    A page that comes back after its version was published is let through to its form,
    which writes nothing, says so and keeps what was typed.
    """

    def has_change_permission(self, request, obj=None):
        is_open = not frozen(obj) or comes_back(request)
        return super().has_change_permission(request, obj) and is_open

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not frozen(obj)


class PartInline(DraftOnly, admin.TabularInline):
    """Parts of a row, edited on its page. `links` are what a row of the table shows."""

    form = PartForm
    formset = PartFormSet
    formfield_overrides = SHORT_TEXT
    extra = 0
    links = ()

    def has_add_permission(self, request, obj=None):
        is_open = not frozen(obj) or comes_back(request)
        return super().has_add_permission(request, obj) and is_open

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related(*self.links)
        return with_names(rows)

    def get_fields(self, request, obj=None):
        """With the names of points, where nothing can be changed."""
        names = {name: NAMED[name] for name in points_in(self.model)}
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        shown = [each for each in fields if each not in names.values()]
        return [names.get(each, each) for each in shown]

    def get_readonly_fields(self, request, obj=None):
        may_change = self.has_change_permission(request, obj)
        return () if may_change else [NAMED[name] for name in points_in(self.model)]

    def formfield_for_dbfield(self, db_field, request, **options):
        """Without the links beside a choice: in a table they are in the way."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        wrapper = getattr(field, "widget", None)
        if isinstance(wrapper, RelatedFieldWidgetWrapper):
            field.widget = wrapper.widget
        return field


class SeenAdmin(admin.ModelAdmin):
    """A row with a page of its own, and a form that tells of a lost race.

    `identity` is the column that names it in files and addresses, and stays as it is.
    `parts` are the relations that are edited on the page, too.
    """

    identity = "key"
    parts = ()
    actions = None
    show_facets = admin.ShowFacets.NEVER

    def get_readonly_fields(self, request, obj=None):
        return (self.identity,) if obj else ()

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change=change, **options)
        form.parts = self.parts
        return form

    def get_fields(self, request, obj=None):
        """What names the row first; the hidden field only where it is of use."""
        fields = list(super().get_fields(request, obj))
        fields.sort(key=lambda name: name not in ("framework", "guide", self.identity))
        if self.has_change_permission(request, obj):
            return fields
        return [name for name in fields if name != "seen"]

    def construct_change_message(self, request, form, formsets, add=False):
        if add:
            return super().construct_change_message(request, form, formsets, add)
        return change_message(form, formsets)

    def log_change(self, request, obj, message):
        """Nothing, where nothing was changed."""
        return super().log_change(request, obj, message) if message else None


class VersionedAdmin(DraftOnly, SeenAdmin):
    """A framework, or a row of one, that is frozen with its version.

    `counterpart(row, framework)` is the same of another version, or None.
    """

    form = RowForm
    formfield_overrides = SHORT_TEXT
    show_full_result_count = False

    # Only drafts can be written
    # ----------------------------------------------------------------------------------

    def delete_model(self, request, obj):
        if not lock_draft(framework_of(obj)):
            raise PermissionDenied
        super().delete_model(request, obj)

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        return with_names(rows)

    # The form
    # ----------------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, *args, **options):
        request.comes_back = request.method == "POST"
        return super().changeform_view(request, object_id, *args, **options)

    # What is said
    # ----------------------------------------------------------------------------------

    def render_change_form(self, request, context, *args, obj=None, **options):
        framework = framework_of(obj) if obj else None
        if framework:
            context["framework"] = framework
            context["draft"] = self.draft_of(request, framework)
            if self.may_start_draft(request):
                name = f"admin:{self.url_name('edit_in_draft')}"
                context["edit_in_draft_url"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def draft_of(self, request, framework):
        drafts = open_drafts(request)
        return next((each for each in drafts if each.key == framework.key), None)

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        say_draft(request, framework_of(obj))
        return response

    # From a frozen row to the same row of the draft
    # ----------------------------------------------------------------------------------

    def url_name(self, what):
        return f"{self.opts.app_label}_{self.opts.model_name}_{what}"

    def get_urls(self):
        edit = path(
            "<path:object_id>/edit-in-draft/",
            self.admin_site.admin_view(require_POST(self.edit_in_draft)),
            name=self.url_name("edit_in_draft"),
        )
        return [edit, *super().get_urls()]

    def may_start_draft(self, request):
        may_edit = self.has_change_permission(request)
        return may_edit and request.user.has_perm("careers.add_framework")

    def edit_in_draft(self, request, object_id):
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404("There is no such row.")
        if not self.may_start_draft(request):
            raise PermissionDenied
        draft = self.draft_from(request, framework_of(row))
        there = self.counterpart(row, draft)
        if there is None:
            said = gettext("'%(part)s' is not in the draft %(version)s.")
            said %= {"part": row, "version": draft.version}
            messages.warning(request, said)
            return redirect(f"admin:{self.url_name('changelist')}")
        said = gettext("You are in the draft %(version)s now. Edit and save.")
        messages.info(request, said % {"version": draft.version})
        return redirect(f"admin:{self.url_name('change')}", there.pk)

    def draft_from(self, request, framework):
        """Its open draft, or a new one, which the log then has from the first line."""
        is_new = self.draft_of(request, framework) is None
        draft = start_draft(framework=framework)
        if is_new:
            said = gettext("Started from %(version)s.") % {"version": framework}
            self.log_addition(request, draft, said)
        return draft


class RowAdmin(VersionedAdmin):
    """A row of a framework with a page of its own."""

    list_filter = (VersionFilter,)
    list_select_related = ("framework",)

    def get_changelist(self, request, **options):
        return VersionList

    def has_add_permission(self, request):
        has_place = comes_back(request) or bool(open_drafts(request))
        return super().has_add_permission(request) and has_place

    def drop_keys(self, request, rows, column, keys):
        """Takes keys of what is deleted out of a column that holds some, one a line."""
        for row in rows:
            held = tuple(getattr(row, column).split())
            left = tuple(key for key in held if key not in keys)
            if left != held:
                setattr(row, column, "\n".join(left))
                row.save(update_fields=[column])
                self.log_change(request, row, from_to(COLUMNS[column], held, left))

    def get_exclude(self, request, obj=None):
        """A page that was sent asks what it asked when it was opened."""
        if obj is None and "framework" in request.POST:
            return ()
        was_one = request.POST.get("seen") or len(open_drafts(request)) < 2
        return ("framework",) if obj or was_one else ()

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change=change, **options)
        form.drafts = open_drafts(request) if obj is None else ()
        return form

    def response_add(self, request, obj, *args, **options):
        response = super().response_add(request, obj, *args, **options)
        say_draft(request, framework_of(obj))
        return response

    def counterpart(self, row, framework):
        """The same row in another version."""
        same = {self.identity: getattr(row, self.identity)}
        return self.model.objects.filter(framework=framework, **same).first()
