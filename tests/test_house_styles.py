"""The rules of the house for CSS: one place for colours, one file for a component."""

import re

import pytest

from tests.house import components, said, sources

# Style sheets without a component of the same name, and why.
WITHOUT_TEMPLATE = {
    "button": "Bootstrap's buttons, in our colours",
    "disclosure": "the browser's <details>; disclosure_summary is its part",
    "email-address": "stands once, in account/email.html",
    "field": "what crispy-bootstrap5 prints; field_error is its part",
    "hero": "stands once, on the first page",
    "icon": "all of components/icons/",
    "pay-table": "the tables of careers/pay.html",
    "style-guide": "only for the style guide",
    "table": "Bootstrap's tables, in our colours",
    "what-if": "the panel around what_if_lever",
}
# Components without a style sheet of the same name, and whose sheet they use.
WITHOUT_SHEET = {
    "disclosure_summary": "disclosure",
    "field_error": "field",
    "gap_text": "skill-table",
    "ladder_key": "gap-key",
    "pay_axis": "pay-bar",
    "shift_key": "gap-key",
    "skill_extras": "skill-card",
    "skill_name": "skill-table",
    "what_if_lever": "what-if",
}
# Sheets that pages or the PDF load; app.css imports all others.
ENTRIES = {"app.css", "paper.css"}
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


# One sheet a component, all in one entry
# ------------------------------------------------------------------------------------


def unpaired(sheets, parts):
    """`sheets`: names of files in css/components; `parts`: names of components."""
    for name in sorted(sheets - {part.replace("_", "-") for part in parts}):
        if name not in WITHOUT_TEMPLATE:
            yield f"components/{name}.css has no component of its name."
    for name in sorted(parts):
        sheet = WITHOUT_SHEET.get(name, name.replace("_", "-"))
        if sheet not in sheets and not name.startswith("icons/"):
            yield f"components/{name}.html has no style sheet {sheet}.css."


def sheet_names():
    paths = sources("static/css/components/*.css")
    return {path.rpartition("/")[2].removesuffix(".css") for path in paths}


def test_each_component_has_its_style_sheet():
    faults = list(unpaired(sheet_names(), set(components())))

    assert not faults, said(faults)


def test_the_exceptions_are_still_true():
    parts = {name.replace("_", "-") for name in components()}

    assert set(WITHOUT_TEMPLATE) & parts == set()
    assert {name.replace("_", "-") for name in WITHOUT_SHEET} & sheet_names() == set()


def test_a_lonely_file_is_caught():
    assert len(list(unpaired({"tag", "lonely"}, {"tag"}))) == 1
    assert len(list(unpaired({"tag"}, {"tag", "lonely"}))) == 1


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
