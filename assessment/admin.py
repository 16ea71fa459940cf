"""Staff see that an assessment exists, not what is in it. Ratings are not shown at all."""

from django.contrib import admin

from assessment.models import Assessment

SHOWN = ("person", "target", "framework", "status", "started_at", "submitted_at")


@admin.register(Assessment)
class AssessmentAdmin(admin.ModelAdmin):
    """A read-only list for supporting people: no answer, score, band, name or note."""

    list_display = SHOWN
    list_filter = ("status", "framework")
    list_select_related = ("owner", "target", "framework")
    search_fields = ("owner__email",)
    fields = SHOWN
    actions = None

    @admin.display(description="owner", ordering="owner__email")
    def person(self, assessment):
        """The e-mail address; a guest's assessment has no owner."""
        return assessment.owner.email if assessment.owner else None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Superusers alone: without it, no account could be deleted."""
        return request.user.is_superuser
