"""Makes the guide what files say. It is live at once: the guide has no versions."""

from careers.files import SHIPPED_GUIDE, FolderRefused, load_files
from careers.management.reporting import FileCommand
from careers.models import Guide
from careers.publishing import apply_guide, plan_guide


class Command(FileCommand):
    help = (
        "Imports the guide from a folder of .yaml files, or from one. What is in the "
        "database is replaced, and what is new is live at once."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            nargs="?",
            default=SHIPPED_GUIDE,
            help="a folder or one file; without it, the guide that comes with the app",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="show what would change, write nothing",
        )
        parser.add_argument(
            "--if-none",
            action="store_true",
            help="do nothing where there is a guide already",
        )

    def handle(self, *args, path, dry_run, if_none, **options):
        if if_none and Guide.objects.exists():
            self.stdout.write("A guide is there already. Nothing to do.")
            return
        try:
            plan = plan_guide(load_files(path))
        except FolderRefused as refused:
            raise self.refusal(refused.sentences) from None
        if plan.spec is None or plan.errors:
            raise self.refusal(plan.errors)
        self.show(plan, "The guide", every_change=dry_run)
        if dry_run:
            self.stdout.write("Nothing was written. Leave out --dry-run to import.")
            return
        apply_guide(plan)
        if plan.changes_nothing:
            self.stdout.write("Nothing has changed. The guide equals the files.")
        else:
            self.stdout.write(self.style.SUCCESS("Imported. It is live now."))
