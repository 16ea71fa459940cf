"""What the guide's commands say, write and refuse."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careers.files import files_of, load_files, record_files, text_of
from careers.models import Guide, GuideQuestion
from careers.store import load_guide
from tests.guides import changed_page, make_guide, small_guide

pytestmark = pytest.mark.django_db


def run(*words):
    """What a command prints."""
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def refusal(*words):
    """What a command that fails prints as errors, and its last sentence."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command(*map(str, words), stdout=StringIO(), stderr=out)
    return [*out.getvalue().splitlines(), str(error.value)]


@pytest.fixture
def folder(tmp_path):
    record_files(files_of(small_guide()), tmp_path / "guide")
    return tmp_path / "guide"


def test_first_import_of_the_shipped_guide_is_live():
    said = run("import_guide", "--if-none")

    assert said.endswith("Imported. It is live now.\n")
    assert load_guide().pages_by_key["role"].title == "What the job is"


def test_if_none_does_nothing_where_there_is_a_guide():
    make_guide()

    said = run("import_guide", "--if-none")

    assert said == "A guide is there already. Nothing to do.\n"
    assert load_guide() == small_guide()


def test_import_says_what_changes_and_replaces_it(folder):
    make_guide(pages=changed_page("pay", title="Old"), questions=())

    said = run("import_guide", folder)

    assert said.splitlines() == [
        "The guide compared with the guide in the database:",
        "  create: 2",
        "  change: 1",
        "  remove: 0",
        "  unchanged: 129",
        "Imported. It is live now.",
    ]
    assert load_guide() == small_guide()


def test_second_import_changes_nothing(folder):
    run("import_guide", folder)
    before = Guide.objects.values().get()

    assert run("import_guide", folder).endswith(
        "Nothing has changed. The guide equals the files.\n"
    )
    assert Guide.objects.values().get() == before


def test_dry_run_names_each_change_and_writes_nothing(folder):
    make_guide(pages=changed_page("pay", title="Old"), questions=())

    said = run("import_guide", folder, "--dry-run").splitlines()

    assert said[5:] == [
        "change pages/pay: title",
        "create questions/hours",
        "create questions/score",
        "Nothing was written. Leave out --dry-run to import.",
    ]
    assert not GuideQuestion.objects.exists()


@pytest.mark.parametrize("command", ["import_guide", "check_guide"])
def test_every_error_is_told_and_nothing_is_written(command, folder):
    (folder / "sources.yaml").write_text("sources: 1\n")
    (folder / "questions.yaml").write_text("question: []\n")

    said = refusal(command, folder)

    assert said[:-1] == [
        "questions.yaml:1: question: A guide has no 'question'. Did you mean "
        "'questions'?",
        "sources.yaml:1: sources: This is a list. Begin each entry with '- '.",
    ]
    assert said[-1].startswith("2 errors.")
    assert load_guide() is None


@pytest.mark.parametrize("command", ["import_guide", "check_guide"])
def test_folder_that_is_not_there_is_refused(command, tmp_path):
    said = refusal(command, tmp_path / "none")

    assert said[0] == f"{tmp_path / 'none'}: There is no such file or folder."


def test_check_tells_warnings_and_what_is_there(folder):
    guide = small_guide(pages=changed_page("pay", lead=""))
    record_files(files_of(guide), folder, force=True)

    said = run("check_guide", folder).splitlines()

    assert said == [
        "Warning: pages/pay.yaml:5: pages/pay/lead: This is empty. Readers will see a "
        "blank.",
        "The guide: no errors, 1 warnings, 6 pages, 2 pay ranges, 2 questions.",
    ]


def test_export_is_what_was_imported(tmp_path):
    make_guide()

    run("export_guide", "--to", tmp_path / "out")

    assert load_files(tmp_path / "out") == files_of(small_guide())
    assert run("export_guide") == text_of(small_guide())


def test_export_names_the_ladder_whose_guide_is_meant():
    make_guide()
    other = make_guide(framework="another-ladder", questions=())

    said = run("export_guide", "another-ladder")

    assert said == text_of(small_guide(framework=other.framework, questions=()))


def test_a_guide_of_another_ladder_does_not_stand_in_for_the_shipped_one():
    make_guide(framework="another-ladder")

    run("import_guide", "--if-none")

    assert load_guide().pages_by_key["role"].title == "What the job is"


def test_export_of_nothing_says_what_to_do():
    assert refusal("export_guide") == [
        "There is no guide yet. Run `manage.py import_guide` first."
    ]


def test_export_does_not_write_over_files(folder):
    make_guide()

    assert "The folder is not empty" in refusal("export_guide", "--to", folder)[-1]
    assert run("export_guide", "--to", folder, "--force").startswith("Wrote the guide")
