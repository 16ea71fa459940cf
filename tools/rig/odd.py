"""Odd requests to every address: what no browser sends, and what strangers try.

Knows nothing of the app but what it is given; the same seed gives the same requests.
"""

import re
import urllib.parse
from dataclasses import dataclass, field

TOKEN = "a" * 32  # as cookie and as field: what Django's check takes for a right one
PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")
METHODS = {
    "GET": 40,
    "POST": 45,
    "HEAD": 3,
    "PUT": 2,
    "PATCH": 2,
    "DELETE": 2,
    "OPTIONS": 2,
    "TRACE": 2,
    "FOO": 1,
    "get": 1,
}

# As they stand in an address or in a form; those with % are broken or sly.
VALUES = [
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1e400",
    "NaN",
    "9" * 19,
    "9" * 30,
    "9" * 5000,
    "x" * 300,
    "x" * 9000,
    "%00",
    "a%00b",
    "%ff%fe",
    "%C0%AF",
    "%ED%A0%80",
    "%",
    "%zz",
    "%u0041",
    "%0d%0aX-Odd:%201",
    "..%2f..%2fetc%2fpasswd",
    "../../x",
    "//elsewhere.example/",
    "%EF%BC%91%EF%BC%92",
    "%F0%9F%98%80",
    "%E2%80%AE%E2%81%A6",
    "%CC%81" * 200,
    "'%22%3E%3Cscript%3E",
    "%27%20OR%201=1--",
    "{{7*7}}",
    "%s%n",
    "=cmd|x",
    "javascript:alert(1)",
    "http://[",
    "https://[::1]]/",
    "None",
    "true",
    "null",
    "[]",
    "0001-01-01",
    "99999-99-99",
    "00000000-0000-4000-8000-000000000000",
    "{00000000-0000-4000-8000-000000000000}",
    "_add",
    "1_0",
    "__class__",
]
QUERIES = [
    "&&&=;",
    "=",
    "%",
    "?" * 50,
    "a[]=1&a[x]=2",
    "q=" + "x" * 20_000,
    "&".join(["a=1"] * 3000),
    "\xe9=\xe9",
]
NAMES = (
    "q sort target based_on framework scope autonomy people fresh quick next then left "
    "right from to page p o e all _popup _to_field _changelist_filters _facets term "
    "app_label model_name field_name id__in id__exact pk owner__password__startswith "
    "framework__id__exact status__exact version date__year action _selected_action "
    "select_across index _save _saveasnew name text file label days shown_name "
    "includes_notes login password password1 password2 oldpassword email code remember "
    "action_add action_remove action_primary post confirm"
)
TYPES = [
    "",
    "/",
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nothing",
    "application/x-www-form-urlencoded; charset=latin-1",
    "application/x-www-form-urlencoded; charset=base64",
    "application/x-www-form-urlencoded; charset=undefined",
    "text/plain; charset*=nothing''%41",
    "application/x-www-form-urlencoded;;;=",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x; charset=utf-16",
    "multipart/form-data; boundary=" + "x" * 300,
    "multipart/form-data; boundary=\xe9",
    "multipart/mixed; boundary=x",
    "application/x-www-form-urlencoded, multipart/form-data; boundary=x",
]
HEADERS = [
    ("Accept-Language", "xx-" * 300),
    ("Accept-Language", "en;q=x,*;q=9,\xe9"),
    ("Accept-Encoding", "br;q=0,gzip;q=1e9,*"),
    ("If-None-Match", 'W/"x, *'),
    ("If-Modified-Since", "Thu, 99 Foo 0000 99:99:99 GMT"),
    ("If-Unmodified-Since", "x"),
    ("Range", "bytes=9-1,-,x"),
    ("Referer", "http://["),
    ("Origin", "null"),
    ("HX-Request", "true"),
    ("HX-Current-URL", "http://[::1"),
    ("HX-Trigger", "\xff"),
    ("X-CSRFToken", "\x01" * 32),
    ("X-Forwarded-For", "x, [::1]:99999, 300.1.1.1"),
    ("X-Forwarded-Proto", "https, http"),
    ("X-Requested-With", "XMLHttpRequest"),
    ("Expect", "x"),
    ("Host", "elsewhere.example"),
    ("Host", "127.0.0.1:99999999"),
    ("Authorization", "Basic ====="),
]
COOKIES = [
    "csrftoken=",
    "csrftoken=" + "!" * 32,
    "messages=[[%22__json_message%22",
    "messages=" + "x" * 3000,
    "sessionid=",
    "sessionid=" + "z" * 300,
    "sessionid=\x01\xff",
    "=; ;;a=b=c",
    "\xe9=\xe9; __proto__=1",
]
PARTS = [
    b"",
    b"--x",
    b"--x--",
    b"--x\r\n\r\nodd\r\n--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="target"\r\n\r\nodd',
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="\0"\r\n\r\n\xff\r\n--x--\r\n',
    b"--x\r\nContent-Disposition: form-data; name*=utf-16''%ff; filename*=x\r\n\r\n\r\n--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n=!=\r\n--x--\r\n",
    b'--x\r\nContent-Type: text/plain; charset=nothing\r\nContent-Disposition: form-data; name="q"\r\n'
    b"\r\n\xff\r\n--x--\r\n",
    b'{"a": ' * 2000,
    b"\xff\xfe\x00" * 100,
    b"a=1&" * 3000,
]


