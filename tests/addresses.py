"""Every address of the app, and who may open it. The tests walk this table.

An address that is not declared here fails the build: decide who may open it, then add a
line. What belongs to somebody else must answer exactly like what does not exist.
"""

import re
from dataclasses import dataclass, field
from enum import Enum

from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from careers.models import CareerLevel, Skill
from tests.factories import make_framework

GET, POST = ("GET", "HEAD"), ("POST",)


class Who(Enum):
    """Who may open an address. Others get what the comment says."""

    ANYBODY = "anybody"
    SIGNED_IN = "whoever is signed in"  # a guest is led to the sign-in
    OWNER = "the owner"  # 404 for everybody else, whatever their rights
    KEEPER = "whoever keeps a plan or a journal"  # 404 for everybody else
    HOLDER = "who has opened a live share link"  # 404 for everybody else, its maker too
    TOKEN = "who has the address of a live share link"  # leads on; 404 for any other
    MACHINE = "what asks by any host name, such as a load balancer"
    ACCOUNTS = "as allauth decides"  # shows the visitor nothing but their own account
    STAFF = "staff, by Django's permissions"  # never 200 for anybody else


@dataclass(frozen=True)
class Address:
    """One line of the table. `example` names the argument's value in `scene`.

    `draft` and `submitted` are what those who may open it get in these states of the
    assessment; 302 leads on to where it stands, 404 says that a draft has no such thing.
    """

    who: Who
    methods: tuple[str, ...] = GET
    example: dict[str, str] = field(default_factory=dict)
    draft: int = 200
    submitted: int = 200
    is_file: bool = False  # is downloaded, and has no structure of a page

    @property
    def is_page(self):
        return "GET" in self.methods and not self.is_file


UID = {"uid": "uid"}
IN_GROUP = UID | {"group": "group"}
OF_FRAMEWORK = {"framework_key": "framework"}
OF_SKILL = {"framework": "framework", "skill": "skill_of_framework"}

