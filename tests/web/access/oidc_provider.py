"""A small provider of OpenID Connect that listens for HTTP and signs with keys of its own, for tests."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet


class OidcProvider:
    """Who is logged in there, and what goes wrong there."""

    def __init__(self, url: str, now: float) -> None:
        self.issuer, self.now = url, now
        self.key = ECKey.generate_key("P-256", {"kid": "one"})
        self.says: dict[str, Any] = {}
        """Claims of whoever logs in."""
        self.spoils: dict[str, Any] = {}
        """Claims that are put in the place of the right ones."""
        self.header: dict[str, Any] = {"alg": "ES256", "kid": "one"}
        self.signs_with: Any = self.key
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def log_in(self, address: str) -> dict[str, str]:
        """What a person does: looks at the address, logs in, and is sent back with this."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """What is told over HTTP."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            ends = {name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return 200, {"issuer": self.issuer, **ends}
        if path == "/jwks_uri":
            return 200, dict(KeySet([self.key]).as_dict(private=False))
        asked = self.codes.pop(form.get("code", [""])[0], None)  # a code is redeemed once
        digest = hashlib.sha256(form.get("code_verifier", [""])[0].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or challenge != asked["code_challenge"] or form["redirect_uri"][0] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.issuer, "aud": asked["client_id"], "nonce": asked["nonce"], "iat": int(self.now),
                  "exp": int(self.now) + 300, **self.says, **self.spoils}  # fmt: skip
        return 200, {"id_token": jwt.encode(self.header, claims, self.signs_with), "access_token": "x"}


@contextmanager
def running_provider(now: float) -> Iterator[OidcProvider]:
    """A provider at an address of this machine."""
    provider: list[OidcProvider] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            self._answer(parse_qs(self.rfile.read(length).decode()))

        def _answer(self, form: dict[str, list[str]]) -> None:
            status, found = provider[0].answer(self.path, form)
            body = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            del args

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.append(OidcProvider(f"http://127.0.0.1:{server.server_address[1]}", now))
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield provider[0]
        server.shutdown()
        thread.join()
