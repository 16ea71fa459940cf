"""Makes the guide of a framework what files say. It is live at once: a guide has no versions."""

from careers.files import SHIPPED_GUIDE
from careers.management.reporting import FileCommand
from careers.models import Guide
from careers.publishing import apply_guide, plan_guide


class Command(FileCommand):
    help = (
        "Imports the guide from a folder of .yaml files, or from one. What is in the "
        "database is replaced, and what is new is live at once."
    )
    whole = "guide"
    after_errors = " Nothing was written."

    def add_arguments(self, parser):
        self.add_path(parser)
        self.add_dry_run(parser)
        parser.add_argument(
            "--if-none",
            action="store_true",
            help="do nothing where its framework has a guide already",
        )

    def handle(self, *args, path, dry_run, if_none, **options):
        plan = plan_guide(self.load(path or SHIPPED_GUIDE))
        if plan.errors or plan.spec is None:
            raise self.refusal(plan.errors)
        if if_none and Guide.objects.filter(framework=plan.spec.framework).exists():
            self.stdout.write("A guide is there already. Nothing to do.")
            return
        self.show(plan, "The guide", dry_run=dry_run)
        if dry_run:
            return
        apply_guide(plan)
        if plan.changes_nothing:
            self.stdout.write("Nothing has changed. The guide equals the files.")
        else:
            self.stdout.write(self.style.SUCCESS("Imported. It is live now."))
