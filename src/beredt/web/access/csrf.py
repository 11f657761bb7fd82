"""CSRF tokens: proof that a change comes from a page of ours, which a foreign page cannot read.

The token is made of the secret in the browser's cookie, so that it needs no place of its own, is the same in all tabs,
outlives a restart of the server, and belongs to one session only:

    token = SHA-256("beredt csrf" · secret)

The secret cannot be had from the token, and the token only by who can read an answer of ours.
"""

from __future__ import annotations

import hashlib
import hmac

HEADER = "x-beredt-csrf"
"""Header that brings it, as GET /api/session gives it."""

FIELD = "csrf"
"""Field that brings it in a form of a page."""


def csrf_token(secret: str) -> str:
    """The token of a session, 64 hexadecimal digits; "" for somebody without a session."""
    return hashlib.sha256(b"beredt csrf\0" + secret.encode()).hexdigest() if secret else ""


def is_csrf_token(given: str, secret: str) -> bool:
    """Whether a token is that of this session; compared in constant time."""
    wanted = csrf_token(secret)
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())
