"""Uploads: the first bytes are looked at before a route sees any."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.types import Message, Receive

from beredt.errors import RefusedError
from beredt.web.access.kinds import LOOKED_AT_BYTES, Kind, find_fault


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
