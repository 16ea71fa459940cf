"""The rules of the house for CSS: one place for colours, one entry."""

import re

import pytest

from tests.house import said, sources

# Sheets that pages or the PDF load; app.css imports all others.
ENTRIES = {"app.css", "owners.css", "paper.css"}
HOLDS_COLOURS = "static/css/tokens.css"
NAMED_COLOURS = [
    "black",
    "blue",
    "gray",
    "green",
    "grey",
    "orange",
    "purple",
    "red",
    "teal",
    "white",
    "yellow",
]
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\("
    rf"|(?<![\w-])(?:{'|'.join(NAMED_COLOURS)})(?![\w-])",
    re.IGNORECASE,
)


def without_comments(css):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r'url\([^)]*\)|"[^"]*"', "", css)


def rules(css):
    """(what stands before each brace, what stands in it up to the next brace)."""
    for part in without_comments(css).split("}"):
        before, *bodies = part.split("{")
        for body in bodies:
            yield before.rpartition(";")[2].strip(), body
            before = body


def offences(path, css):
    if "!important" in css:
        yield f"{path}: !important. The layers in app.css decide who wins."
    for selector, body in rules(css):
        if "#" in selector and not selector.startswith("@"):
            yield f"{path}: '{selector}' selects by id. Use a class."
        for declaration in body.split(";"):
            colour = COLOUR.search(declaration.partition(":")[2])
            if colour and path != HOLDS_COLOURS and "{" not in declaration:
                yield f"{path}: the colour {colour[0]} in '{selector}'. Name it in tokens.css."


def test_no_list_of_selectors_is_broken_off():
    """One that has lost its braces runs into what stands below it."""
    sheets = sources("static/css/**/*.css")

    faults = [
        f"{path}: the list that ends in '{found[1]}' has no rule."
        for path, css in sheets.items()
        for found in re.finditer(r"([^\n{};]+),\n\s*(?:\n|/\*)", css)
    ]

    assert not faults, said(faults)


def test_style_sheets_name_no_colour_and_no_id():
    sheets = sources("static/css/**/*.css")

    faults = [fault for each in sheets.items() for fault in offences(*each)]

    assert not faults, said(faults)


@pytest.mark.parametrize(
    "offence",
    [
        ".a { color: #fff; }",
        ".a { border: 1px solid RED; }",
        ".a { background: rgb(0 0 0 / 0.4); }",
        "@media print { .a { color: black; } }",
        "#main { margin: 0; }",
        "@media print { .a #b { margin: 0; } }",
        ".a { color: var(--color-ink) !important; }",
    ],
)
def test_an_offence_is_caught(offence):
    assert list(offences("static/css/base.css", offence)) != []


def test_plain_styles_pass():
    plain = """
    /* #main is red */
    @import url("tokens.css#red") layer(tokens);
    .is-red, .a:hover { color: var(--color-red); margin: 0 0 1px; }
    @media (forced-colors: active) { .a { border-color: CanvasText; } }
    .a::before { content: "red #1"; white-space: nowrap; }
    """

    assert list(offences("static/css/base.css", plain)) == []


def test_colours_may_stand_in_the_tokens():
    assert list(offences(HOLDS_COLOURS, ":root { --color-ink: #000; }")) == []


def brightness(colour):
    """The relative luminance of WCAG."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = (
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return sum(
        share * p for share, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def test_the_arrow_of_a_choice_is_seen_in_both_themes():
    sheets = sources("static/css/forms.css", HOLDS_COLOURS)
    (arrow,) = re.findall(r"stroke='%23(\w{6})'", sheets["static/css/forms.css"])
    surfaces = re.search(
        r"--color-surface: light-dark\(#(\w{6}), #(\w{6})\)", sheets[HOLDS_COLOURS]
    )

    for surface in surfaces.groups():
        dark, light = sorted((brightness(arrow), brightness(surface)))
        assert (light + 0.05) / (dark + 0.05) >= 3


def test_the_sheet_for_drawings_holds_nothing_but_colours_of_both_themes():
    sheets = sources("static/css/marks.css", HOLDS_COLOURS)
    in_both = re.findall(r"(--color-[\w-]+): light-dark", sheets[HOLDS_COLOURS])
    values = {"none", *(f"var({name})" for name in in_both)}
    declarations = [
        tuple(part.strip() for part in declaration.split(":"))
        for _, body in rules(sheets["static/css/marks.css"])
        for declaration in body.split(";")
        if declaration.strip()
    ]

    assert declarations
    assert {name for name, _ in declarations} == {"fill", "stroke"}
    assert {value for _, value in declarations} <= values


def test_themes_differ_in_nothing_but_colours():
    """So that in the second theme a browser need not be asked for anything else."""
    asks = [
        path
        for path, text in sources("static/**/*.*s", "templates/**/*.html").items()
        if "prefers-color-scheme" in text or "matchMedia" in text
    ]
    of_one = [
        body.strip()
        for css in sources("static/css/**/*.css").values()
        for selector, body in rules(css)
        if "data-bs-theme=" in selector and "," not in selector
    ]

    assert asks == []
    assert of_one == ["color-scheme: light;", "color-scheme: dark;"]


# All in one entry
# ------------------------------------------------------------------------------------


def imported_by(entry):
    """Paths below css/ of the sheets that an entry puts into a layer."""
    return re.findall(r'@import url\("([^"]+)"\) layer\(\w+\);', entry)


def test_one_entry_imports_every_sheet_once():
    files = sources("static/css/**/*.css")
    names = {path.removeprefix("static/css/") for path in files} - ENTRIES

    imported = imported_by(files.get("static/css/app.css", ""))

    ours = [name for name in imported if not name.startswith("../")]
    assert names - set(ours) == set(), "Import them in static/css/app.css."
    assert sorted(ours) == sorted(names), "Twice, or without a file."


def test_an_import_without_a_layer_does_not_count():
    entry = '@import url("a.css");\n@import url("b.css") layer(base);'

    assert imported_by(entry) == ["b.css"]
