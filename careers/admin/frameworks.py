"""Versions of a framework: drafts, preview, publication, import and export."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from careers.admin.base import RowAdmin, say_draft
from careers.admin.upload import ConfirmForm, UploadForm
from careers.admin.words import build_preview, differences_in_words, names_in
from careers.files import text_of
from careers.models import Framework
from careers.problems import warnings
from careers.publishing import (
    FrameworkRefused,
    apply_import,
    publish_framework,
    start_draft,
)
from careers.store import TABLES, spec_of


@admin.register(Framework)
class FrameworkAdmin(RowAdmin):
    list_display = ("title", "version", "status", "published_at", "publisher")
    list_filter = ("status", "key")
    list_select_related = ("published_by",)
    search_fields = ("key", "title", "version", "notes")
    actions = ("new_draft",)

    @admin.display(description="published by", ordering="published_by__email")
    def publisher(self, framework):
        return framework.published_by and framework.published_by.email

    def has_add_permission(self, request):
        return request.user.has_perm("careers.add_framework")

    def has_import_permission(self, request):
        rights = ("careers.add_framework", "careers.change_framework")
        return request.user.has_perms(rights)

    def get_changelist(self, request, **options):
        return ChangeList

    def get_exclude(self, request, obj=None):
        return ()

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_deleted_objects(self, objs, request):
        """Only totals: a list of a thousand rows helps nobody to decide."""
        counts = {
            table.model._meta.verbose_name_plural: table.model.objects.filter(
                **{f"{table.path_to_whole}__in": objs}
            ).count()
            for table in TABLES
        }
        return [str(each) for each in objs], counts, set(), []

    def counterpart(self, row, framework):
        return framework

    @admin.action(description="New draft from this version", permissions=["import"])
    def new_draft(self, request, queryset):
        if len(queryset) != 1:
            messages.error(request, "Choose one version to start a draft from.")
            return None
        draft = start_draft(framework=queryset[0])
        say_draft(request, draft)
        return redirect("admin:careers_framework_change", draft.pk)

    # Pages of their own
    # ----------------------------------------------------------------------------------

    def get_urls(self):
        def page(route, view, name):
            view = self.admin_site.admin_view(view)
            return path(route, view, name=f"careers_framework_{name}")

        both = require_http_methods(["GET", "POST"])
        return [
            page("import/", both(self.import_file), "import"),
            page(
                "import/confirm/", require_POST(self.confirm_import), "confirm_import"
            ),
            page("<int:pk>/preview/", require_GET(self.preview), "preview"),
            page("<int:pk>/publish/", require_POST(self.publish), "publish"),
            page("<int:pk>/export/", require_GET(self.export), "export"),
            *super().get_urls(),
        ]

    def preview(self, request, pk):
        framework = get_object_or_404(Framework, pk=pk)
        if not self.has_view_permission(request, framework):
            raise PermissionDenied
        if not framework.is_draft:
            messages.info(request, f"{framework} is not a draft: nothing to preview.")
            return redirect("admin:careers_framework_change", pk)
        return self.page(
            request,
            "preview",
            f"What publishing {framework.title} {framework.version} changes",
            framework=framework,
            preview=build_preview(framework),
            may_publish=self.has_change_permission(request, framework),
        )

    def publish(self, request, pk):
        framework = get_object_or_404(Framework, pk=pk)
        if not request.user.has_perm("careers.change_framework"):
            raise PermissionDenied
        if not framework.is_draft:
            messages.info(request, f"Version {framework.version} is published already.")
            return redirect("admin:careers_framework_change", pk)
        try:
            framework = publish_framework(framework=framework, by=request.user)
        except FrameworkRefused as refused:
            return self.say_refused(request, framework, refused)
        self.log_change(request, framework, "Published.")
        messages.success(
            request,
            f"Version {framework.version} is live now. What people finished before "
            "does not change.",
        )
        return redirect("admin:careers_framework_change", pk)

    def say_refused(self, request, framework, refused):
        if not Framework.objects.drafts().filter(pk=framework.pk).exists():
            messages.info(request, f"Version {framework.version} is published already.")
            return redirect("admin:careers_framework_changelist")
        number = len(refused.problems)
        what = "one error" if number == 1 else f"{number} errors"
        messages.error(request, f"Not published: {what}. The list is below.")
        return redirect("admin:careers_framework_preview", framework.pk)

    def export(self, request, pk):
        framework = get_object_or_404(Framework, pk=pk)
        if not self.has_view_permission(request, framework):
            raise PermissionDenied
        name = f"{framework.key}-{framework.version}.yaml"
        headers = {"Content-Disposition": content_disposition_header(True, name)}
        text = text_of(spec_of(framework))
        return HttpResponse(
            text, content_type="text/yaml; charset=utf-8", headers=headers
        )

    @csrf_exempt  # until it is known who asks: the check reads the body, and so the file
    def import_file(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        return self.read_import(request)

    @method_decorator(csrf_protect)
    def read_import(self, request):
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent)
        if not form.is_valid():
            return self.page(request, "import", "Import a framework", form=form)
        spec, plan = form.plan.spec, form.plan
        return self.page(
            request,
            "import_plan",
            f"What importing {spec.title} {spec.version} changes",
            form=ConfirmForm(initial=form.carried),
            plan=plan,
            differences=differences_in_words(plan.changes, names_in(spec)),
            warnings=warnings(plan.problems),
        )

    def confirm_import(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.page(request, "import", "Import a framework", form=form)
        try:
            framework = apply_import(form.plan)
        except FrameworkRefused as refused:
            messages.error(request, str(refused))
            return redirect("admin:careers_framework_import")
        if not framework.is_draft:
            messages.info(request, f"Nothing has changed: the file equals {framework}.")
            return redirect("admin:careers_framework_change", framework.pk)
        self.log_change(request, framework, "Imported a file.")
        say_draft(request, framework)
        return redirect("admin:careers_framework_preview", framework.pk)

    def page(self, request, template, title, **context):
        site = self.admin_site.each_context(request)
        context = {**site, "opts": self.opts, "title": title, **context}
        return TemplateResponse(
            request, f"admin/careers/framework/{template}.html", context
        )
