"""The two cookies of a browser: the secret of its session, and the CSRF token that its pages send back.

Scripts can read the token and never the secret. Both are sent by pages of this server only (SameSite=Strict). Over TLS
their names begin with `__Host-`, which a browser takes from this very host only, over TLS only. On one's own machine
they name the port, as a browser gives cookies of one port to all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

SECRET, CSRF = "beredt", "beredt-csrf"

_SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Cookies:
    """The names of the cookies. `secure` if the server is called over TLS; `port` "" for that of the scheme."""

    secure: bool
    port: str = ""

    @property
    def secret_name(self) -> str:
        """Name of the cookie that scripts cannot read."""
        return self._name(SECRET)

    @property
    def csrf_name(self) -> str:
        """Name of the cookie that the pages' scripts read."""
        return self._name(CSRF)

    def read(self, header: str) -> tuple[str, str]:
        """Secret and CSRF token from a Cookie header, "" for what is not there or not of the right form."""
        try:
            jar = SimpleCookie(header)
        except CookieError:
            return "", ""
        secret, csrf = (jar[name].value if name in jar else "" for name in (self.secret_name, self.csrf_name))
        return (secret if _SECRET_FORM.fullmatch(secret) else ""), csrf

    def give(self, secret: str, csrf: str) -> tuple[str, str]:
        """The Set-Cookie lines of a session. They have no end of their own: the server ends sessions."""
        return self._line(self.secret_name, secret, "; HttpOnly"), self._line(self.csrf_name, csrf)

    def take_away(self) -> tuple[str, str]:
        """The Set-Cookie lines that remove both."""
        over = "; Max-Age=0"
        return self._line(self.secret_name, "", f"; HttpOnly{over}"), self._line(self.csrf_name, "", over)

    def _name(self, name: str) -> str:
        if self.secure:
            return f"__Host-{name}"
        return f"{name}-{self.port}" if self.port else name

    def _line(self, name: str, value: str, more: str = "") -> str:
        return f"{name}={value}; Path=/; SameSite=Strict{'; Secure' if self.secure else ''}{more}"