ADDRESSES = {
    "assessment:home": Address(Who.ANYBODY),
    "assessment:how_it_works": Address(Who.ANYBODY),
    "assessment:privacy": Address(Who.ANYBODY),
    "assessment:me": Address(Who.ANYBODY),
    "assessment:profile": Address(Who.SIGNED_IN, GET + POST),
    "assessment:bring": Address(Who.SIGNED_IN, GET + POST),
    "assessment:leave": Address(Who.SIGNED_IN, GET + POST),
    "assessment:leave_now": Address(Who.SIGNED_IN, POST),
    "assessment:keep_account": Address(Who.SIGNED_IN, POST),
    # Of a leaving that is stopped; the example's token stops none.
    "assessment:keep_by_mail": Address(
        Who.TOKEN, GET + POST, example={"token": "token"}, draft=404, submitted=404
    ),
    "assessment:reminders": Address(Who.SIGNED_IN, GET + POST),
    # Of the example's token whose mails are not stopped, whose days are not read.
    "assessment:stop_reminders": Address(
        Who.TOKEN, GET + POST, example={"token": "token"}, draft=404, submitted=404
    ),
    "assessment:calendar": Address(Who.SIGNED_IN, POST),
    "assessment:calendar_feed": Address(
        Who.TOKEN, example={"token": "token"}, draft=404, submitted=404, is_file=True
    ),
    "assessment:download": Address(Who.ANYBODY, POST),
    # Where none is made, as in the examples, there is nothing.
    "assessment:made_download": Address(Who.KEEPER, draft=404, submitted=404),
    "assessment:example": Address(Who.ANYBODY),
    "assessment:search": Address(Who.ANYBODY),
    "assessment:unclear": Address(
        Who.ANYBODY,
        GET + POST,
        example=OF_SKILL,
    ),
    "assessment:sitemap": Address(Who.ANYBODY, is_file=True),
    "assessment:robots": Address(Who.ANYBODY, is_file=True),
    "healthz": Address(Who.MACHINE, is_file=True),
    "readyz": Address(Who.MACHINE, is_file=True),  # on this machine, or with a token
    "metrics": Address(Who.MACHINE, is_file=True),  # the same
    "styleguide": Address(Who.ANYBODY),  # installed with DEBUG, and in the tests
    "assessment:start": Address(Who.ANYBODY),
    "assessment:find_level": Address(Who.ANYBODY),
    "assessment:begin": Address(Who.ANYBODY, POST),
    "assessment:begin_anew": Address(Who.ANYBODY, POST),
    "assessment:dashboard": Address(Who.ANYBODY),
    "assessment:progress": Address(Who.ANYBODY),
    "assessment:forget": Address(Who.ANYBODY, GET + POST),
    "assessment:claim": Address(Who.SIGNED_IN, POST),
    "assessment:unclaim": Address(Who.SIGNED_IN, POST),
    "assessment:resume": Address(Who.OWNER, example=UID, draft=302, submitted=302),
    "assessment:rate": Address(Who.OWNER, GET + POST, example=IN_GROUP, submitted=302),
    "assessment:save": Address(Who.OWNER, POST, example=UID | {"skill": "skill"}),
    "assessment:keep": Address(Who.OWNER, POST, example=IN_GROUP),
    "assessment:keep/skill": Address(
        Who.OWNER, POST, example=IN_GROUP | {"skill": "skill"}
    ),
    "assessment:quick_look": Address(Who.OWNER, example=UID, submitted=302),
    "assessment:review": Address(Who.OWNER, example=UID, submitted=302),
    "assessment:retarget": Address(Who.OWNER, POST, example=UID),
    "assessment:submit": Address(Who.OWNER, POST, example=UID),
    "assessment:rename": Address(Who.OWNER, GET + POST, example=UID),
    "assessment:correct": Address(Who.OWNER, GET + POST, example=UID, draft=302),
    "assessment:carry_over": Address(
        Who.OWNER, GET + POST, example=UID, draft=302, submitted=302
    ),
    "assessment:delete": Address(Who.OWNER, GET + POST, example=UID),
    "assessment:report": Address(Who.OWNER, example=UID, draft=302),
    "assessment:interview": Address(Who.OWNER, GET + POST, example=UID, draft=302),
    "assessment:kit": Address(Who.OWNER, example=UID, draft=302),
    "assessment:summary": Address(Who.OWNER, example=UID, draft=302),
    "assessment:report_csv": Address(Who.OWNER, example=UID, draft=302, is_file=True),
    "assessment:report_json": Address(Who.OWNER, example=UID, draft=302, is_file=True),
    "assessment:report_xlsx": Address(Who.OWNER, example=UID, draft=302, is_file=True),
    "assessment:report_pdf": Address(Who.OWNER, example=UID, draft=302, is_file=True),
    "assessment:share": Address(Who.OWNER, GET + POST, example=UID, draft=302),
    "assessment:revoke": Address(
        Who.OWNER, POST, example=UID | {"link": "link"}, draft=404
    ),
    "assessment:open_share": Address(
        Who.TOKEN, example={"token": "token"}, draft=404, submitted=302
    ),
    "assessment:shared_report": Address(Who.HOLDER, example={"uid": "link"}, draft=404),
    "assessment:fit": Address(Who.OWNER, example=UID, draft=302),
    "assessment:compare": Address(Who.OWNER, example=UID, draft=302),
    "assessment:what_if": Address(Who.OWNER, example=UID, draft=302),
    "assessment:earlier": Address(Who.OWNER, example=UID, draft=302),
    "assessment:then": Address(
        Who.OWNER, example=UID | {"earlier": "earlier"}, draft=302
    ),
    "assessment:plan": Address(Who.ANYBODY),
    "assessment:propose": Address(Who.OWNER, GET + POST, example=UID, draft=302),
    "assessment:steps": Address(Who.OWNER, GET + POST, example=UID, draft=302),
    "assessment:plan_change": Address(Who.KEEPER, GET + POST, example={"uid": "plan"}),
    "assessment:plan_item": Address(Who.KEEPER, GET + POST, example={"uid": "item"}),
    "assessment:plan_move": Address(Who.KEEPER, POST, example={"uid": "item"}),
    "assessment:plan_focus": Address(Who.KEEPER, example={"uid": "item"}),
    "assessment:case": Address(Who.OWNER, GET + POST, example=UID, draft=302),
    "assessment:case_pdf": Address(Who.OWNER, example=UID, draft=302, is_file=True),
    "assessment:case_docx": Address(Who.OWNER, example=UID, draft=302, is_file=True),
    "assessment:journal": Address(Who.SIGNED_IN, GET + POST),
    "assessment:journal_entry": Address(
        Who.KEEPER, GET + POST, example={"uid": "entry"}
    ),
    "careers:guide": Address(Who.ANYBODY),
    "careers:role": Address(Who.ANYBODY),
    "careers:start": Address(Who.ANYBODY),
    "careers:apply": Address(Who.ANYBODY),
    "careers:pay": Address(Who.ANYBODY),
    "careers:market": Address(Who.ANYBODY),
    "careers:questions": Address(Who.ANYBODY),
    "careers:ladder": Address(Who.ANYBODY),
    "careers:level": Address(Who.ANYBODY, example={"key": "level"}),
    "careers:job_description": Address(Who.ANYBODY, example={"key": "level"}),
    "careers:job_description_text": Address(
        Who.ANYBODY, example={"key": "level"}, is_file=True
    ),
    "careers:skills": Address(Who.ANYBODY),
    "careers:skill": Address(Who.ANYBODY, example={"key": "skill"}),
    "careers:specializations": Address(Who.ANYBODY),
    "careers:specialization": Address(Who.ANYBODY, example={"key": "specialization"}),
    "careers:related": Address(Who.ANYBODY),
    "careers:related_career": Address(Who.ANYBODY, example={"key": "related"}),
    "careers:certifications": Address(Who.ANYBODY),
    "careers:interview": Address(Who.ANYBODY),
    "careers:frameworks": Address(Who.ANYBODY),
    "assessment:example/framework_key": Address(Who.ANYBODY, example=OF_FRAMEWORK),
    **{
        f"frameworks:{page}": Address(Who.ANYBODY, example=OF_FRAMEWORK)
        for page in ("guide", "role", "start", "apply", "pay", "market", "questions")
    },
    "frameworks:ladder": Address(Who.ANYBODY, example=OF_FRAMEWORK),
    "frameworks:level": Address(
        Who.ANYBODY, example=OF_FRAMEWORK | {"key": "level_of_framework"}
    ),
    "frameworks:job_description": Address(
        Who.ANYBODY, example=OF_FRAMEWORK | {"key": "level_of_framework"}
    ),
    "frameworks:job_description_text": Address(
        Who.ANYBODY, example=OF_FRAMEWORK | {"key": "level_of_framework"}, is_file=True
    ),
    "frameworks:skills": Address(Who.ANYBODY, example=OF_FRAMEWORK),
    "frameworks:skill": Address(
        Who.ANYBODY, example=OF_FRAMEWORK | {"key": "skill_of_framework"}
    ),
    "frameworks:certifications": Address(Who.ANYBODY, example=OF_FRAMEWORK),
    "frameworks:interview": Address(Who.ANYBODY, example=OF_FRAMEWORK),
    "frameworks:specializations": Address(Who.ANYBODY, example=OF_FRAMEWORK),
    "frameworks:specialization": Address(
        Who.ANYBODY, example=OF_FRAMEWORK | {"key": "specialization_of_framework"}
    ),
    "frameworks:related": Address(Who.ANYBODY, example=OF_FRAMEWORK),
    "frameworks:related_career": Address(
        Who.ANYBODY, example=OF_FRAMEWORK | {"key": "related_of_framework"}
    ),
}

