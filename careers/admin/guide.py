"""The guide's pages, figures and questions. What is saved here is live at once."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminBigIntegerFieldWidget
from django.db import models
from django.forms import Textarea, TextInput
from django.urls import is_valid_path
from django.utils.html import format_html

from careers.admin.guide_forms import (
    EntryFormSet,
    GuidePartForm,
    GuideRowForm,
    changes_in_words,
)
from careers.models import (
    Fact,
    GuideEntry,
    GuidePage,
    GuideQuestion,
    GuideSection,
    GuideSource,
    PayRange,
)
from careers.publishing import record_guide_change

TEXTS = {
    models.TextField: {"widget": Textarea(attrs={"rows": 4, "cols": 80})},
    models.CharField: {"widget": TextInput(attrs={"size": 60})},
}
NARROW = {
    models.TextField: {"widget": Textarea(attrs={"rows": 4, "cols": 30})},
    models.CharField: {"widget": TextInput(attrs={"size": 20})},
    models.SlugField: {"widget": TextInput(attrs={"size": 14})},
}


class OnSite:
    """A link to where the row is shown, as soon as the site has that page."""

    def view_on_site(self, obj):
        address = obj.get_absolute_url()
        return address if is_valid_path(address.partition("#")[0]) else None


class GuideAdmin(OnSite, admin.ModelAdmin):
    """A row of the guide with a page of its own."""

    form = GuideRowForm
    formfield_overrides = TEXTS
    exclude = ("guide",)
    actions = None
    parts = ()
    show_facets = admin.ShowFacets.NEVER

    def get_readonly_fields(self, request, obj=None):
        """The key is a part of addresses, and stays as it is."""
        return ("key",) if obj else ()

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change=change, **options)
        return type(form.__name__, (form,), {"parts": self.parts})

    def get_fields(self, request, obj=None):
        """What names the row first; the hidden field only where it is of use."""
        fields = list(super().get_fields(request, obj))
        fields.sort(key=lambda name: name != "key")
        if self.has_change_permission(request, obj):
            return fields
        return [name for name in fields if name != "seen"]

    def get_changeform_initial_data(self, request):
        """A new row comes last."""
        return {"order": self.model.objects.count() + 1}

    # What is written, and what is said of it
    # ----------------------------------------------------------------------------------

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        record_guide_change()
        for each in [form, *(row for formset in formsets for row in formset.forms)]:
            for warning in getattr(each, "warnings", ()):
                messages.warning(request, warning)
        self.say_live(request, form.instance)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        record_guide_change()

    def say_live(self, request, row):
        address = self.view_on_site(row)
        text = "This is live now."
        if address:
            text = format_html('{} <a href="{}">Look at the page</a>', text, address)
        messages.info(request, text)

    def construct_change_message(self, request, form, formsets, add=False):
        """What was there before: the log is the only place that remembers it."""
        lines = ["Added."] if add else changes_in_words(form)
        for formset in formsets or ():
            name = formset.model._meta.verbose_name
            lines += [f"Added {name} “{row}”." for row in formset.new_objects]
            lines += [f"Deleted {name} “{row}”." for row in formset.deleted_objects]
            changed = {row.pk for row, _ in formset.changed_objects}
            for part in formset.initial_forms:
                if part.instance.pk in changed:
                    words = " ".join(changes_in_words(part))
                    lines.append(f"Changed {name} “{part.instance}”: {words}")
        return "\n".join(lines) or "No fields changed."


class GuideInline:
    """Parts of a row, edited on its page."""

    form = GuidePartForm
    extra = 0


class SectionInline(GuideInline, OnSite, admin.TabularInline):
    model = GuideSection
    formfield_overrides = NARROW
    show_change_link = True
    verbose_name_plural = "sections; facts and entries stand on the page of each"


class FactInline(GuideInline, admin.TabularInline):
    model = Fact
    formfield_overrides = NARROW


class EntryInline(GuideInline, admin.StackedInline):
    model = GuideEntry
    formset = EntryFormSet
    formfield_overrides = TEXTS
    verbose_name = "entry"
    verbose_name_plural = "entries"


@admin.register(GuidePage)
class GuidePageAdmin(GuideAdmin):
    """The pages are those that the site has: none can be added or removed."""

    list_display = ("title", "key", "lead")
    search_fields = ("title", "lead", "sections__title", "sections__text")
    inlines = (SectionInline,)
    parts = ("sections",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(GuideSection)
class GuideSectionAdmin(GuideAdmin):
    list_display = ("title", "page", "key", "kind", "order")
    list_filter = ("page",)
    list_select_related = ("page",)
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
class PayRangeAdmin(GuideAdmin):
    list_display = ("region", "currency", "low", "high", "year", "source", "order")
    list_select_related = ("source",)
    search_fields = ("key", "region", "note", "doubt")
    formfield_overrides = {
        **TEXTS,
        models.PositiveIntegerField: {"widget": AdminBigIntegerFieldWidget},
    }


@admin.register(GuideQuestion)
class GuideQuestionAdmin(GuideAdmin):
    list_display = ("question", "topic", "order")
    list_filter = ("topic",)
    search_fields = ("key", "question", "answer")


@admin.register(GuideSource)
class GuideSourceAdmin(GuideAdmin):
    list_display = ("title", "where", "use")
    search_fields = ("key", "title", "where", "use")

    def view_on_site(self, obj):
        """Sources stand beside the figures, on many pages."""
        return None
