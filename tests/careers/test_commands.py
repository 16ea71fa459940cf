"""What the framework's commands say, write and refuse."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careers.files import MAX_BYTES, files_of, load_files, record_files, text_of
from careers.models import Framework, Skill, SkillLevel
from careers.store import spec_of
from tests.factories import (
    changed_skill,
    make_framework,
    make_shipped_framework,
    shipped_files,
    small_spec,
)

pytestmark = pytest.mark.django_db

KEY = "technical-project-manager"


def run(*words):
    """What a command prints."""
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def refused(*words):
    """What a command says when it fails: each reason, then the summary."""
    err = StringIO()
    with pytest.raises(CommandError) as error:
        call_command(*map(str, words), stdout=StringIO(), stderr=err)
    return [*err.getvalue().splitlines(), str(error.value)]


def folder_with(path, spec):
    record_files(files_of(spec), path)
    return path


@pytest.fixture
def folder(tmp_path):
    """A folder with the small framework."""
    return folder_with(tmp_path / "small", small_spec())


# import_framework
# --------------------------------------------------------------------------------------


def test_import_without_a_path_brings_the_shipped_framework():
    printed = run("import_framework").splitlines()

    assert files_of(spec_of(Framework.objects.get())) == shipped_files()
    assert printed[-2:] == [
        f"Imported. The draft, version 1.1 of '{KEY}', equals the files.",
        "Next: look at it under /admin/careers/framework/ and publish it there, or run "
        "this command again with --publish.",
    ]


def test_import_of_one_file_equals_that_of_a_folder(tmp_path):
    one = tmp_path / "small.yaml"
    one.write_text(text_of(small_spec()), encoding="utf-8")

    run("import_framework", one)

    assert spec_of(Framework.objects.get()) == small_spec()


def test_import_with_publish_makes_it_live(folder):
    printed = run("import_framework", folder, "--publish").splitlines()

    assert Framework.objects.get().status == "published"
    assert printed[-1] == f"Published version 1.0 of '{KEY}'. It is live now."


def test_import_again_changes_nothing_and_says_so(folder):
    run("import_framework", folder, "--publish")

    printed = run("import_framework", folder, "--publish").splitlines()

    assert Framework.objects.count() == 1
    assert printed[-1] == (
        "Nothing has changed. The files equal published version 1.0 of "
        "'technical-project-manager'."
    )


def test_dry_run_lists_each_changed_part_and_writes_nothing(tmp_path):
    make_framework()
    skills = changed_skill("planning", name="Plans", replaces=("plan",))
    spec = small_spec(version="1.1", skills=skills, sources=())

    printed = run("import_framework", folder_with(tmp_path / "next", spec), "--dry-run")

    assert Framework.objects.count() == 1
    assert [line for line in printed.splitlines() if "Warning" not in line] == [
        "Small ladder 1.1 compared with the published version 1.0:",
        "  create: 0",
        "  change: 2",
        "  remove: 1",
        "  unchanged: 104",
        "change framework/technical-project-manager: version",
        "change skills/planning: name, replaces",
        "remove sources/guide",
        "Nothing was written. Leave out --dry-run to import.",
    ]


@pytest.mark.parametrize("status", ["draft", "published"])
@pytest.mark.parametrize("named", [True, False])
def test_import_if_none_leaves_what_is_there(folder, named, status):
    make_framework(title="Mine", publish=status == "published")

    printed = run("import_framework", *[folder] * named, "--publish", "--if-none")

    assert printed == f"A version of '{KEY}' is there already. Nothing to do.\n"
    assert list(Framework.objects.values_list("title", "status")) == [("Mine", status)]


def test_import_if_none_imports_where_only_other_keys_are(folder):
    make_framework(key="other")

    run("import_framework", folder, "--publish", "--if-none")

    assert Framework.objects.published().for_key(KEY).exists()


def test_import_prints_every_error_with_its_place_and_writes_nothing(folder):
    career = folder / "ladder" / "career.yaml"
    career.write_text(career.read_text().replace("kind: ladder", "kind: stairs"))
    (folder / "groups.yaml").write_text("groups:\n- key: delivery\n  colour: red\n")

    said = refused("import_framework", folder)

    places = {line.split(": ")[0] for line in said[:-1]}
    assert places >= {"groups.yaml:3", "ladder/career.yaml:5"}
    assert said[-1] == f"{len(said) - 1} errors. Nothing was written."
    assert Framework.objects.count() == 0


def test_import_over_a_published_version_is_refused(tmp_path):
    make_framework()
    changed = folder_with(tmp_path / "changed", small_spec(title="Ladder"))

    assert refused("import_framework", changed, "--publish") == [
        "version: Version 1.0 is published and cannot be changed. Raise 'version' in "
        "the file to bring in what is new.",
        "1 error. Nothing was written.",
    ]


UNREADABLE = {
    "bytes.yaml": (b"title: ok\nkey: \x01", "This is no text."),
    "huge.yaml": (b"#" * (MAX_BYTES + 1), "The file is larger than 2 MB."),
}


@pytest.mark.parametrize("command", ["import_framework", "check_framework"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_file_is_refused_by_name(folder, command, name):
    content, sentence = UNREADABLE[name]
    (folder / name).write_bytes(content)

    said = refused(command, folder)

    assert said[0].startswith(f"{name}: {sentence}")
    assert len(said) == 2


@pytest.mark.parametrize("command", ["import_framework", "check_framework"])
def test_missing_path_is_refused(tmp_path, command):
    assert refused(command, tmp_path / "none")[0] == (
        f"{tmp_path / 'none'}: There is no such file or folder."
    )


def test_folder_without_files_is_refused(tmp_path):
    assert refused("import_framework", tmp_path)[0] == (
        f"{tmp_path}: There is no .yaml file in this folder."
    )


# export_framework
# --------------------------------------------------------------------------------------


def test_export_of_an_import_equals_the_original_byte_for_byte(tmp_path):
    make_shipped_framework()

    run("export_framework", "--to", tmp_path / "out")

    assert load_files(tmp_path / "out") == shipped_files()


def test_export_to_standard_output_is_one_document():
    make_framework()

    assert run("export_framework") == text_of(small_spec())


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ([], "Live"),
        ([KEY], "Live"),
        (["--draft"], "Draft"),
        (["--version", "1.0"], "Old"),
        (["other"], "Other"),
    ],
)
def test_export_takes_the_version_that_is_asked_for(words, title):
    make_framework(title="Old")
    make_framework(title="Live", version="1.1")
    make_framework(title="Draft", version="1.2", publish=False)
    make_framework(title="Other", key="other")

    assert f"\ntitle: {title}\n" in run("export_framework", *words)


def test_export_of_an_unknown_version_names_the_known_ones():
    make_framework()
    make_framework(version="1.1")

    assert refused("export_framework", "--version", "7") == [
        f"There is no version 7 of '{KEY}'. Known: 1.1 (published), 1.0 (retired)."
    ]


def test_export_does_not_touch_a_folder_that_is_not_empty(tmp_path):
    make_framework()
    (tmp_path / "letter.txt").write_text("mine")

    assert refused("export_framework", "--to", tmp_path) == [
        f"{tmp_path}: The folder is not empty. Name a new one, or add --force to "
        "replace the files of the same names."
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_export_with_force_leaves_other_files_alone(tmp_path):
    make_framework()
    (tmp_path / "letter.txt").write_text("mine")

    run("export_framework", "--to", tmp_path, "--force")

    assert load_files(tmp_path) == files_of(small_spec())
    assert (tmp_path / "letter.txt").read_text() == "mine"


# check_framework
# --------------------------------------------------------------------------------------


def test_check_of_the_shipped_framework_passes():
    printed = run("check_framework").splitlines()

    assert printed[-1].endswith("20 skills, 18 career levels.")


def test_check_of_faulty_files_fails(folder):
    (folder / "skills" / "planning.yaml").unlink()

    said = refused("check_framework", folder)

    assert said[-1] == f"{len(said) - 1} errors."


def test_check_of_the_database_passes_where_nothing_changed():
    make_framework()
    make_framework(version="1.1")
    make_framework(version="1.2", publish=False)
    SkillLevel.objects.filter(skill__framework__status="draft").update(hours=7)

    assert run("check_framework", "--database").splitlines() == [
        "Small ladder 1.1 (published): as it was published.",
        "Small ladder 1.0 (retired): as it was published.",
    ]


def test_check_of_the_database_reports_drift():
    old = make_framework()
    make_framework(version="1.1")
    Skill.objects.filter(framework=old, key="planning").update(name="Plans")

    said = refused("check_framework", "--database")

    assert said[0].startswith(
        "Small ladder 1.0 (retired): its rows have changed since it was published."
    )
    assert said[1:] == ["1 error."]


def test_check_of_the_database_reports_links_to_another_version():
    old = make_framework()
    live = make_framework(version="1.1")
    stranger = Skill.objects.get(framework=old, key="planning")
    live.questions.filter(key="planning-tpm").update(skill=stranger)

    said = refused("check_framework", "--database")

    assert said[0] == (
        "Small ladder 1.1 (published): interview question 'Tell me of planning.' is "
        "linked to another framework by its skill."
    )
