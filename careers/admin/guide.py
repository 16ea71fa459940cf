"""The guide's pages, figures and questions. What is saved here is live at once.

The rules of its files are said beside the fields, and the log keeps what was there before.
"""

from itertools import chain

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminBigIntegerFieldWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelChoiceField, Textarea, TextInput
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.admin.base import SeenAdmin
from careers.admin.forms import PartForm, SeenForm, link_fields
from careers.models import (
    Fact,
    Guide,
    GuideEntry,
    GuidePage,
    GuideQuestion,
    GuideSection,
    GuideSource,
    PayRange,
)
from careers.names import COLUMNS
from careers.problems import ERROR
from careers.publishing import record_guide_change
from careers.rules import problems_in_section, problems_of_part
from careers.store import TABLE_OF

NO_GUIDE = _("There is no guide yet. Ask for one to be imported, then add to it.")
OTHER_GUIDE = _("This belongs to another guide. Choose one of the same guide.")
TEXTS = {
    models.TextField: {"widget": Textarea(attrs={"rows": 4, "cols": 80})},
    models.CharField: {"widget": TextInput(attrs={"size": 60})},
}
NARROW = {
    models.TextField: {"widget": Textarea(attrs={"rows": 4, "cols": 30})},
    models.CharField: {"widget": TextInput(attrs={"size": 20})},
    models.SlugField: {"widget": TextInput(attrs={"size": 14})},
}


def guide_of_row(row):
    """The guide that a row, or the page of a section, belongs to; None while it has none."""
    if isinstance(row, GuideSection):
        return row.page.guide if row.page_id else None
    return row.guide if row.guide_id else None


def only_guide():
    """The guide of every new row; None where there are several, or none."""
    guides = list(Guide.objects.all()[:2])
    return guides[0] if len(guides) == 1 else None


def keep_within(guide, form):
    """Offers rows of one guide alone; while that is None, each with the name of its guide."""
    for name in link_fields(form):
        field = form.fields[name]
        field.error_messages["invalid_choice"] = OTHER_GUIDE
        if guide:
            field.queryset = field.queryset.filter(guide=guide)
        else:
            field.queryset = field.queryset.select_related("guide")
            field.label_from_instance = lambda row: f"{row.guide}: {row}"


# Forms
# --------------------------------------------------------------------------------------


class GuidePartForm(PartForm):
    """A row of the guide within another row's page, or on its own."""

    warnings = ()

    def clean(self):
        super().clean()
        if not self.errors:
            self.judge(problems_of_part(self.part()))
        return self.cleaned_data

    def judge(self, problems):
        """Errors beside their fields; warnings are kept, to be said after saving."""
        for problem in problems:
            name = problem.path.partition("/")[0]
            if problem.severity == ERROR:
                known = name in self.fields
                self.add_error(name if known else None, problem.sentence)
            else:
                sentence = f"{self.label_of(name)}: {problem.sentence}"
                self.warnings = [*self.warnings, sentence]

    def part(self):
        """What the form holds, as the shape of files."""
        table = TABLE_OF[self._meta.model.__name__]
        said = self.cleaned_data
        row = {
            name: said[name] if name in said else getattr(self.instance, name)
            for name in table.fields
        }
        return table.part_of(row | {name: row[name].key for name in table.links})

    def label_of(self, name):
        field = self.fields.get(name)
        return field.label if field and field.label else capfirst(COLUMNS[name])

    def changes(self):
        """What was there before and what is there now, one sentence a field."""
        for name in self.changed_data:
            field, after = self.fields[name], self.cleaned_data[name]
            before = self.initial.get(name)
            if isinstance(field, ModelChoiceField):
                before = field.queryset.model.objects.filter(pk=before).first()
            else:
                before = field.to_python(before)
            if name not in ("seen", "DELETE") and before != after:
                was, became = (
                    gettext("nothing") if each in (None, "") else f"“{each}”"
                    for each in (before, after)
                )
                said = {"field": self.label_of(name), "was": was, "became": became}
                yield gettext("%(field)s: %(was)s became %(became)s.") % said


class GuideRowForm(GuidePartForm, SeenForm):
    """A row of the guide with a page of its own."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        guide = guide_of_row(self.instance) or only_guide()
        if guide and "guide_id" in vars(self.instance):
            self.instance.guide = guide
        keep_within(guide, self)

    def clean(self):
        if not Guide.objects.select_for_update():
            raise ValidationError(NO_GUIDE)
        super().clean()
        guide = self.cleaned_data.get("guide")
        for name in link_fields(self) if guide else ():
            linked = self.cleaned_data.get(name)
            if linked and linked.guide_id != guide.pk:
                self.add_error(name, OTHER_GUIDE)
        self.compare_with_seen()
        return self.cleaned_data


class FactFormSet(BaseInlineFormSet):
    """Figures name sources of the guide that their section belongs to."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.guide = guide_of_row(self.instance) or only_guide()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        keep_within(self.guide, form)


