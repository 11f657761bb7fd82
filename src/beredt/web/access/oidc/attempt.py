"""One attempt to log in: everything that binds it together follows from one secret in the browser's cookie.

    part(name) = base64url(SHA-256("beredt oidc " · name · secret))

`state` proves that the answer comes to the browser that asked, `nonce` that the token was made for this attempt, the
`verifier` (PKCE, RFC 7636) that whoever redeems the code is who asked for it. The server keeps nothing: several
processes, or a restart in between, change nothing. The cookie is sent when the provider sends the browser back
(SameSite=Lax), for ten minutes, to this host alone.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

COOKIE = "__Host-beredt-oidc"
LASTS_S = 600
_FORM = re.compile(r"([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{0,2700})")


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt: its secret, and where the browser wants to go afterwards."""

    secret: str
    goes_to: str

    @property
    def state(self) -> str:
        """Goes to the provider and comes back."""
        return self._part("state")

    @property
    def nonce(self) -> str:
        """Stands in the token."""
        return self._part("nonce")

    @property
    def verifier(self) -> str:
        """Redeems the code."""
        return self._part("verifier")

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier."""
        return _digest(self.verifier)

    def is_answered_by(self, state: str) -> bool:
        """Whether an answer is to this attempt; compared in constant time."""
        return hmac.compare_digest(state.encode(), self.state.encode())

    def cookie(self) -> str:
        """The Set-Cookie line."""
        place = urlsafe_b64encode(self.goes_to.encode()).decode().rstrip("=")
        return f"{COOKIE}={self.secret}.{place}; Path=/; Max-Age={LASTS_S}; Secure; HttpOnly; SameSite=Lax"

    def _part(self, name: str) -> str:
        return _digest(f"beredt oidc {name} {self.secret}")


GONE = f"{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"
"""The Set-Cookie line that ends an attempt."""


def new_attempt(goes_to: str) -> Attempt:
    """An attempt with a secret of its own, 256 random bits."""
    return Attempt(secrets.token_urlsafe(32), goes_to)


def find_attempt(cookies: str) -> Attempt | None:
    """The attempt of a browser, by its Cookie header."""
    from base64 import urlsafe_b64decode

    try:
        jar = SimpleCookie(cookies)
    except CookieError:
        return None
    found = _FORM.fullmatch(jar[COOKIE].value) if COOKIE in jar else None
    if found is None:
        return None
    try:
        goes_to = urlsafe_b64decode(found[2] + "=" * (-len(found[2]) % 4)).decode()
    except ValueError:
        return None
    return Attempt(found[1], goes_to)


def _digest(text: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
