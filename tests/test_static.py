"""The stylesheet that production serves, built from the many that are written."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from tpmguide.static import ENTRIES

LAYERS = ["vendor", "tokens", "base", "layout", "components", "print"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder and the manifest of one `collectstatic` as in production.

    Without compressing, which takes most of the time.
    """
    folder = tmp_path_factory.mktemp("static")
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "tpmguide.static.Storage"},
    }
    as_they_are = ("css", "js", "map", "svg", "ttf", "txt")
    with override_settings(
        STATIC_ROOT=folder,
        STORAGES=storages,
        WHITENOISE_SKIP_COMPRESS_EXTENSIONS=as_they_are,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((folder / "staticfiles.json").read_text())
    return folder, manifest["paths"]


@pytest.fixture(scope="module")
def stylesheet(built):
    folder, names = built
    return (folder / names["css/app.css"]).read_text()


@pytest.mark.parametrize("entry", ENTRIES)
def test_stylesheet_is_flat(built, entry):
    folder, names = built

    assert "@import" not in (folder / names[entry]).read_text()


def test_stylesheet_keeps_the_order_of_layers(stylesheet):
    statement = stylesheet.split(";", 1)[0]
    blocks = list(dict.fromkeys(re.findall(r"^@layer ([\w-]+) \{", stylesheet, re.M)))

    assert statement == f"@layer {', '.join(LAYERS)}"
    assert blocks == LAYERS


def test_stylesheet_has_bootstrap_in_the_lowest_layer(stylesheet):
    vendor = stylesheet[: stylesheet.index("@layer tokens {")]

    assert "--bs-body-font-family" in vendor
    assert "@charset" not in vendor


def test_stylesheet_names_only_hashed_files_that_exist(built, stylesheet):
    folder, names = built
    urls = re.findall(r'url\("?((?!data:)[^")]+)"?\)', stylesheet)
    files = {(folder / "css" / url).resolve() for url in urls}

    assert len(files) == 1
    assert all(file.is_file() for file in files)
    assert files <= {(folder / name).resolve() for name in names.values()}


def test_the_stylesheet_of_the_owners_has_the_colours(built):
    folder, names = built

    css = (folder / names["css/owners.css"]).read_text()

    assert css.startswith("@layer tokens {")
    assert ".matrix" in css
    assert "css/tokens.css" not in names


def test_fonts_and_scripts_of_the_packages_are_found():
    wanted = [
        "bootstrap/bootstrap-reboot.min.css",
        "fonts/Figtree[wght].ttf",
        "admin/css/base.css",
        "django_htmx/htmx-2.min.js",
    ]

    assert [name for name in wanted if finders.find(name) is None] == []
