"""Versions of a framework: drafts, preview, publication, import and export."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from careers.admin.base import VersionedAdmin, say_draft
from careers.admin.forms import PublishForm
from careers.admin.matrix import (
    LADDER,
    Matrix,
    load_for_matrix,
    save_matrix,
)
from careers.admin.preview import (
    differences_in_words,
    line_of,
    names_in,
    preview_of,
    problems_in_words,
)
from careers.admin.upload import ConfirmForm, NewLadderForm, UploadForm
from careers.files import CONTENT, parse_framework, text_of
from careers.models import Framework
from careers.problems import warnings
from careers.publishing import (
    CHANGE,
    CREATE,
    REMOVE,
    ImportRefused,
    apply_import,
    copy_framework,
    publish_framework,
)
from careers.shape import KINDS_OF_CAREER
from careers.sheets import table_of_matrix, table_of_skills, tables_of
from careers.store import TABLES, live_frameworks, spec_of
from careers.tables import CSV, XLSX, csv_of, workbook_of
from careers.wording import isolated

FORMS = {  # of a file: its name, its type, and what it holds of a framework
    "yaml": ("{}.yaml", "text/yaml; charset=utf-8", text_of),
    "xlsx": ("{}.xlsx", XLSX, lambda spec: workbook_of(tables_of(spec))),
    "skills": ("{}-skills.csv", CSV, lambda spec: csv_of(table_of_skills(spec))),
    "matrix": ("{}-matrix.csv", CSV, lambda spec: csv_of(table_of_matrix(spec))),
}
TEMPLATE = CONTENT / "template.yaml"


@admin.register(Framework)
class FrameworkAdmin(VersionedAdmin):
    list_display = ("title", "version", "status", "published_at", "publisher")
    list_filter = ("status", "key")
    list_select_related = ("published_by",)
    search_fields = ("key", "title", "version", "notes")
    actions = ("new_draft",)

    @admin.display(description=_("published by"), ordering="published_by__email")
    def publisher(self, framework):
        return framework.published_by and framework.published_by.email

    def add_view(self, request, *args, **options):
        """A ladder begins from a file or as a copy, never from an empty form."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        return redirect("admin:careers_framework_import")

    def has_import_permission(self, request):
        rights = ("careers.add_framework", "careers.change_framework")
        return request.user.has_perms(rights)

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

    @admin.action(description=_("New draft from this version"), permissions=["import"])
    def new_draft(self, request, queryset):
        if len(queryset) != 1:
            messages.error(
                request, gettext("Choose one version to start a draft from.")
            )
            return None
        draft = self.draft_from(request, queryset[0])
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
            page("template/<str:form>/", require_GET(self.template), "template"),
            page("<int:pk>/copy/", both(self.copy), "copy"),
            page("<int:pk>/matrix/", both(self.matrix), "matrix"),
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
            said = gettext("%(version)s is not a draft: nothing to preview.")
            messages.info(request, said % {"version": framework})
            return redirect("admin:careers_framework_change", pk)
        return self.show_preview(request, framework, notes_form(framework))

    def show_preview(self, request, framework, form):
        return self.page(
            request,
            "preview",
            gettext("What publishing %(title)s %(version)s changes")
            % {"title": isolated(framework.title), "version": framework.version},
            framework=framework,
            **preview_of(framework),
            form=form,
            moves_most=self.admin_site.moves_most(framework),
            notice=[(framework.version, form["notes"].value())],
            may_publish=self.has_change_permission(request, framework),
        )

    def matrix(self, request, pk):
        framework = load_for_matrix(pk)
        if framework is None:
            raise Http404("There is no such framework.")
        may_change = self.has_change_permission(request, framework)
        if not (may_change or self.has_view_permission(request, framework)):
            raise PermissionDenied
        if not framework.is_draft and request.method == "GET":
            said = gettext("%(version)s is not a draft: open one to edit it.")
            messages.info(request, said % {"version": framework})
            return redirect("admin:careers_framework_change", pk)
        request.open_drafts = [
            framework
        ]  # one query less: the menu asks for some draft
        kind = request.GET.get("careers")
        kind = kind if kind in KINDS_OF_CAREER else LADDER
        if request.method == "GET":
            matrix = Matrix(framework, kind)
        elif not self.has_change_permission(request):
            raise PermissionDenied
        else:
            matrix = self.save_matrix(request, framework, kind)
            if matrix is None:
                return redirect(request.get_full_path())
        return self.page(
            request,
            "matrix",
            gettext("What each level of %(title)s %(version)s requires")
            % {"title": isolated(framework.title), "version": framework.version},
            framework=framework,
            matrix=matrix,
            may_change=may_change,
            warnings=problems_in_words(matrix.warnings, matrix.spec),
            is_nav_sidebar_enabled=False,  # its width is that of two levels
        )

    def save_matrix(self, request, framework, kind):
        """Writes what was sent; the matrix with its errors, or None where all went well."""

        def log(level, message):
            self.log_change(request, level, message)

        matrix, written = save_matrix(
            framework=framework, kind=kind, data=request.POST, log=log
        )
        if written is None:
            return matrix
        said = ngettext("%(n)d cell saved.", "%(n)d cells saved.", len(written))
        messages.success(request, said % {"n": len(written)})
        return None

    def publish(self, request, pk):
        framework = get_object_or_404(Framework, pk=pk)
        if not request.user.has_perm("careers.change_framework"):
            raise PermissionDenied
        if not framework.is_draft:
            say_published(request, framework)
            return redirect("admin:careers_framework_change", pk)
        form = notes_form(framework, request.POST)
        if not form.is_valid() or "look" in request.POST:
            return self.show_preview(request, framework, form)
        try:
            framework = publish_framework(
                framework=framework, by=request.user, notes=form.cleaned_data["notes"]
            )
        except ImportRefused as refused:
            return self.say_refused(request, framework, refused)
        self.log_change(request, framework, gettext("Published."))
        said = gettext(
            "Version %(version)s is live now. What people finished before does not change."
        )
        messages.success(request, said % {"version": framework.version})
        return redirect("admin:careers_framework_change", pk)

    def say_refused(self, request, framework, refused):
        if not Framework.objects.drafts().filter(pk=framework.pk).exists():
            say_published(request, framework)
            return redirect("admin:careers_framework_changelist")
        said = ngettext(
            "Not published: one error. The list is below.",
            "Not published: %(n)d errors. The list is below.",
            len(refused.problems),
        )
        messages.error(request, said % {"n": len(refused.problems)})
        return redirect("admin:careers_framework_preview", framework.pk)

    def export(self, request, pk):
        framework = get_object_or_404(Framework, pk=pk)
        if not self.has_view_permission(request, framework):
            raise PermissionDenied
        form = request.GET.get("as", "yaml")
        name = f"{framework.key}-{framework.version}"
        return file_of(form, name, spec_of(framework))

    def template(self, request, form):
        """A small ladder to begin from; as YAML with what its owner wrote between."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        text = TEMPLATE.read_text(encoding="utf-8")
        if form == "yaml":
            return sent("ladder.yaml", FORMS[form][1], text)
        return file_of(form, "ladder", parse_framework({"": text}).spec)

    def copy(self, request, pk):
        framework = get_object_or_404(Framework, pk=pk)
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = NewLadderForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            data = form.cleaned_data
            draft = copy_framework(
                framework=framework, key=data["key"], title=data["title"]
            )
            said = gettext("Copied from %(version)s.") % {"version": framework}
            self.log_addition(request, draft, said)
            say_draft(request, draft)
            return redirect("admin:careers_framework_change", draft.pk)
        title = gettext("Copy %(title)s %(version)s as a new ladder") % {
            "title": isolated(framework.title),
            "version": framework.version,
        }
        return self.page(request, "copy", title, framework=framework, form=form)

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
            return self.ask_for_file(request, form)
        return self.show_plan(request, form.plan, ConfirmForm(initial=form.carried))

    def ask_for_file(self, request, form):
        return self.page(request, "import", gettext("Import a framework"), form=form)

    def show_plan(self, request, plan, form):
        spec = plan.spec
        names = names_in(spec)
        return self.page(
            request,
            "import_plan",
            gettext("What importing %(title)s %(version)s changes")
            % {"title": isolated(spec.title), "version": spec.version},
            form=form,
            plan=plan,
            differences=differences_of(plan),
            warnings=[line_of(each, names) for each in warnings(plan.problems)],
        )

    def confirm_import(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            if form.plan:
                return self.show_plan(request, form.plan, form)
            return self.ask_for_file(request, form)
        try:
            framework = apply_import(form.plan)
        except ImportRefused as refused:
            messages.error(request, str(refused))
            return redirect("admin:careers_framework_import")
        if not framework.is_draft:
            said = gettext("Nothing has changed: the file equals %(version)s.")
            messages.info(request, said % {"version": framework})
            return redirect("admin:careers_framework_change", framework.pk)
        said = gettext(
            "Imported a file: %(create)d added, %(change)d changed, %(remove)d removed."
        )
        shown = differences_of(form.plan)
        counts = {each: len(shown.get(each, ())) for each in (CREATE, CHANGE, REMOVE)}
        self.log_change(request, framework, said % counts)
        say_draft(request, framework)
        return redirect("admin:careers_framework_preview", framework.pk)

    def page(self, request, template, title, **context):
        site = self.admin_site.each_context(request)
        context = {**site, "opts": self.opts, "title": title, **context}
        return TemplateResponse(
            request, f"admin/careers/framework/{template}.html", context
        )


def notes_form(framework, data=None):
    """The form to publish a draft with; a first version has nothing to say of."""
    live = live_frameworks(framework.key)
    notes = {"notes": framework.notes}
    return PublishForm(data, initial=notes, is_first=not live.exists())


def differences_of(plan):
    """What an import changes, as its page shows it and the log counts it."""
    before = names_in(plan.before) if plan.before else {}
    return differences_in_words(plan.changes, before | names_in(plan.spec))


def say_published(request, framework):
    said = gettext("Version %(version)s is published already.")
    messages.info(request, said % {"version": framework.version})


def file_of(form, name, spec):
    """A framework as a file of a form; 404 where there is no such form."""
    if form not in FORMS:
        raise Http404("There is no such form of a file.")
    names, content_type, content = FORMS[form]
    return sent(names.format(name), content_type, content(spec))


def sent(name, content_type, content):
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=content_type, headers=headers)