@dataclass(frozen=True)
class Visitor:
    """Somebody's cookies, the parts of addresses that exist for them, and their forms."""

    name: str
    cookies: dict
    parts: dict  # parameter of a route: values
    forms: dict = field(default_factory=dict)  # address: {field: value}


@dataclass(frozen=True)
class OddRequest:
    """`target` is the address as it is sent, all else as well; headers by name."""

    visitor: str
    method: str
    target: str
    headers: dict
    body: bytes

    def __str__(self):
        shown = self.target if len(self.target) < 200 else self.target[:200] + "..."
        headers = {name: value[:80] for name, value in self.headers.items()}
        return f"{self.visitor}: {self.method} {shown} {headers} {self.body[:200]!r}"


def odd_requests(random, routes, visitors, count):
    """`count` requests, of which each is odd in one to three ways."""
    for _ in range(count):
        visitor = random.choice(visitors)
        yield _request(random, random.choice(routes), visitor)


def filled(route, value_of):
    """The address of a route, with `value_of(parameter)` for each of its parameters."""
    path = PARAMETER.sub(lambda match: value_of(match[1] or match[2]), route)
    path = path.replace("\\Z", "").translate(dict.fromkeys(map(ord, "^$\\")))
    return "/" + path.replace(" ", "%20")


def _request(random, route, visitor):
    def value_of(parameter):
        known = visitor.parts.get(parameter, ["1"])
        return random.choice(known if random.random() < 0.7 else VALUES)

    method = random.choices([*METHODS], METHODS.values())[0]
    path = filled(route, value_of)
    if random.random() < 0.05:
        path += random.choice(VALUES).replace(" ", "%20")
    if visitor.forms and method == "POST" and random.random() < 0.5:
        path = random.choice(sorted(visitor.forms))
    if "logout" in path and visitor.cookies:
        method = "GET"  # or all that follows would be nobody's
    headers = {"Cookie": _cookies(random, visitor), "Origin": "ours"}
    body = b""
    if method in ("POST", "PUT", "PATCH", "FOO"):
        headers["Content-Type"], body = _body(random, path, visitor)
    if random.random() < 0.3:
        name, value = random.choice(HEADERS)
        headers[name] = value
    query = f"?{_query(random)}" if random.random() < 0.4 else ""
    return OddRequest(visitor.name, method, path + query, headers, body)


def _cookies(random, visitor):
    own = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    right = f"{own}; csrftoken={TOKEN}".removeprefix("; ")
    return right if random.random() < 0.85 else random.choice(COOKIES)


def _query(random):
    if random.random() < 0.2:
        return random.choice(QUERIES)
    names = random.choices(NAMES.split(), k=random.randint(1, 4))
    return "&".join(f"{name}={random.choice(VALUES)}" for name in names).replace(
        " ", "+"
    )


def _body(random, path, visitor):
    """(content type, body): a form with odd fields, or what is no form at all."""
    if random.random() < 0.25:
        return random.choice(TYPES), random.choice(PARTS)
    fields = dict(visitor.forms.get(path, {}))
    for name in random.sample(sorted(fields), min(len(fields), random.randint(0, 3))):
        if random.random() < 0.3:
            del fields[name]
        else:
            fields[name] = urllib.parse.unquote(random.choice(VALUES))
    for name in random.choices(NAMES.split(), k=random.randint(0, 3)):
        fields.setdefault(name, urllib.parse.unquote(random.choice(VALUES)))
    fields["csrfmiddlewaretoken"] = TOKEN
    if random.random() < 0.3:
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        body = "".join([*parts, "--x--\r\n"]).encode(errors="replace")
        return "multipart/form-data; boundary=x", body
    body = urllib.parse.urlencode(fields, errors="replace").encode()
    return "application/x-www-form-urlencoded", body
