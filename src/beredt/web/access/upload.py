"""Uploads: how large they may be, and the first bytes looked at before a route sees any."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import Message, Receive

from beredt.errors import RefusedError
from beredt.web.access.kinds import LOOKED_AT_BYTES, Kind, find_fault

LARGEST_LOG = 2 << 30
"""Bytes of a mission log that is uploaded: years of a large service. Larger ones are laid beside the server."""


def check_size(headers: Headers, largest: int) -> None:
    """Refuse a body that says itself that it is too large, before any of it is read.

    Raises:
        RefusedError: 413.
    """
    if said_size(headers) > largest:
        raise RefusedError(413, "size", wanted=size_text(largest))


def said_size(headers: Headers) -> int:
    """How many bytes a body has by what the request says of it; 0 where it does not say."""
    said = headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() else 0


def size_text(size: int) -> str:
    """A number of bytes for people: `2 GB`, `8 MB`."""
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} B"


async def checked_kind(receive: Receive, kinds: Sequence[Kind]) -> Receive:
    """Look at the beginning of a body, and give it back to be received from the beginning.

    Raises:
        RefusedError: 415, it is of none of the kinds.
    """
    taken: list[Message] = []
    first = b""
    while len(first) < LOOKED_AT_BYTES:
        message = await receive()
        taken.append(message)
        first += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body", False):
            break
    wanted = find_fault(kinds, first[:LOOKED_AT_BYTES])
    if wanted is not None:
        raise RefusedError(415, "kind", wanted=wanted)

    async def receive_on() -> Message:
        return taken.pop(0) if taken else await receive()

    return receive_on
