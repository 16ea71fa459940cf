"""A text of a framework or of a person says in which language it is, or which way it runs.

Where a framework is in another language than the page, each of its sentences and names lies
within an element with `lang` and `dir`; a name within a sentence of ours stands apart from
it. What a person typed lies within one with `dir`.
"""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.db.models import CharField, TextField
from django.template.loader import get_template
from django.utils.translation import override

from assessment.models import Assessment, JournalEntry, PlanItem, Rating
from assessment.wording import SKILLS_OF_EXAMPLE
from careers.models import Framework
from tests.addresses import ADDRESSES, Who, address_of, knows_nobody
from tests.factories import EARLIER, make_assessment, make_guest
from tests.house import said
from tests.test_translatable import LETTERS, cast  # noqa: F401 - a fixture

NAMES = {"name", "title", "short_title", "issuer"}
READ_OUT = ("aria-label", "title", "alt", "content", "placeholder", "label")
LATIN, ARABIC = re.compile("[A-Za-z]"), re.compile("[\u0621-\u064a]")
APART = re.compile("\u2068[^\u2069]*\u2069")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}
TYPED = {
    Assessment: ("label",),
    Rating: ("note", "reason"),
    PlanItem: ("first_piece", "when_then"),
    JournalEntry: ("text",),
}
ASKED = {
    "assessment:compare": {"first": "senior-tpm", "second": "cloud"},
    "assessment:propose": {"hours": 40},
    "assessment:search": {"q": "planning"},
    "assessment:find_level": {"scope": 1, "autonomy": 1, "people": 1},
}


class Marked(HTMLParser):
    """[(text, its element, attributes that hold for it)] of what stands in `main`.

    `attributes`: the texts that attributes hold, anywhere.
    """

    def __init__(self, page):
        super().__init__()
        self.open, self.texts, self.attributes = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.attributes += [known[name] for name in READ_OUT if known.get(name)]
        if tag not in VOID and (self.open or tag == "main"):
            self.open.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if self.open and tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if self.open and data.strip():
            element = self.open[-1][0] + "." + self.open[-1][1].get("class", "")
            held = {name for _, attributes in self.open for name in attributes}
            self.texts.append((" ".join(data.split()), element, held))


def texts_of(models):
    """Whole texts that rows hold, as pages show them."""
    found = set()
    for model, names in models.items():
        for row in model.objects.values_list(*names):
            found |= {" ".join(text.split()) for text in row if text}
    return {text for text in found if LETTERS.search(text)}


def of_framework():
    """{model: its fields with sentences}, of a framework and of all that its parts hold."""
    models, parts = {}, [Framework]
    for part in parts:
        for relation in part._meta.related_objects:
            model = relation.related_model
            if model._meta.app_label == "careers" and model not in parts:
                parts.append(model)
                models[model] = [
                    field.name
                    for field in model._meta.concrete_fields
                    if type(field) in (CharField, TextField)
                    and not field.choices
                    and field.name not in {*NAMES, "key", "currency"}
                ]
    return {model: names for model, names in models.items() if names}


@pytest.fixture
def pages(cast, alice):  # noqa: F811
    """{address for whom: its page}, and pages that are asked for something."""
    for model in (Framework, *of_framework()):
        columns = NAMES & {field.name for field in model._meta.fields}
        for pk in model.objects.values_list("pk", flat=True):
            model.objects.filter(pk=pk).update(**dict.fromkeys(columns, f"مهارة {pk}"))
    for framework in Framework.objects.all():  # of another digest, and so read anew
        changed = {"language": "ar", "digest": framework.digest[::-1]}
        Framework.objects.filter(pk=framework.pk).update(**changed)
    found = {}
    for who, (client, scene) in cast.items():
        for name, address in ADDRESSES.items():
            if who != "a visitor" and knows_nobody(name):
                continue
            if address.is_page and name != "styleguide":
                answer = client.get(address_of(name, scene))
                if answer.status_code == 200 and b"<main" in answer.content:
                    found[f"{name} for {who}"] = answer.content.decode()
    client, scene = cast["Bob"]
    for name, asked in ASKED.items():
        found[f"{name} as asked"] = client.get(
            address_of(name, scene), asked
        ).content.decode()
    make_assessment(owner=alice, ratings=EARLIER, submit=True)
    found["her first plan"] = cast["Alice"][0].get("/plan/").content.decode()
    guest, client = make_guest()
    mine = make_assessment(guest=guest, ratings=EARLIER, submit=True)
    of_guest = SimpleNamespace(**vars(scene) | {"uid": mine.uid})
    for name, address in ADDRESSES.items():
        if address.who is Who.OWNER and address.is_page:
            page = client.get(address_of(name, of_guest))
            found[f"{name} for a guest"] = page.content.decode()
    return found


def test_a_text_says_its_language_or_which_way_it_runs(pages):
    marked = {name: Marked(page) for name, page in pages.items()}

    faults = {
        *sentences_without_language(marked),
        *names_without_language(marked),
        *words_of_people_without_direction(marked),
    }

    assert not faults, said(sorted(faults))


def sentences_without_language(pages):
    models = of_framework()
    names = {model: NAMES & {f.name for f in model._meta.fields} for model in models}
    texts = texts_of(models) - texts_of({m: n for m, n in names.items() if n})
    texts -= set(map(str, SKILLS_OF_EXAMPLE.values()))  # ours, of no framework
    texts -= texts_of(TYPED)  # a copy in a plan, which a person may have changed
    sentences = [text for text in texts if len(text.split()) > 3]  # also within others
    return {
        f"{name}: {text} in {element}"
        for name, page in pages.items()
        for text, element, held in page.texts
        if not name.startswith(
            "assessment:example"
        )  # whose made-up note is a statement
        and not {"lang", "dir"} <= held
        and (text in texts or any(each in text for each in sentences))
    }


def names_without_language(pages):
    """Names that stand neither in an element that says it nor apart in their sentence."""
    for name, page in pages.items():
        for text, element, held in page.texts:
            if ARABIC.search(APART.sub("", text)) and not {"lang", "dir"} <= held:
                yield f"{name}: {text} in {element}"
        for text in page.attributes:
            if LATIN.search(text) and ARABIC.search(APART.sub("", text)):
                yield f"{name}: {text} in an attribute"


def words_of_people_without_direction(pages):
    texts = texts_of(TYPED)
    return {
        f"{name}: {text} in {element}"
        for name, page in pages.items()
        for text, element, held in page.texts
        if text in texts and "dir" not in held
    }


@pytest.mark.parametrize("template", ["admin/base_site.html", "bare.html", "base.html"])
@pytest.mark.parametrize(
    ("language", "directions"), [("ar", {"rtl"}), ("en", {"ltr", None})]
)
def test_a_page_runs_as_its_language_does(rf, template, language, directions):
    with override(language):
        page = get_template(template).render({"status": 503}, rf.get("/"))

    attributes = re.search(r"<html ([^>]*)>", page)[1]
    assert f'lang="{language}"' in attributes
    assert dict(re.findall(r'(\w+)="(\w*)"', attributes)).get("dir") in directions
