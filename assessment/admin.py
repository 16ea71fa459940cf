"""Staff see that an assessment exists, not what is in it. Ratings are not shown at all."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment
from assessment.views import trial
from assessment.views.impact import see_impact

MOST_LISTED = 1_000  # rows: who looks for one searches for it
SHOWN = ("person", "aim", "framework", "status", "started_at", "submitted_at")


class FirstRows(Paginator):
    """Pages of the newest MOST_LISTED rows: to count or skip all costs more with each row."""

    @cached_property
    def count(self):
        return len(self.object_list.values_list("pk")[:MOST_LISTED])


class NewestFirst(ChangeList):
    """Cannot be ordered otherwise: an order without an index sorts all rows."""

    def get_ordering_field(self, field_name):
        return None


@admin.register(Assessment)
class AssessmentAdmin(admin.ModelAdmin):
    """A read-only list for supporting people: no answer, score, band, name or note.

    A person's can be found by their e-mail address. All else that the list can be filtered
    by says when it was made, on what, and whether it is done. The newest are listed.
    """

    list_display = SHOWN
    list_filter = ("status", "framework", "started_at", "submitted_at")
    list_select_related = ("owner", "target", "framework")
    search_fields = ("owner__email",)
    fields = SHOWN
    actions = None
    paginator = FirstRows
    show_full_result_count = False
    sortable_by = ()
    ordering = ("-pk",)

    def get_urls(self):
        """With the pages on which who keeps the ladder sees what a draft does."""
        pages = [
            ("impact/<int:pk>/", see_impact, "impact"),
            ("trial/<int:pk>/", trial.start_trial, "start_trial"),
            ("trial/<int:pk>/stop/", trial.stop_trial, "stop_trial"),
            ("trial/<int:pk>/report/", trial.read_trial, "trial_report"),
            ("trial/<int:pk>/rate/<slug:group>/", trial.rate_trial, "trial"),
        ]
        return [
            *(
                path(route, self.admin_site.admin_view(page), name=f"assessment_{name}")
                for route, page, name in pages
            ),
            *super().get_urls(),
        ]

    @admin.display(description=_("owner"))
    def person(self, assessment):
        """The e-mail address; a guest's assessment has no owner."""
        return assessment.owner.email if assessment.owner else None

    @admin.display(description=_("target"))
    def aim(self, assessment):
        """A column that cannot be ordered by."""
        return assessment.target

    def get_changelist(self, request, **kwargs):
        return NewestFirst

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Superusers alone: without it, no account could be deleted."""
        return request.user.is_superuser
