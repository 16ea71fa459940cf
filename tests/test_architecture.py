"""The rules of the house for Python.

Each rule is a function from a source to its faults, is put to the whole code, and is
shown to catch an offence. A fault says what to do.
"""

import ast
import importlib.util
import pkgutil
import re
import subprocess
import sys

import pytest

from tests.house import (
    ROOT,
    app_files,
    said,
)

SIGNALS_ALLOWED = {
    ("assessment", "user_logged_in"),  # what a guest rated is claimed at sign-in
    ("careers", "post_migrate"),  # keeps the editors' group and its rights
    # What happens to accounts, for the log.
    ("tpmguide", "email_added"),
    ("tpmguide", "email_changed"),
    ("tpmguide", "email_confirmed"),
    ("tpmguide", "email_removed"),
    ("tpmguide", "email_verification_code_rejected"),
    ("tpmguide", "password_changed"),
    ("tpmguide", "password_reset"),
    ("tpmguide", "password_reset_code_rejected"),
    ("tpmguide", "password_set"),
    ("tpmguide", "user_signed_up"),
    ("tpmguide", "user_logged_in"),
    ("tpmguide", "user_logged_out"),
    ("tpmguide", "user_login_failed"),
}
NAMES_ALLOWED = {
    # An import's body is read, and its token checked, only once its sender may import.
    ("careers/admin/frameworks.py", "csrf_exempt"),
    ("assessment/views/me.py", "csrf_exempt"),
    # A mail program posts there by itself; the token of the address is the right.
    ("assessment/views/reminders.py", "csrf_exempt"),
}
OF_NOBODY = {"CareerLevel", "Framework"}  # rows that say nothing of a person
FORBIDDEN_NAMES = {
    "mark_safe": "Use format_html, or let the template escape.",
    "csrf_exempt": "Send the token; see templates with {% csrf_token %}.",
}


# What no line of Python does
# ------------------------------------------------------------------------------------


def forbidden_python(path, text):
    """Imports inside functions, signals, unescaped text, a hole in CSRF, bare except.

    In views also rows of people.
    """
    tree = ast.parse(text)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    inside = {id(n) for function in functions for n in ast.walk(function)}
    for node in ast.walk(tree):
        place = f"{path}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            if id(node) in inside:
                yield f"{place}: an import inside a function. Is the code in the wrong place?"
            yield from signals(place, path.partition("/")[0], node)
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield f"{place}: a bare except. Name what you expect."
        name = getattr(node, "id", getattr(node, "attr", getattr(node, "name", "")))
        known = isinstance(name, str) and name in FORBIDDEN_NAMES
        if known and (path, name) not in NAMES_ALLOWED:
            yield f"{place}: {name}. {FORBIDDEN_NAMES[name]}"
        if path.startswith("assessment/views/") and name == "objects":
            model = getattr(node.value, "id", "")
            if model not in OF_NOBODY:
                yield f"{place}: {model}.objects. Ask assessment/access.py, which knows whose."


def signals(place, app, node):
    module = getattr(node, "module", "") or ""
    for alias in node.names:
        signal = module.endswith(".signals") or alias.name.endswith("signals")
        allowed = (app, alias.name) in SIGNALS_ALLOWED
        if alias.name == "receiver" or (signal and not allowed):
            yield f"{place}: the signal {alias.name}. Call the function where it happens."


def test_no_shortcuts_in_the_app():
    faults = []
    for path, text in app_files().items():
        faults += forbidden_python(path, text)

    assert not faults, said(faults)


@pytest.mark.parametrize(
    "offence",
    [
        "def f():\n    import os\n",
        "from django.db.models.signals import post_save\n",
        "from django.db.models.signals import post_migrate\n",  # careers' alone
        "from django.db.models import signals\n",
        "from django.dispatch import receiver\n",
        "from django.utils.safestring import mark_safe\n",
        "x = safestring.mark_safe(text)\n",
        "@csrf_exempt\ndef view(request): ...\n",
        "try:\n    f()\nexcept:\n    g()\n",
    ],
)
def test_a_shortcut_is_caught(offence):
    assert list(forbidden_python("assessment/x.py", offence)) != []


def test_a_view_asks_for_no_rows_of_people_by_itself():
    of_person = "Download.objects.filter(owner=request.user)\n"
    of_ladder = "Framework.objects.published()\n"

    found = list(forbidden_python("assessment/views/me.py", of_person))
    assert found == [
        "assessment/views/me.py:1: Download.objects. "
        "Ask assessment/access.py, which knows whose."
    ]
    assert list(forbidden_python("assessment/views/me.py", of_ladder)) == []
    assert list(forbidden_python("assessment/access.py", of_person)) == []


def test_the_one_named_place_may_check_the_token_later():
    late = "from django.views.decorators.csrf import csrf_exempt\n"

    assert list(forbidden_python("careers/admin/frameworks.py", late)) == []
    assert len(list(forbidden_python("careers/admin/upload.py", late))) == 1


def test_the_two_named_signals_pass():
    claim = "from django.contrib.auth.signals import user_logged_in\n"
    editors = "from django.db.models.signals import post_migrate\n"

    assert list(forbidden_python("assessment/apps.py", claim)) == []
    assert list(forbidden_python("careers/apps.py", editors)) == []


# Pure modules
# ------------------------------------------------------------------------------------


def says_it_is_pure(text):
    """ "Pure" as a word of the module's docstring, with a full stop or a colon after it."""
    docstring = ast.get_docstring(ast.parse(text)) or ""
    return bool(re.search(r"\bPure[.:]", docstring))


def module_of(path):
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def with_parts(module):
    """The module and, if it is a package, all modules in it."""
    spec = importlib.util.find_spec(module)
    folders = spec.submodule_search_locations or []
    return [module, *(m.name for m in pkgutil.walk_packages(folders, f"{module}."))]


def loads_django(modules):
    """Whether a fresh interpreter that imports these has loaded Django."""
    script = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "sys.exit('django' in sys.modules)"
    )
    command = [sys.executable, "-c", script, *modules]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return bool(done.returncode)


def test_what_calls_itself_pure_loads_no_django():
    modules = [
        part
        for path, text in app_files().items()
        if says_it_is_pure(text)
        for part in with_parts(module_of(path))
    ]

    assert {"scoring.result", "careers.shape"} <= {*modules}
    assert not loads_django(modules)


def test_django_in_an_import_is_caught():
    assert loads_django(["careers.problems", "careers.apps"])


def test_the_word_pure_is_read():
    assert says_it_is_pure('"""Numbers to drawings.\n\nPure: no rounding."""')
    assert not says_it_is_pure('"""Pages. The pure modules are elsewhere."""')
