"""What is shipped to run the app: containers and units name what there is, and end well.

There is no container runtime where tests run: the files are read, not run.
"""

import configparser
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.db.migrations.loader import MigrationLoader

from tests.addresses import all_patterns
from tests.house import ROOT
from tests.test_docs import settings_told
from tools.rig.server import installation

DEPLOY = ROOT / "deploy"
UNITS = sorted(
    path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer")
)
OF_PYTHON = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
MANAGED = re.compile(r"manage\.py[\"', ]+([a-z_]+)\b(?!\.)")
PINNED = re.compile(r"^(tpmguide|[a-z]+:\d+(\.\d+)*-[a-z-]+)$")


def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def instructions():
    """[(INSTRUCTION, arguments)] of the Containerfile, lines joined."""
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [
        (line.split()[0], line.split(maxsplit=1)[1]) for line in lines if line[0] != " "
    ]


def unit(path):
    """[(key, value)] of a unit, a key as often as it stands there."""
    lines = path.read_text().splitlines()
    return [
        tuple(line.split("=", 1)) for line in lines if "=" in line and line[0] != "#"
    ]


# Containers
# ------------------------------------------------------------------------------------


def test_the_container_is_made_of_what_is_there():
    copied = [
        source
        for name, arguments in instructions()
        if name == "COPY" and "--from" not in arguments
        for source in arguments.split()[:-1]
    ]
    ignore = (DEPLOY / "Containerfile.dockerignore").read_text().split()

    packages = {"tpmguide", "assessment", "careers", "scoring"}
    assert packages | {"templates", "static"} <= set(copied)
    assert [each for each in copied if not (ROOT / each).exists()] == []
    # Nothing else gets near the image: no .env, no database, no history.
    assert ignore[0] == "*"
    assert set(copied) == {each[1:] for each in ignore if each[0] == "!"}


def test_the_container_runs_as_nobody_of_note_and_pins_its_base():
    said = instructions()
    users = [arguments for name, arguments in said if name == "USER"]
    bases = [arguments.split()[0] for name, arguments in said if name == "FROM"]
    wanted = re.search(
        r"UV_VERSION=(\S+)", (ROOT / "tools/environment").read_text()
    ).group(1)

    assert users == ["tpmguide"]
    assert all(PINNED.match(base) for base in bases), bases
    assert f"uv=={wanted}" in (DEPLOY / "Containerfile").read_text()
    assert {"HEALTHCHECK", "CMD", "STOPSIGNAL"} <= {name for name, _ in said}


def test_the_services_fit_together():
    services, volumes = compose()["services"], compose()["volumes"]

    assert set(services) == {"database", "app", "worker", "daily", "proxy"}
    for name, service in services.items():
        assert PINNED.match(service["image"]), name
        assert set(service.get("depends_on", ())) <= set(services), name
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source[0] in "./" or source in volumes, (name, volume)
    # Whoever reaches the app has come through the proxy.
    assert services["proxy"]["network_mode"] == "service:app"
    assert "LISTEN" not in (DEPLOY / "compose.yaml").read_text()
    assert "ports" not in services["database"]
    for name in ("app", "worker", "daily"):
        assert services[name]["read_only"], name
        assert services[name]["cap_drop"] == ["ALL"], name


def test_what_is_set_anywhere_is_a_setting():
    """In the containers, and in the `.env` that the document shows."""
    told = settings_told((ROOT / "docs/settings.md").read_text())
    in_image = {
        word.partition("=")[0]
        for name, arguments in instructions()
        if name == "ENV"
        for word in arguments.split()
    }
    in_services = {
        name
        for service in compose()["services"].values()
        if service["image"] == "tpmguide"
        for name in service.get("environment", {})
    }
    document = (ROOT / "docs/operation.md").read_text()
    [shown] = re.findall(r"```\n(SECRET_KEY=.*?)```", document, re.DOTALL)
    in_env = set(re.findall(r"^([A-Z_]+)=", shown, re.MULTILINE))

    assert {"SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"} <= in_env
    assert in_image | in_services | in_env <= {*told, *OF_PYTHON}


