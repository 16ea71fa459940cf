"""What the commands on files share: every problem, every change, and nothing by halves."""

from django.core.management.base import BaseCommand, CommandError

from careers.files import FolderRefused, files_of, load_files, record_files, text_of
from careers.problems import errors, warnings
from careers.publishing import UNCHANGED


class FileCommand(BaseCommand):
    """A command on the files of a framework or of the guide, called `whole` in its help."""

    whole = "framework"
    after_errors = ""

    def add_path(self, parser):
        shipped = {
            "framework": "framework that comes with the app for the setting FRAMEWORK_KEY",
            "guide": "guide that comes with the app",
        }
        parser.add_argument(
            "path",
            nargs="?",
            help=f"a folder or one file; without it, the {shipped[self.whole]}",
        )

    def add_dry_run(self, parser):
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="show what would change, write nothing",
        )

    def add_folder(self, parser):
        parser.add_argument("--to", metavar="FOLDER", help="write several files there")
        parser.add_argument(
            "--force",
            action="store_true",
            help="write into a folder that is not empty, over files of the same names",
        )

    # Reading files
    # ----------------------------------------------------------------------------------

    def load(self, path):
        try:
            return load_files(path)
        except FolderRefused as refused:
            raise self.refusal(refused.sentences) from None

    def parse(self, path, parse):
        """What the files say, and the number of warnings; an error ends the command."""
        spec, problems = parse(self.load(path))
        self.warn(problems)
        if found := errors(problems):
            raise self.refusal(found)
        return spec, len(warnings(problems))

    def refusal(self, reasons):
        """The error that ends a command which has told its reasons."""
        for reason in reasons:
            self.stderr.write(str(reason))
        errors = "1 error" if len(reasons) == 1 else f"{len(reasons)} errors"
        return CommandError(f"{errors}.{self.after_errors}")

    def warn(self, problems):
        for warning in warnings(problems):
            self.stdout.write(self.style.WARNING(f"Warning: {warning}"))

    # Plans
    # ----------------------------------------------------------------------------------

    def show(self, plan, title, *, dry_run):
        """What a plan does. A dry run tells each change of what was there before."""
        compared = f" compared with {plan.against}" if plan.against else ""
        self.stdout.write(f"{title}{compared}:")
        for action, number in plan.counts.items():
            self.stdout.write(f"  {action}: {number}")
        if dry_run and plan.against:
            for change in plan.changes:
                if change.action != UNCHANGED:
                    fields = f": {', '.join(change.fields)}" if change.fields else ""
                    self.stdout.write(f"{change.action} {change.path}{fields}")
        self.warn(plan.problems)
        if dry_run:
            self.stdout.write("Nothing was written. Leave out --dry-run to import.")

    # Writing files
    # ----------------------------------------------------------------------------------

    def export(self, spec, name, *, to, force, first=""):
        """To a folder, or as one document to the standard output."""
        if not to:
            self.stdout.write(text_of(spec), ending="")
            return
        files = files_of(spec)
        try:
            record_files(files, to, force=force)
        except FolderRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Wrote {name} to {to}: {len(files)} files.")
        self.stdout.write(
            f"Next: edit them, {first}and try "
            f"`manage.py import_{self.whole} {to} --dry-run`."
        )
