"""What the commands on files say: every problem, every change, and nothing by halves."""

from django.core.management.base import BaseCommand, CommandError

from careers.problems import warnings
from careers.publishing import UNCHANGED


class FileCommand(BaseCommand):
    def complain(self, reasons):
        for reason in reasons:
            self.stderr.write(str(reason))

    def refusal(self, reasons):
        """The error that ends a command which has told its reasons."""
        self.complain(reasons)
        errors = "1 error" if len(reasons) == 1 else f"{len(reasons)} errors"
        return CommandError(f"{errors}. Nothing was written.")

    def warn(self, problems):
        for warning in warnings(problems):
            self.stdout.write(self.style.WARNING(f"Warning: {warning}"))

    def show(self, plan, title, *, every_change):
        """What a plan would do; each change of it only where there was something before."""
        compared = f" compared with {plan.against}" if plan.against else ""
        self.stdout.write(f"{title}{compared}:")
        for action, number in plan.counts.items():
            self.stdout.write(f"  {action}: {number}")
        if every_change and plan.against:
            for change in plan.changes:
                self.show_change(change)
        self.warn(plan.problems)

    def show_change(self, change):
        if change.action != UNCHANGED:
            fields = f": {', '.join(change.fields)}" if change.fields else ""
            self.stdout.write(f"{change.action} {change.path}{fields}")