@pytest.mark.parametrize("name", [path.name for path in sorted(DEPLOY.iterdir())])
def test_commands_that_are_named_exist(name):
    named = MANAGED.findall((DEPLOY / name).read_text())

    assert set(named) <= set(get_commands())


def test_no_address_with_a_token_is_written_to_the_log_of_the_proxy():
    """By the first line of the map that matches, as nginx reads it."""
    text = (DEPLOY / "nginx.conf").read_text()
    [lines] = re.findall(r"map \$uri \$tpmguide_address \{(.*?)\n\}", text, re.S)
    rules = [
        (re.compile(rule, re.IGNORECASE), written)
        for rule, written in re.findall(r"~\*(\S+) (\S+);", lines)
    ]
    told = (ROOT / "docs/logging.md").read_text()
    secret = [each.route for each in all_patterns() if "token" in each.parameters]

    for route in secret:
        address = "/" + re.sub("<[^>]*>", "t0ken", route)
        before = address.partition("t0ken")[0]
        written = next(said for rule, said in rules if rule.match(address))
        assert written == f"{before}..."
        assert f"`{before}`" in told
    assert len(secret) == 4


def test_the_order_of_a_release_names_what_the_release_before_cannot_live_with():
    """Servers of before fail on what is gone, and on a column that they do not fill."""
    changes = [
        (change, type(change).__name__)
        for migration in MigrationLoader(None).disk_migrations.values()
        if migration.app_label in ("assessment", "careers", "tpmguide")
        for change in migration.operations
    ]
    fails = {
        "removes or renames a table or a column": any(
            name in ("RemoveField", "RenameField", "DeleteModel", "RenameModel")
            for _change, name in changes
        ),
        "adds a column which may not be empty": any(
            name == "AddField"
            and not (change.field.null or change.field.has_db_default())
            for change, name in changes
        ),
    }
    document = (ROOT / "docs/operation.md").read_text()

    assert {said: said in document for said in fails} == fails


def test_backups_and_removals_run_in_both():
    in_units = " ".join(path.read_text() for path in UNITS)
    in_compose = (DEPLOY / "compose.yaml").read_text()

    for command in ("remove_unclaimed", "backup --check --keep", "backup --erased"):
        assert command in in_units
        assert command in in_compose


# Units
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_of_this_app(path):
    said = unit(path)
    words = dict(said)

    configparser.RawConfigParser(strict=False).read_string(path.read_text())
    if path.suffix == ".timer":
        assert path.with_suffix(".service").exists()
        assert words["WantedBy"] == "timers.target"
        return
    assert words["User"] == "tpmguide"
    assert words["WorkingDirectory"] == "/srv/tpmguide/app"
    assert words["NoNewPrivileges"] == "true"
    runs = [shlex.split(value)[0] for key, value in said if key == "ExecStart"]
    assert runs
    assert all(
        each.startswith(("/usr/bin/", "/srv/tpmguide/app/.venv/")) for each in runs
    )


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_understands_the_units(tmp_path):
    """With programs that are here, since those named are not installed."""
    for path in UNITS:
        text = re.sub(r"(?m)^(ExecStart=)\S+", r"\1/bin/true", path.read_text())
        (tmp_path / path.name).write_text(text)

    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        check=False,
    )

    ours = [line for line in done.stderr.splitlines() if "tpmguide" in line]
    assert (done.returncode, ours) == (0, [])


# The end
# ------------------------------------------------------------------------------------


@pytest.mark.rig
def test_who_stops_the_start_stops_the_server():
    """A container tells its first process alone."""
    with installation() as (server, _):
        server.environment["WITH_WORKER"] = "1"
        server.environment["TMPDIR"] = temporary = tempfile.mkdtemp()
        server.start()
        group = server.process.pid
        assert any(Path(temporary).iterdir())  # what is counted

        os.kill(server.process.pid, signal.SIGTERM)
        status = server.process.wait(30)

        with pytest.raises(ProcessLookupError):
            os.killpg(group, 0)
        with socket.socket() as again:
            again.bind(("127.0.0.1", server.port))
        assert status in (0, 143)
        assert list(Path(temporary).iterdir()) == []
        shutil.rmtree(temporary)
