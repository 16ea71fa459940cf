"""The guide's rows to its spec, which each process keeps until the guide changes."""

from functools import lru_cache

from django.db.models import Subquery

from careers.guide_spec import GuideSpec, in_order
from careers.models import Guide
from careers.rows import load_spec
from careers.spec_file import digest_of
from careers.tables import GUIDE_TABLES

GUIDES_KEPT = 4  # after a change, requests that began before it may still ask


class _Unsettled(Exception):
    """The rows are not those of the digest: they are just being written."""


def load_guide():
    """The guide as it is now, or None before the first import.

    One query, and one more for each table (7) after a change. It is the same object until
    the guide changes, by whatever process.
    """
    return guide_of(Guide.objects.values_list("digest", flat=True).first())


def with_guide(queryset):
    """Adds `guide_digest` to rows, for a page that needs the guide besides them."""
    return queryset.annotate(guide_digest=Subquery(Guide.objects.values("digest")[:1]))


def guide_of(digest):
    """The guide with this digest; None where there is no guide and so no digest."""
    if digest is None:
        return None
    try:
        return _load(digest)
    except _Unsettled as unsettled:
        return unsettled.args[0]


@lru_cache(maxsize=GUIDES_KEPT)
def _load(digest):
    guide = load_guide_rows(Guide(digest=digest))
    if digest_of(guide) != digest:
        raise _Unsettled(guide)
    return guide


def load_guide_rows(guide):
    """The spec that the rows of the guide hold now."""
    return in_order(load_spec(GuideSpec, GUIDE_TABLES, guide))
