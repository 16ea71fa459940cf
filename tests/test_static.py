"""The stylesheet that production serves, built from the many that are written."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from tpmguide.static import STYLESHEET, flatten_imports

LAYERS = ["vendor", "tokens", "base", "layout", "components", "print"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder and the manifest of one `collectstatic` as in production."""
    folder = tmp_path_factory.mktemp("static")
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "tpmguide.static.Storage"},
    }
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((folder / "staticfiles.json").read_text())
    return folder, manifest["paths"]


@pytest.fixture(scope="module")
def stylesheet(built):
    folder, names = built
    return (folder / names[STYLESHEET]).read_text()


def test_stylesheet_is_flat(stylesheet):
    assert "@import" not in stylesheet


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


def test_fonts_and_scripts_of_the_packages_are_found():
    wanted = [
        "bootstrap/bootstrap.min.css",
        "fonts/Figtree[wght].ttf",
        "admin/css/base.css",
        "django_htmx/htmx-2.min.js",
    ]

    assert [name for name in wanted if finders.find(name) is None] == []


def test_imported_stylesheet_may_not_import():
    files = {
        "css/app.css": '@import url("a.css") layer(base);',
        "css/a.css": '@import url("b.css");',
    }

    with pytest.raises(ValueError, match=r"css/a\.css imports"):
        flatten_imports("css/app.css", files.__getitem__)


def test_import_without_layer_is_refused():
    with pytest.raises(ValueError, match="layer"):
        flatten_imports("css/app.css", {"css/app.css": "@import 'a.css';"}.__getitem__)


def test_flattening_moves_relative_addresses():
    files = {
        "css/app.css": '@import url("parts/a.css") layer(base);',
        "css/parts/a.css": 'i { src: url("data:x"), url("../../img/i.svg") }',
    }

    css = flatten_imports("css/app.css", files.__getitem__)

    assert css == '@layer base {\ni { src: url("data:x"), url("../img/i.svg") }\n}'
