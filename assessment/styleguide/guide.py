"""Sample data for the parts of the style guide that show the guide and the search."""

from careers.pages.guide import EntryView, FigureView
from careers.pages.parts import Fact
from careers.pay_chart import pay_scale
from careers.search import Hit, Piece

DOUBT = "The source gives two figures for this, and they do not agree."


def _entry(title, *, points=(), facts=(), basis="", doubt="", link=""):
    return EntryView(
        key="sample",
        title=title,
        paragraphs=("Learn to plan, to spot risks, and to report clearly.",),
        points=points,
        facts=facts,
        basis=basis,
        doubt=doubt,
        link=link,
        link_text="See the skills" if link else "",
        start_with="Junior TPM" if link else "",
    )


def guide():
    scale = pay_scale([75_000, 260_000])
    return {
        "hit": Hit(
            "Skills",
            "Risk management",
            "#risk",
            (Piece("Spotting what could go ", False), Piece("wrong", True)),
        ),
        "guide_figure": FigureView("Growth", "7 percent", "2025, the source", DOUBT),
        "guide_step": _entry("Learn to run the work", basis="duties.", link="#skills"),
        "guide_route": _entry(
            "Bootcamp",
            facts=(Fact("Time", "12 to 24 weeks"), Fact("Cost", "10,000 dollars")),
            points=("Ask what its students do now.", "Ask who teaches."),
            doubt=DOUBT,
        ),
        "pay_ticks": scale.ticks,
        "pay_range": scale.between(90_000, 150_000),
        "pay_level": scale.up_to(215_000, 220_000),
    }
