"""A company's sign-in, as the standard has it, on this machine: what the tests sign in with.

It signs in `person` without asking. `hold`, while it is clear, lets nobody have an answer.
"""

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "tpmguide", "a secret of the company"


class Provider:
    def __init__(self, url):
        self.url = url
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person = {
            "sub": "4711",
            "email": "alice@example.org",
            "email_verified": True,
            "name": "Alice of the Company",
        }
        self.in_token = {}  # what the signed part says otherwise
        self.signed_in_at = None  # of whom it asks nothing again
        self.refuses = ""
        self.issuer = self.page_at = url
        self.asked = []  # the parameters of each request to sign somebody in
        self.codes, self.keys = {}, {}
        self.hold = threading.Event()
        self.hold.set()

    def discovery(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.page_at}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def jwks(self):
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, asked):
        """The address that the browser is led back to."""
        self.asked.append(asked)
        if self.refuses:
            back = {"error": self.refuses, "state": asked["state"]}
        else:
            code = secrets.token_urlsafe()
            self.codes[code] = asked | {"person": self.person, "at": time.time()}
            back = {"code": code, "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def token(self, sent, authorization):
        """Status and answer; a code is good once, for who began."""
        known = self.codes.pop(sent.get("code"), None)
        named = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        if (
            known is None
            or named != f"{CLIENT}:{SECRET}"
            or sent["redirect_uri"] != known["redirect_uri"]
            or proof != known["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        key = secrets.token_urlsafe()
        self.keys[key] = known["person"]
        now = int(time.time())
        signed = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            **known["person"],
        }
        if "max_age" in known:
            asked_at = known["at"] if self.signed_in_at is None else self.signed_in_at
            signed["auth_time"] = int(asked_at)
        token = jwt.encode(
            signed | self.in_token, self.key, "RS256", headers={"kid": "one"}
        )
        return 200, {"access_token": key, "token_type": "Bearer", "id_token": token}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        provider = self.server.provider
        provider.hold.wait()
        at = urlsplit(self.path)
        if at.path == "/.well-known/openid-configuration":
            self.say(200, provider.discovery())
        elif at.path == "/jwks":
            self.say(200, provider.jwks())
        elif at.path == "/authorize":
            asked = {name: value for name, [value] in parse_qs(at.query).items()}
            self.send_response(302)
            self.send_header("Location", provider.authorize(asked))
            self.end_headers()
        else:
            key = self.headers.get("Authorization", "").removeprefix("Bearer ")
            known = provider.keys.get(key)
            self.say(200 if known else 401, known or {})

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        sent = parse_qs(self.rfile.read(length).decode())
        sent = {name: value for name, [value] in sent.items()}
        self.say(
            *self.server.provider.token(sent, self.headers.get("Authorization", ""))
        )

    def say(self, status, answer):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        """Nothing is written down."""


@contextlib.contextmanager
def running():
    """A provider that answers; at the end nobody waits for it any more."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider = server.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield provider
    finally:
        provider.hold.set()
        server.shutdown()
        thread.join()
        server.server_close()


def use(settings, provider):
    """What the environment says of the provider, for one test."""
    settings.OIDC_NAME, settings.OIDC_ISSUER = "Example & Co", provider.url
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": provider.url,
                    "name": "Example & Co",
                    "client_id": CLIENT,
                    "secret": SECRET,
                    "settings": {"server_url": provider.url},
                }
            ],
        }
    }
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": policy | {"form-action": ["'self'", provider.url]}
    }
