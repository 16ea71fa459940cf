"""The journal: one line a day of what was done, for its owner alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, Window
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from assessment import access, plans
from assessment.agenda import live_spec_of, reached_in
from assessment.forms.plan import EntryForm
from assessment.models import PlanItem
from assessment.views.sending import form_page, sent
from careers.store import spec_beside

PAGE_SIZE = 50
MOST_DIGITS = 6  # of the number of a page; a database does not count much further


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal(request):
    """An entry in 20 seconds, then all entries. `?item=` is what an entry is about."""
    items = items_to_write_about(request)
    initial = {"about": request.GET.get("item", "")}
    reached = reached_in(items, access.own_assessments(request))
    specs = _specs(items)
    form = EntryForm(
        sent(request), items=items, reached=reached, specs=specs, initial=initial
    )
    if form.is_bound and form.is_valid():
        plans.write_entry(owner=request.user, **form.said)
        messages.success(request, gettext("Kept. Only you see it."))
        return redirect("assessment:journal")
    page = page_of(access.own_journal(request).with_live(), request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "specs": {each.framework_key: live_spec_of(each) for each in page},
        "spec": items and specs.get(items[0].plan.framework_key),
    }
    return form_page(request, "assessment/journal.html", context)


def page_of(entries, wanted):
    """A page of entries, with the count of all of them in the same query.

    The first one for what is no number, and behind the last.
    """
    is_number = wanted and wanted.isdecimal() and len(wanted) <= MOST_DIGITS
    number = int(wanted) if is_number else 1
    start = max(number - 1, 0) * PAGE_SIZE
    counted = entries.annotate(of_all=Window(Count("pk")))
    rows = list(counted[start : start + PAGE_SIZE])
    if start and not rows:
        return page_of(entries, "1")
    pages = Paginator(entries, PAGE_SIZE)
    pages.count = rows[0].of_all if rows else 0
    return Page(rows, max(number, 1), pages)


def _specs(items):
    return {each.plan.framework_key: live_spec_of(each) for each in items}


def items_to_write_about(request):
    """What is in focus first, then what is done, then what waits."""
    order = [PlanItem.State.FOCUS, PlanItem.State.DONE, PlanItem.State.WAITING]
    items = access.own_plan_items(request).with_live()
    items = items.exclude(state=PlanItem.State.DROPPED)
    return sorted(items, key=lambda each: order.index(each.state))


@require_http_methods(["GET", "HEAD", "POST"])
def journal_entry(request, uid):
    """Changes an entry or deletes it."""
    entry = access.get_entry_or_404(request, uid)
    if "delete" in request.POST:
        plans.delete_entry(entry=entry)
        messages.success(request, gettext("The entry is deleted."))
        return redirect("assessment:journal")
    items = items_to_write_about(request)
    item = next((each for each in items if each.pk == entry.item_id), None)
    if entry.skill_key and item is None:
        items = []  # what it is about is in no plan any more, and stays
    known = {name: getattr(entry, name) for name in ("day", "text", "url")}
    known["about"] = str(item.uid) if item else ""
    form = EntryForm(sent(request), items=items, specs=_specs(items), initial=known)
    if form.is_bound and form.is_valid():
        plans.change_entry(entry=entry, **form.said)
        return redirect("assessment:journal")
    context = {
        "entry": entry,
        "form": form,
        "live": live_spec_of(entry),
        "spec": spec_beside(entry.framework_key),
    }
    return form_page(request, "assessment/journal_entry.html", context)
