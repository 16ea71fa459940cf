"""The public site as a search engine walks it: from the first page, by its links."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from django.test import Client

from tests.reading import elements


@dataclass(frozen=True)
class Walk:
    """What was met: {address: response}, and each link as (page, where it leads)."""

    pages: dict
    links: tuple

    def public(self):
        """The pages that may be found: for everybody, and not asked to stay out."""
        return {
            path: page
            for path, page in self.pages.items()
            if "public" in page.headers.get("Cache-Control", "")
            and page.headers["Content-Type"].startswith("text/html")
            and b'content="noindex"' not in page.content
            and "?" not in path
        }


def walk(start="/", client=None):
    """Follows every link of ours; without a client, as visitors without a session."""
    pages, links, ahead = {}, [], [start]
    while ahead:
        path = ahead.pop()
        if path in pages:
            continue
        pages[path] = (client or Client()).get(path)
        if pages[path].status_code == 302:
            ahead.append(urldefrag(pages[path].url).url)
        if not pages[path].headers["Content-Type"].startswith("text/html"):
            continue
        for attributes, _ in elements(pages[path], "a"):
            target = urljoin(path, attributes["href"])
            if target.startswith("/"):
                links.append((path, target))
                ahead.append(urldefrag(target).url)
    return Walk(pages, tuple(links))


def dead_links(walked):
    """Links to what does not answer, or to a place that the page does not have."""
    for path, target in walked.links:
        address, anchor = urldefrag(target)
        answer = walked.pages[address]
        if answer.status_code not in (200, 302):
            yield f"{path} links to {target}, which answers {answer.status_code}."
        elif anchor and f'id="{anchor}"' not in answer.content.decode():
            yield f"{path} links to {target}, which has no such place."


def more_than_once(texts):
    return [text for text, count in Counter(texts).items() if count > 1]
