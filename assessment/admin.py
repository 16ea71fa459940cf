"""Staff see that an assessment exists, not what is in it. Ratings are not shown at all."""

from django.contrib import admin

from assessment.models import Assessment

SHOWN = ("person", "aim", "framework", "status", "started_at", "submitted_at")


@admin.register(Assessment)
class AssessmentAdmin(admin.ModelAdmin):
    """A read-only list for supporting people: no answer, score, band, name or note.

    A person's can be found by their e-mail address. All else that the list can be filtered
    or ordered by says when it was made, on what, and whether it is done.
    """

    list_display = SHOWN
    list_filter = ("status", "framework", "started_at", "submitted_at")
    list_select_related = ("owner", "target", "framework")
    search_fields = ("owner__email",)
    fields = SHOWN
    actions = None

    @admin.display(description="owner")
    def person(self, assessment):
        """The e-mail address; a guest's assessment has no owner."""
        return assessment.owner.email if assessment.owner else None

    @admin.display(description="target")
    def aim(self, assessment):
        """A column that cannot be ordered by."""
        return assessment.target

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Superusers alone: without it, no account could be deleted."""
        return request.user.is_superuser
