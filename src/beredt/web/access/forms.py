"""Fields that a page's form sends."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_BYTES = 8 * 1024
"""Of the body of a form of these pages: a password may have 256 characters of four bytes, each written as three."""

MOST_FIELDS = 12


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form by name, the first of each; empty if the body is no form."""
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return {}
    fields: dict[str, str] = {}
    for key, value in pairs:
        fields.setdefault(key, value)
    return fields


def own_path(text: str) -> str:
    r"""An address to go to after login, if it is a path of this server; otherwise its first page.

    `//host`, `/\host` and addresses with control characters lead elsewhere in some browser.
    """
    plain = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if plain and len(text) < 2000 and all(" " < sign < "\x7f" for sign in text) else "/"