class EntryFormSet(BaseInlineFormSet):
    """Entries have what the kind of their section asks for."""

    def clean(self):
        super().clean()
        for form in self.forms:
            is_kept = form.instance.pk or form.has_changed()
            if is_kept and not form.errors:
                form.judge(problems_in_section(form.part(), self.instance.kind))


# Pages
# --------------------------------------------------------------------------------------


class OnSite:
    def view_on_site(self, obj):
        return obj.get_absolute_url()


class GuideAdmin(SeenAdmin):
    """A row of the guide with a page of its own."""

    form = GuideRowForm
    formfield_overrides = TEXTS

    def get_exclude(self, request, obj=None):
        """A new row is asked for its guide where there are several."""
        asked = obj is None and Guide.objects.exists() and only_guide() is None
        return () if asked else ("guide",)

    def get_changeform_initial_data(self, request):
        """A new row comes last."""
        return {"order": self.model.objects.count() + 1}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        record_guide_change(guide_of_row(form.instance))
        forms = [form]
        for formset in formsets:
            gone = formset.deleted_forms
            forms += [each for each in formset.forms if each not in gone]
        for warning in chain.from_iterable(each.warnings for each in forms):
            messages.warning(request, warning)
        text = gettext("This is live now.")
        if address := self.get_view_on_site_url(form.instance):
            look = gettext("Look at the page")
            text = format_html('{} <a href="{}">{}</a>', text, address, look)
        messages.info(request, text)

    def delete_model(self, request, obj):
        guide = guide_of_row(obj)
        super().delete_model(request, obj)
        record_guide_change(guide)

    def construct_change_message(self, request, form, formsets, add=False):
        """What was there before: the log is the only place that remembers it."""
        lines = [gettext("Added.")] if add else [*form.changes()]
        for formset in formsets or ():
            said = {"kind": formset.model._meta.verbose_name}
            for row in formset.new_objects:
                said["part"] = row
                lines.append(gettext("Added %(kind)s “%(part)s”.") % said)
            for row in formset.deleted_objects:
                said["part"] = row
                lines.append(gettext("Deleted %(kind)s “%(part)s”.") % said)
            changed = {row.pk for row, names in formset.changed_objects}
            for form_of_part in formset.initial_forms:
                if form_of_part.instance.pk in changed:
                    said["part"] = form_of_part.instance
                    said["changes"] = " ".join(form_of_part.changes())
                    line = gettext("Changed %(kind)s “%(part)s”: %(changes)s") % said
                    lines.append(line)
        return "\n".join(lines) or gettext("No fields changed.")


class SectionInline(OnSite, admin.TabularInline):
    model = GuideSection
    form = GuidePartForm
    extra = 0
    formfield_overrides = NARROW
    show_change_link = True
    verbose_name_plural = _("sections; facts and entries stand on the page of each")


class FactInline(admin.TabularInline):
    model = Fact
    form = GuidePartForm
    formset = FactFormSet
    extra = 0
    formfield_overrides = NARROW


class EntryInline(admin.StackedInline):
    model = GuideEntry
    form = GuidePartForm
    formset = EntryFormSet
    extra = 0
    formfield_overrides = TEXTS
    verbose_name = _("entry")
    verbose_name_plural = _("entries")


@admin.register(GuidePage)
class GuidePageAdmin(OnSite, GuideAdmin):
    """The pages are those that the site has: none can be added or removed."""

    list_display = ("title", "key", "lead")
    list_filter = ("guide",)
    search_fields = ("title", "lead", "sections__title", "sections__text")
    inlines = (SectionInline,)
    parts = ("sections",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(GuideSection)
class GuideSectionAdmin(OnSite, GuideAdmin):
    list_display = ("title", "page", "key", "kind", "order")
    list_filter = ("page",)
    list_select_related = ("page__guide",)
    search_fields = (
        "key",
        "title",
        "text",
        "entries__title",
        "entries__text",
        "facts__label",
    )
    inlines = (FactInline, EntryInline)
    parts = ("facts", "entries")


@admin.register(PayRange)
class PayRangeAdmin(OnSite, GuideAdmin):
    list_display = ("region", "currency", "low", "high", "year", "source", "order")
    list_filter = ("guide",)
    list_select_related = ("source",)
    search_fields = ("key", "region", "note", "doubt")
    formfield_overrides = {
        **TEXTS,
        models.PositiveIntegerField: {"widget": AdminBigIntegerFieldWidget},
    }


@admin.register(GuideQuestion)
class GuideQuestionAdmin(OnSite, GuideAdmin):
    list_display = ("question", "topic", "order")
    list_filter = ("guide", "topic")
    search_fields = ("key", "question", "answer")


@admin.register(GuideSource)
class GuideSourceAdmin(GuideAdmin):
    """Sources stand beside the figures, on many pages."""

    list_display = ("title", "where", "use")
    list_filter = ("guide",)
    search_fields = ("key", "title", "where", "use")
