"""The guide as rows: pages of sections, figures with their sources, questions.

It has no versions: what is saved is live. `careers.publishing` writes it, the admin
edits it, and both leave a new digest behind, by which every process sees what is new.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import get_script_prefix

from careers import shape
from careers.models.columns import KEY_LENGTH, choices, lines, unique_key

THE_GUIDE = 1
LINK_TEXT = 60


def link_and_text(name):
    """A link has a text on it, and a text leads somewhere."""
    return models.CheckConstraint(
        condition=Q(link="", link_text="") | (~Q(link="") & ~Q(link_text="")),
        name=name,
        violation_error_message="Fill in both link and link text, or neither.",
    )


def address_of(page, section=""):
    """Where a page of the guide stands, or a section of it."""
    place = f"#{section}" if section else ""
    return f"{get_script_prefix()}{page}/{place}"


class Guide(models.Model):
    """The one guide. Its digest tells whether what a process keeps is still true."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_GUIDE)
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=THE_GUIDE), name="guide_only_one")
        ]

    def __str__(self):
        return "The guide"


class GuideSource(models.Model):
    """Where figures come from, and what they may be used for."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="sources")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    title = models.CharField(max_length=200)
    where = models.TextField()
    use = models.TextField()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "guide source"
        constraints = [unique_key("guide_source_key_once", "guide")]

    def __str__(self):
        return self.title


class GuidePage(models.Model):
    """One page of the site; `shape.PAGES` names them all."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="pages")
    key = models.CharField(max_length=KEY_LENGTH, choices=choices(shape.PAGES))
    title = models.CharField(max_length=80)
    description = models.CharField(
        max_length=160, help_text="For search engines and lists of pages."
    )
    lead = models.TextField(help_text="What stands under the title.")

    class Meta:
        ordering = ["pk"]
        verbose_name = "guide page"
        constraints = [unique_key("guide_page_key_once", "guide")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of(self.key)


class GuideSection(models.Model):
    """A titled part of a page."""

    page = models.ForeignKey(GuidePage, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    title = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=20,
        choices=choices(shape.KINDS_OF_SECTION),
        default="points",
        help_text="How its entries are shown.",
    )
    text = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["page", "order", "pk"]
        verbose_name = "guide section"
        constraints = [unique_key("guide_section_key_once", "page")]

    def __str__(self):
        return f"{self.page}: {self.title}"

    def get_absolute_url(self):
        return address_of(self.page.key, self.key)


class Fact(models.Model):
    """A figure with its year and source."""

    section = models.ForeignKey(GuideSection, models.CASCADE, related_name="facts")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    label = models.CharField(max_length=120)
    value = models.CharField(max_length=120)
    year = models.CharField(max_length=20)
    source = models.ForeignKey(GuideSource, models.PROTECT, related_name="facts")
    doubt = models.TextField(
        blank=True, default="", help_text="What speaks against the figure."
    )

    class Meta:
        ordering = ["section", "order", "pk"]
        constraints = [unique_key("fact_key_once", "section")]

    def __str__(self):
        return f"{self.label}: {self.value}"


class GuideEntry(models.Model):
    """One item of a section."""

    section = models.ForeignKey(GuideSection, models.CASCADE, related_name="entries")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True, default="")
    points = lines()
    time = models.CharField(
        max_length=120, blank=True, default="", help_text="Of a route: how long."
    )
    cost = models.CharField(
        max_length=120, blank=True, default="", help_text="Of a route: how much."
    )
    basis = models.TextField(
        blank=True, default="", help_text="What it was built from."
    )
    doubt = models.TextField(blank=True, default="")
    link = models.CharField(
        max_length=shape.LONGEST_ADDRESS,
        blank=True,
        default="",
        help_text="An address of this site, such as /pay/.",
    )
    link_text = models.CharField(max_length=LINK_TEXT, blank=True, default="")
    level = models.CharField(
        max_length=KEY_LENGTH,
        blank=True,
        default="",
        help_text="Of a job that one comes from: the key of the level to start with.",
    )

    class Meta:
        ordering = ["section", "order", "pk"]
        verbose_name = "guide entry"
        verbose_name_plural = "guide entries"
        constraints = [
            unique_key("guide_entry_key_once", "section"),
            link_and_text("guide_entry_link_and_text"),
        ]

    def __str__(self):
        return self.title


class PayRange(models.Model):
    """Pay for a year in one region."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="pay_ranges")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    region = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    year = models.CharField(max_length=20)
    source = models.ForeignKey(GuideSource, models.PROTECT, related_name="pay_ranges")
    low_usd = models.PositiveIntegerField("low in US dollars", null=True, blank=True)
    high_usd = models.PositiveIntegerField("high in US dollars", null=True, blank=True)
    note = models.TextField(blank=True, default="")
    doubt = models.TextField(
        blank=True, default="", help_text="What speaks against the figures."
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "pay range"
        constraints = [
            unique_key("pay_range_key_once", "guide"),
            models.CheckConstraint(
                condition=Q(low__gte=1, high__gte=F("low")),
                name="pay_range_low_to_high",
                violation_error_message="'High' is below 'low'. Correct one.",
            ),
            models.CheckConstraint(
                condition=Q(low_usd__isnull=True, high_usd__isnull=True)
                | Q(low_usd__isnull=False, high_usd__isnull=False)
                & Q(low_usd__gte=1, high_usd__gte=F("low_usd")),
                name="pay_range_dollars_low_to_high",
                violation_error_message="Fill in both ends in US dollars, the low one first, or neither.",
            ),
        ]

    def __str__(self):
        return f"{self.region}: {self.currency} {self.low:,} to {self.high:,}"

    def get_absolute_url(self):
        return address_of("pay")


class GuideQuestion(models.Model):
    """A question and its answer."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    topic = models.CharField(max_length=20, choices=choices(shape.TOPICS))
    question = models.CharField(max_length=200)
    answer = models.TextField(help_text="A blank line begins a new paragraph.")
    basis = models.TextField(blank=True, default="")
    link = models.CharField(
        max_length=shape.LONGEST_ADDRESS,
        blank=True,
        default="",
        help_text="An address of this site, such as /pay/.",
    )
    link_text = models.CharField(max_length=LINK_TEXT, blank=True, default="")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "guide question"
        constraints = [
            unique_key("guide_question_key_once", "guide"),
            link_and_text("guide_question_link_and_text"),
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return address_of("questions")
