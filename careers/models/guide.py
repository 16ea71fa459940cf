"""Guides as rows: pages of sections, figures with their sources, questions.

A guide has no versions: what is saved is live. `careers.publishing` writes it, the admin
edits it, and both leave a new revision behind, by which every process sees what is new.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers import guide_shape
from careers.addresses import url_of
from careers.fields import LONGEST_KEY
from careers.models.columns import (
    choices,
    lines,
    optional_line,
    optional_text,
    part_of,
    unique_key,
)

LINK_TEXT = 60


def site_link():
    return optional_line(
        guide_shape.LONGEST_ADDRESS, _("An address of this site, such as /pay/.")
    )


def link_and_text(name):
    """A link has a text on it, and a text leads somewhere."""
    return models.CheckConstraint(
        condition=Q(link="", link_text="") | (~Q(link="") & ~Q(link_text="")),
        name=name,
        violation_error_message=_("Fill in both link and link text, or neither."),
    )


class Guide(models.Model):
    """The one guide of a framework, whatever the version.

    Its revision tells whether what a process keeps is still true.
    """

    framework = models.SlugField(
        max_length=LONGEST_KEY,
        help_text=_("The key of the framework that it is about."),
    )
    revision = models.UUIDField(default=uuid4)

    class Meta:
        ordering = ["framework"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework"], name="guide_once_per_framework"
            )
        ]

    def __str__(self):
        return self.framework

    def url(self, page):
        """Where a page of it is."""
        return url_of(self.framework, page)


class GuideSource(models.Model):
    """Where figures come from, and what they may be used for."""

    guide = part_of(Guide, "sources")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    title = models.CharField(max_length=200)
    where = models.TextField()
    use = models.TextField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [unique_key("guide_source_key_once", "guide")]

    def __str__(self):
        return self.title


class GuidePage(models.Model):
    """One page of the site; `guide_shape.PAGES` names them all."""

    guide = part_of(Guide, "pages")
    key = models.CharField(max_length=LONGEST_KEY, choices=choices(guide_shape.PAGES))
    title = models.CharField(max_length=80)
    description = models.CharField(
        max_length=160, help_text=_("For search engines and lists of pages.")
    )
    lead = models.TextField(help_text=_("What stands under the title."))

    class Meta:
        ordering = ["pk"]
        constraints = [unique_key("guide_page_key_once", "guide")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.guide.url(self.key)


class GuideSection(models.Model):
    """A titled part of a page."""

    page = part_of(GuidePage, "sections")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    title = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=20,
        choices=choices(guide_shape.KINDS_OF_SECTION),
        default="points",
        help_text=_("How its entries are shown."),
    )
    text = optional_text()

    class Meta:
        ordering = ["page", "order", "pk"]
        constraints = [unique_key("guide_section_key_once", "page")]

    def __str__(self):
        return f"{self.page}: {self.title}"

    def get_absolute_url(self):
        return f"{self.page.get_absolute_url()}#{self.key}"


class Fact(models.Model):
    """A figure with its year and source."""

    section = part_of(GuideSection, "facts")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    label = models.CharField(max_length=120)
    value = models.CharField(max_length=120)
    year = models.CharField(max_length=20)
    source = models.ForeignKey(GuideSource, models.PROTECT, related_name="facts")
    doubt = optional_text(_("What speaks against the figure."))

    class Meta:
        ordering = ["section", "order", "pk"]
        constraints = [unique_key("fact_key_once", "section")]

    def __str__(self):
        return f"{self.label}: {self.value}"


class GuideEntry(models.Model):
    """One item of a section."""

    section = part_of(GuideSection, "entries")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    title = models.CharField(max_length=120)
    text = optional_text()
    points = lines()
    time = optional_line(120, _("Of a route: how long."))
    cost = optional_line(120, _("Of a route: how much."))
    basis = optional_text(_("What it was built from."))
    doubt = optional_text()
    link = site_link()
    link_text = optional_line(LINK_TEXT)
    level = optional_line(
        LONGEST_KEY,
        _("Of a job that one comes from: the key of the level to start with."),
    )

    class Meta:
        ordering = ["section", "order", "pk"]
        constraints = [
            unique_key("guide_entry_key_once", "section"),
            link_and_text("guide_entry_link_and_text"),
        ]

    def __str__(self):
        return self.title


class PayRange(models.Model):
    """Pay for a year in one region."""

    guide = part_of(Guide, "pay_ranges")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    region = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    year = models.CharField(max_length=20)
    source = models.ForeignKey(GuideSource, models.PROTECT, related_name="pay_ranges")
    low_usd = models.PositiveIntegerField(null=True, blank=True)
    high_usd = models.PositiveIntegerField(null=True, blank=True)
    note = optional_text()
    doubt = optional_text(_("What speaks against the figures."))

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            unique_key("pay_range_key_once", "guide"),
            models.CheckConstraint(
                condition=Q(low__gte=1, high__gte=F("low")),
                name="pay_range_low_to_high",
                violation_error_message=_("'High' is below 'low'. Correct one."),
            ),
            models.CheckConstraint(
                condition=Q(low_usd__isnull=True, high_usd__isnull=True)
                | Q(low_usd__isnull=False, high_usd__isnull=False)
                & Q(low_usd__gte=1, high_usd__gte=F("low_usd")),
                name="pay_range_dollars_low_to_high",
                violation_error_message=_(
                    "Fill in both ends in US dollars, the low one first, or neither."
                ),
            ),
        ]

    def __str__(self):
        said = {"region": self.region, "currency": self.currency}
        said |= {"low": f"{self.low:,}", "high": f"{self.high:,}"}
        return gettext("%(region)s: %(currency)s %(low)s to %(high)s") % said

    def get_absolute_url(self):
        return self.guide.url("pay")


class GuideQuestion(models.Model):
    """A question and its answer."""

    guide = part_of(Guide, "questions")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    topic = models.CharField(max_length=20, choices=choices(guide_shape.TOPICS))
    question = models.CharField(max_length=200)
    answer = models.TextField(help_text=_("A blank line begins a new paragraph."))
    basis = optional_text()
    link = site_link()
    link_text = optional_line(LINK_TEXT)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            unique_key("guide_question_key_once", "guide"),
            link_and_text("guide_question_link_and_text"),
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return self.guide.url("questions")
