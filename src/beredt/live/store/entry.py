"""One entry of the log."""

from __future__ import annotations

from typing import Any, NamedTuple

OWN = ""
"""Source of what the program itself writes down: tallies of what was not taken, and what people did with advice."""


class Entry(NamedTuple):
    """What was acknowledged, in the order in which it came: `number` counts from 1 within a study.

    `received_ms` is when the server had it by its own clock, `time_ms` when it happened by the clock of its source.
    """

    number: int
    source: str
    event_id: str
    sent_by: str
    received_ms: int
    time_ms: int
    sequence: int | None
    kind: str
    subject: str
    body: dict[str, Any]
    digest: str