# Addresses that libraries bring: by the beginning of their names.
RULES = {
    "account_": Who.ACCOUNTS,
    "usersessions_": Who.ACCOUNTS,
    "mfa_": Who.ACCOUNTS,
    "openid_": Who.ACCOUNTS,
    "admin:": Who.STAFF,
}


def knows_nobody(name):
    """Whether a page says what a job asks for, to all the same: test_public_pages.py."""
    return name.startswith(("careers:", "frameworks:"))


# Walking what is there
# ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pattern:
    """An address as Django resolves it; `name` may be empty after the last colon."""

    name: str
    route: str
    parameters: tuple[str, ...]


def all_patterns(resolver=None, namespace="", route="", parameters=()):
    """Every URL pattern of the app with its full name."""
    resolver = resolver or get_resolver()
    for each in resolver.url_patterns:
        here = f"{route}{each.pattern}"
        named = (*parameters, *each.pattern.converters, *each.pattern.regex.groupindex)
        named = tuple(dict.fromkeys(named))
        if isinstance(each, URLPattern):
            yield Pattern(f"{namespace}{each.name or ''}", here, named)
        else:
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from all_patterns(each, inner, here, named)


def declared(pattern, table=None):
    """The table's name for a pattern, or the rule that covers it, or None.

    Two addresses of one name differ by their last parameter: `name/parameter`.
    """
    table = ADDRESSES if table is None else table
    longer = f"{pattern.name}/{pattern.parameters[-1]}" if pattern.parameters else None
    for name in (longer, pattern.name):
        if name in table and set(table[name].example) == set(pattern.parameters):
            return name
    return next((rule for rule in RULES if pattern.name.startswith(rule)), None)


