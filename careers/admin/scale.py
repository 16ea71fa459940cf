"""What belongs to the whole framework: the scale, the sources, the topics left out."""

from django.contrib import admin

from careers.admin.base import RowAdmin
from careers.models import LeftOut, ProficiencyLevel, Source


@admin.register(ProficiencyLevel)
class ProficiencyLevelAdmin(RowAdmin):
    identity = "value"
    list_display = ("value", "name", "definition")
    list_display_links = ("value", "name")
    search_fields = ("name", "definition")


@admin.register(Source)
class SourceAdmin(RowAdmin):
    list_display = ("title", "where", "licence", "use")
    search_fields = ("key", "title", "where", "use")


@admin.register(LeftOut)
class LeftOutAdmin(RowAdmin):
    list_display = ("topic", "folded_into", "why")
    search_fields = ("key", "topic", "why")
