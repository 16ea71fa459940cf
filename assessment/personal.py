"""The registry of personal data: which field of which table says something of a person.

The table on the privacy page, the file that a person takes along with its schema, and
what a deletion has to reach are made from it. A model, a field or a table that is not
named here fails the tests.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.models import Guest

Text = str | Promise

# Tables in which no row is about a person.
IMPERSONAL = {
    "auth.Group",
    "auth.Permission",
    "careers.Career",
    "careers.CareerLevel",
    "careers.Certification",
    "careers.CertificationSupport",
    "careers.DevelopmentAction",
    "careers.Fact",
    "careers.Guide",
    "careers.GuideEntry",
    "careers.GuidePage",
    "careers.GuideQuestion",
    "careers.GuideSection",
    "careers.GuideSource",
    "careers.InterviewQuestion",
    "careers.LeftOut",
    "careers.PayRange",
    "careers.ProficiencyLevel",
    "careers.Requirement",
    "careers.Skill",
    "careers.SkillGroup",
    "careers.SkillLevel",
    "careers.SkillPrerequisite",
    "careers.Source",
    "careers.UnclearStatement",
    "contenttypes.ContentType",
    "socialaccount.SocialApp",
    "socialaccount.SocialToken",  # stays empty: no key to an account elsewhere is kept
}


@dataclass(frozen=True)
class Kept:
    """What one table keeps of people.

    Each of its fields is in one of `fields`, which a person takes along, `withheld`,
    which would open something or say nothing to anybody, and `plain`, which are not about
    a person. `key` names it in the file that is taken along.
    """

    table: str  # a model's label; in small letters a table that has no model
    key: str
    name: Text
    fields: dict[str, Text]
    why: Text
    seen_by: Text
    kept: Text
    of_person: str = ""  # the lookup from a row to the person whom it is about
    of_guest: str = ""  # and to the guest
    withheld: dict[str, Text] = field(default_factory=dict)
    plain: tuple[str, ...] = ()
    only: bool = False  # the fields that are not named are not about a person

    @property
    def model(self):
        return apps.get_model(self.table) if "." in self.table else None

    @property
    def said(self):
        """All that it holds of a person, in words."""
        return [*self.fields.values(), *self.withheld.values()]

    def rows_of(self, holder):
        """The rows about a person or a guest, the oldest first; None has no such lookup."""
        lookup = self.of_guest if isinstance(holder, Guest) else self.of_person
        if not lookup:
            return None
        return self.model.objects.filter(**{lookup: holder.pk}).order_by("pk")


ONLY_YOU = _("Only you.")
OF_A_CASE = _("Only you, and whoever has a share link of your promotion case.")
YOU_AND_STAFF = _("You, and staff who look after accounts.")
NOBODY = _("Nobody: no page shows it.")
WITH_ACCOUNT = _("As long as the account.")
WITH_ASSESSMENT = _("As long as the assessment.")

REGISTRY = (
    Kept(
        "auth.User",
        "account",
        _("Your account"),
        {
            "email": _("your e-mail address"),
            "username": _("a user name made of it, which no page shows"),
            "first_name": _("a first name, if staff wrote one"),
            "last_name": _("a last name, if staff wrote one"),
            "date_joined": _("when you joined"),
            "last_login": _("when you last signed in"),
            "is_active": _("whether you may sign in"),
            "is_staff": _("whether you work for this site"),
            "is_superuser": _("whether you may do everything here"),
            "groups": _("the groups whose rights you have"),
            "user_permissions": _("rights of your own"),
        },
        why=_("To sign in, and to know what you may do."),
        seen_by=YOU_AND_STAFF,
        kept=_("Until you delete the account; then for seven days more."),
        of_person="pk",
        withheld={
            "password": _("your password, as a hash that cannot be read back"),
        },
        plain=("id",),
    ),
    Kept(
        "account.EmailAddress",
        "email_addresses",
        _("Your e-mail addresses"),
        {
            "email": _("each address"),
            "verified": _("whether you confirmed it"),
            "primary": _("whether it is the main one"),
        },
        why=_("To sign in, and to send you codes and notices."),
        seen_by=YOU_AND_STAFF,
        kept=WITH_ACCOUNT,
        of_person="user",
        plain=("id", "user"),
    ),
    Kept(
        "account.EmailConfirmation",
        "email_confirmations",
        _("Links that confirm an address"),
        {
            "created": _("when one was made"),
            "sent": _("when it was sent"),
        },
        why=_("To confirm an address. This site sends codes, and writes none."),
        seen_by=NOBODY,
        kept=WITH_ACCOUNT,
        of_person="email_address__user",
        withheld={"key": _("the secret of the link")},
        plain=("id", "email_address"),
    ),
    Kept(
        "assessment.Profile",
        "profile",
        _("Your profile"),
        {
            "name": _("the name that you gave yourself"),
            "time_zone": _("your time zone"),
            "language": _("your language"),
            "years": _("your years of experience"),
            "education": _("your education"),
            "certifications": _("the certificates that you hold"),
            "leaves_at": _("when the account ends, if you asked for that"),
            "reminders": _("how often you want mail about your plan"),
            "reminders_from": _("since when you want it"),
            "next_reminder": _("when the next mail is due"),
            "rate_again_on": _("the day on which you want to rate again"),
            "next_rate_again": _("the day of which a mail is still to tell you"),
            "site": _("the address of this site, for links in that mail"),
            "calendar_since": _("since when your calendar has its address"),
        },
        why=_(
            "To show days and times as yours, to show your years beside the usual ones, "
            "to suggest no certificate that you hold, to remind you if you want it, and to end "
            "the account when you say so."
        ),
        seen_by=ONLY_YOU,
        kept=WITH_ACCOUNT,
        of_person="user",
        withheld={"calendar_digest": _("a hash of the address for your calendar")},
        plain=("id", "user"),
    ),
    Kept(
        "sessions.Session",
        "sessions",
        _("Where you are signed in"),
        {},
        why=_("To know that it is you."),
        seen_by=NOBODY,
        kept=_("Until you sign out or it runs out."),
        withheld={
            "session_key": _("the secret that your browser holds"),
            "session_data": _(
                "whose account it is, what this browser added to it at sign-in, the plan "
                "that was wanted before, and what somebody who keeps a ladder chose while "
                "trying a draft of it"
            ),
            "expire_date": _("when it runs out"),
        },
    ),
    Kept(
        "mfa.Authenticator",
        "second_steps",
        _("Your second step at sign-in"),
        {
            "type": _("an app with codes, a passkey or recovery codes"),
            "created_at": _("when you set it up"),
            "last_used_at": _("when you last used it"),
        },
        why=_("To ask for it when you sign in."),
        seen_by=ONLY_YOU,
        kept=_("Until you remove it or the account."),
        of_person="user",
        withheld={"data": _("the secret of the app, or what a passkey is checked by")},
        plain=("id", "user"),
    ),
    Kept(
        "socialaccount.SocialAccount",
        "company_accounts",
        _("Your account at a company, if you sign in with one"),
        {
            "provider": _("the address of the company's sign-in"),
            "uid": _("the number that the company gave you there"),
            "date_joined": _("when you first signed in with it"),
            "last_login": _("when you last did"),
        },
        why=_("To know you when you sign in with it."),
        seen_by=NOBODY,
        kept=WITH_ACCOUNT,
        of_person="user",
        plain=("id", "user", "extra_data"),
    ),
    Kept(
        "usersessions.UserSession",
        "browsers",
        _("Browsers in which you are signed in"),
        {
            "created_at": _("when you signed in"),
            "last_seen_at": _("when you last used it"),
            "ip": _("the address of your connection then"),
            "user_agent": _("what the browser calls itself"),
        },
        why=_("So that you see where you are signed in, and can end it."),
        seen_by=ONLY_YOU,
        kept=_("Until you sign out, or fourteen days after your last visit."),
        of_person="user",
        withheld={"session_key": _("the secret that your browser holds")},
        plain=("id", "user", "data"),
    ),
    Kept(
        "assessment.Guest",
        "visits",
        _("Without an account"),
        {
            "created_at": _("your first visit"),
            "last_seen": _("your last visit"),
        },
        why=_("So that this browser, and no other, can open what you began in it."),
        seen_by=NOBODY,
        kept=_("Until thirty days after your last visit, or until you sign in."),
        of_guest="pk",
        withheld={
            "token_digest": _("a hash of the secret that your browser holds"),
        },
        plain=("id",),
    ),
    Kept(
        "assessment.Assessment",
        "assessments",
        _("Your assessments"),
        {
            "uid": _("the address of its pages"),
            "label": _("the name that you gave it"),
            "framework": _("the version of the ladder"),
            "target": _("the level that you chose"),
            "status": _("whether you submitted it, or carried it over"),
            "based_on": _("the one that it goes on from"),
            "corrects": _("the report that it corrects"),
            "is_quick_look": _("whether you began with the must-haves alone"),
            "started_at": _("when you began"),
            "changed_at": _("when you last changed it, to the hour"),
            "submitted_at": _("when you submitted it"),
            "first_submitted_at": _("when you submitted the first that it corrects"),
            "readiness_tenths": _("your score"),
            "is_provisional": _("whether it is provisional"),
            "band": _("the verdict"),
            "scoring_version": _("how it was computed"),
            "range_low": _("the lowest score that is likely"),
            "range_high": _("the highest score that is likely"),
        },
        why=_("To make your list of reports."),
        seen_by=_(
            "Only you, and whoever has a share link that you made. Staff see that an "
            "assessment exists."
        ),
        kept=_(
            "Until you delete it or the account. Without an account until thirty days "
            "after your last visit."
        ),
        of_person="owner",
        of_guest="guest",
        plain=("id", "owner", "guest", "counts_at"),
    ),
    Kept(
        "assessment.Rating",
        "answers",
        _("Your answers"),
        {
            "assessment": _("of which assessment"),
            "skill": _("for which skill"),
            "value": _("your rating"),
            "not_applicable": _("whether you left it out"),
            "reason": _("why you left it out"),
            "confidence": _("how sure you were"),
            "note": _("your note"),
            "url": _("your link"),
            "rated_at": _("when you answered"),
        },
        why=_("To make your report, and to let you stop and go on."),
        seen_by=_(
            "Only you, and whoever has a share link that you made; notes, links and "
            "reasons only if you chose so."
        ),
        kept=WITH_ASSESSMENT,
        of_person="assessment__owner",
        of_guest="assessment__guest",
        plain=("id", "revision"),
    ),
    Kept(
        "assessment.ReportPdf",
        "pdfs",
        _("PDFs of your reports"),
        {
            "assessment": _("of which report"),
            "what": _("whether it is of the report or of its promotion case"),
            "made_at": _("when it was made"),
            "content": _("the file"),
        },
        why=_("So that a PDF that you asked for is there the next time."),
        seen_by=ONLY_YOU,
        kept=_("As long as the report, or until many newer ones are kept."),
        of_person="assessment__owner",
        of_guest="assessment__guest",
        plain=("id", "digest"),
    ),
    Kept(
        "assessment.ShareLink",
        "share_links",
        _("Your share links"),
        {
            "assessment": _("to which report"),
            "label": _("for whom you made it"),
            "shown_name": _("the name that it shows"),
            "includes_notes": _("whether it shows notes"),
            "shows_case": _("whether it shows the promotion case"),
            "created_at": _("when you made it"),
            "expires_at": _("when it ends"),
            "revoked_at": _("when you ended it"),
            "last_opened_at": _("when it was last opened"),
        },
        why=_("To show one report to those whom you choose."),
        seen_by=_("You. Who has the link sees the name, and not for whom you made it."),
        kept=_("As long as the report. It opens nothing after its last day."),
        of_person="assessment__owner",
        of_guest="assessment__guest",
        withheld={"token_digest": _("a hash of its address")},
        plain=("id", "uid"),
    ),
    Kept(
        "assessment.ShareGrant",
        "reports_opened",
        _("Reports that others let you read"),
        {"link": _("which share link you opened")},
        why=_("So that you can open the report again."),
        seen_by=_("Nobody. The owner of a report is not told who opened a link."),
        kept=_("Until the link ends."),
        of_person="owner",
        of_guest="guest",
        plain=("id", "owner", "guest"),
    ),
    Kept(
        "assessment.PracticeNote",
        "practice_notes",
        _("Your practice notes"),
        {
            "framework_key": _("of which ladder"),
            "question_key": _("for which interview question"),
            "text": _("what you wrote"),
            "updated_at": _("when you changed it"),
        },
        why=_("To prepare for interviews."),
        seen_by=ONLY_YOU,
        kept=_(
            "Until you empty it or delete the account. Without an account until thirty "
            "days after your last visit."
        ),
        of_person="owner",
        of_guest="guest",
        plain=("id", "owner", "guest"),
    ),
    Kept(
        "assessment.Plan",
        "plans",
        _("Your plans"),
        {
            "uid": _("the address of its pages"),
            "framework_key": _("for which ladder"),
            "target_key": _("the level that you aim at"),
            "target_title": _("its title when you began"),
            "hours_a_week": _("the hours a week that you give it"),
            "until": _("until when"),
            "asks": _("what you ask for in your promotion case"),
            "agreed": _("what was agreed"),
            "agreed_until": _("until when that is agreed"),
            "started_at": _("when you began"),
        },
        why=_("To show what you decided to do, and what is next."),
        seen_by=OF_A_CASE,
        kept=WITH_ACCOUNT,
        of_person="owner",
        plain=("id", "owner"),
    ),
    Kept(
        "assessment.PlanItem",
        "plan_items",
        _("The steps of your plans"),
        {
            "uid": _("the address of its page"),
            "plan": _("of which plan"),
            "skill_key": _("for which skill"),
            "skill_name": _("its name when you planned it"),
            "value": _("to which level"),
            "value_name": _("the name of that level"),
            "action_key": _("from which suggestion, if from one"),
            "title": _("what to do"),
            "first_piece": _("the first small piece of it"),
            "when_then": _("your sentence of when you do it"),
            "hours": _("the hours that you plan for it"),
            "due": _("the day that you set"),
            "state": _("whether it is in focus, waits, is done or let go"),
            "order": _("its place"),
            "done_at": _("when you ticked it"),
        },
        why=_("To show what you decided to do, and what is next."),
        seen_by=OF_A_CASE,
        kept=_("As long as the plan."),
        of_person="plan__owner",
        plain=("id",),
    ),
    Kept(
        "assessment.JournalEntry",
        "journal",
        _("Your journal"),
        {
            "uid": _("the address of its page"),
            "day": _("the day"),
            "text": _("your line"),
            "url": _("your link"),
            "framework_key": _("for which ladder"),
            "skill_key": _("for which skill"),
            "skill_name": _("its name when you wrote it"),
            "item": _("for which step of a plan"),
            "written_at": _("when you wrote it"),
        },
        why=_("To have evidence at hand when you rate again."),
        seen_by=_(
            "Only you, and whoever has a share link of your promotion case that shows notes."
        ),
        kept=_("Until you delete it or the account."),
        of_person="owner",
        plain=("id", "owner"),
    ),
    Kept(
        "assessment.Download",
        "downloads",
        _("A file of everything, if it is large"),
        {
            "asked_at": _("when you asked for it"),
            "made_at": _("when it was made"),
        },
        why=_("To give it to you once it is made."),
        seen_by=ONLY_YOU,
        kept=_(
            "For a day, or until you delete an assessment, a plan or a line of your journal."
        ),
        of_person="owner",
        withheld={"content": _("all that stands here of you")},
        plain=("id", "owner", "begun_at"),
    ),
    Kept(
        "tpmguide.Mail",
        "mail",
        _("Mail to you"),
        {},
        why=_("So that it is sent, also where the mail server is away for a while."),
        seen_by=_("Nobody. It goes through the mail service of the operator."),
        kept=_("Until it is sent; a day at most."),
        withheld={
            "recipients": _("your e-mail address"),
            "subject": _("its subject"),
            "text": _("its text, which may hold a code"),
            "html": _("the same with markup"),
        },
        plain=("id", "sender", "headers", "written_at", "tries", "next_try"),
    ),
    Kept(
        "assessment.Erased",
        "erased",
        _("What was deleted"),
        {},
        why=_(
            "So that what you deleted stays deleted where a backup has to be restored."
        ),
        seen_by=NOBODY,
        kept=_("For 400 days, which is longer than any backup is kept."),
        withheld={
            "row": _("the number that an account, an assessment or a link had"),
            "erased_at": _("when it was deleted"),
        },
        plain=("id", "model"),
    ),
    Kept(
        "admin.LogEntry",
        "staff_log",
        _("What staff did"),
        {
            "action_time": _("when"),
            "action_flag": _("added, changed or deleted"),
            "object_repr": _("what it was called"),
            "change_message": _("which fields"),
        },
        why=_("To see who changed the ladder or an account."),
        seen_by=_("Staff."),
        kept=_(
            "As long as the account of whoever did it, and of whomever it is about."
        ),
        of_person="user",
        plain=("id", "user", "content_type", "object_id"),
    ),
    Kept(
        "careers.Framework",
        "published",
        _("Versions that you published"),
        {
            "key": _("of which ladder"),
            "version": _("which version"),
            "published_at": _("when"),
        },
        why=_("To know who answers for a version of the ladder."),
        seen_by=_("Those who edit the ladder."),
        kept=_("As long as the account. The version stays, without your name."),
        of_person="published_by",
        plain=("published_by",),
        only=True,
    ),
    Kept(
        "cache",
        "tries",
        _("Failed and repeated tries"),
        {},
        why=_(
            "To slow down guessing, and to keep one visitor from stopping all others."
        ),
        seen_by=NOBODY,
        kept=_("For an hour at most, and until the next daily clearing."),
        withheld={
            "cache_key": _(
                "the address of your connection, or a hash of the e-mail address"
            ),
            "value": _("when you tried"),
            "expires": _("when the count runs out"),
        },
    ),
)
