"""What search engines read: whole, linked, each page by a name of its own."""

import gzip
import xml.etree.ElementTree as ET

import pytest

from tests.factories import make_assessment, make_shipped_framework
from tests.guides import make_shipped_guide
from tests.reading import description, elements, texts
from tests.site import Walk, dead_links, more_than_once, walk
from tests.test_own_words import repeated

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LONGEST_DESCRIPTION = 240  # engines cut it, and lose nothing but its end


@pytest.fixture
def shipped(db):
    make_shipped_framework()
    make_shipped_guide()


def of_sitemap(client):
    root = ET.fromstring(client.get("/sitemap.xml").content)
    return [each.text.removeprefix("http://testserver") for each in root.iter(SITEMAP)]


# One long walk, since it opens some hundred pages.
@pytest.mark.slow
def test_the_public_site_is_whole(client, shipped):
    walked = walk()

    public = walked.public()
    titles = [texts(page, "title")[0] for page in public.values()]
    descriptions = [description(page) for page in public.values()]
    assert list(dead_links(walked)) == []
    assert more_than_once(titles) == []
    assert more_than_once(descriptions) == []
    assert [each for each in descriptions if len(each) > LONGEST_DESCRIPTION] == []
    assert len(public) > 50
    assert set(of_sitemap(client)) - set(public) == set()
    forgotten = set(public) - set(of_sitemap(client))
    assert {
        path for path in forgotten if not path.endswith("job-description/")
    } == set()
    assert [path for path, page in public.items() if heavy(page)] == []
    assert [path for path, page in public.items() if list(borrowed(page))] == []


def heavy(page):
    """More than the 15 KB that are left for a page beside what all pages share."""
    return len(gzip.compress(page.content, 6)) > 15 * 1024


def borrowed(page):
    """Runs of eight words that the guide has, which this project began with."""
    for tag in ("h1", "h2", "h3", "p", "li", "dt", "dd", "td", "th", "label"):
        for text in texts(page, tag):
            yield from repeated(text)


@pytest.mark.slow
def test_what_is_personal_is_whole(shipped, alice, alice_client, quick_pdf):
    make_assessment(owner=alice, ratings={"risk-management": 3})
    make_assessment(owner=alice, target="senior-tpm", submit=True)

    walked = walk("/reports/", alice_client)

    assert list(dead_links(walked)) == []
    assert any(path.endswith("/what-if/") for path in walked.pages)
    assert any("/rate/" in path for path in walked.pages)


def test_a_dead_link_is_caught(client, db):
    page = client.get("/privacy/")
    links = (("/", "/privacy/"), ("/", "/none/"), ("/", "/privacy/#none"))
    walked = Walk({"/privacy/": page, "/none/": client.get("/none/")}, links)

    assert len(list(dead_links(walked))) == 2


def test_the_sitemap_names_what_is_published(client, shipped):
    found = of_sitemap(client)

    assert {"/", "/ladder/", "/ladder/tpm/", "/skills/sdlc/", "/pay/"} <= set(found)
    assert "/reports/" not in found
    assert len(found) == len(set(found))


def test_a_site_without_content_has_a_sitemap(client, db):
    assert "/privacy/" in of_sitemap(client)
    assert "/pay/" not in of_sitemap(client)


def test_robots_are_kept_from_what_is_personal(client, db):
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert "Disallow: /shared/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
    assert response.headers["Content-Type"].startswith("text/plain")


def test_a_page_has_one_address(client, shipped):
    response = client.get("/certifications/?skill=sdlc")

    (canonical,) = (
        each["href"]
        for each, _ in elements(response, "link")
        if each["rel"] == "canonical"
    )
    assert canonical == "http://testserver/certifications/"


def test_a_level_says_what_occupation_it_is(client, shipped):
    response = client.get("/ladder/senior-tpm/")

    said = [
        (a["itemprop"], a["content"])
        for a, _ in elements(response, "meta")
        if "itemprop" in a
    ]
    kinds = [a["itemtype"] for a, _ in elements(response, "div") if "itemtype" in a]
    assert kinds == ["https://schema.org/Occupation"]
    assert said[0] == ("name", "Senior Technical Project Manager")
    assert len([name for name, _ in said if name == "skills"]) == 20