def address_of(name, scene):
    """The path of a declared address, with its example's values from the scene."""
    values = {
        parameter: getattr(scene, part)
        for parameter, part in ADDRESSES[name].example.items()
    }
    return reverse(name.partition("/")[0], kwargs=values)


def address_of_rule(pattern):
    """The path of a library's address, with 1 for whatever it asks for."""
    try:
        return reverse(pattern.name, kwargs=dict.fromkeys(pattern.parameters, "1"))
    except NoReverseMatch:  # it has no name
        return "/" + re.sub(r"<[^>]+>|\(\?P.*\)|[$^]", "1", pattern.route)


def admin_pages():
    """{name: path} of where an editor works: on a draft that it makes, and on what is live."""
    draft = make_framework(version="1.1", title="Next ladder", publish=False)
    skill = Skill.objects.get(framework=draft, key="leadership")
    level = CareerLevel.objects.get(framework=draft, key="tpm")
    live = Skill.objects.get(
        framework__key=draft.key, framework__version="1.0", key="leadership"
    )
    return {
        "admin:index": reverse("admin:index"),
        "admin:frameworks": reverse("admin:careers_framework_changelist"),
        "admin:framework": reverse("admin:careers_framework_change", args=[draft.pk]),
        "admin:matrix": reverse("admin:careers_framework_matrix", args=[draft.pk]),
        "admin:impact": reverse("admin:assessment_impact", args=[draft.pk]),
        "admin:preview": reverse("admin:careers_framework_preview", args=[draft.pk]),
        "admin:export": reverse("admin:careers_framework_export", args=[draft.pk]),
        "admin:import": reverse("admin:careers_framework_import"),
        "admin:skills": reverse("admin:careers_skill_changelist"),
        "admin:skill": reverse("admin:careers_skill_change", args=[skill.pk]),
        "admin:skill_live": reverse("admin:careers_skill_change", args=[live.pk]),
        "admin:level": reverse("admin:careers_careerlevel_change", args=[level.pk]),
    }
