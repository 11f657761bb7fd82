"""From what a feed sent to what goes into the log, or why it does not."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from beredt.live.events.event import EVENT

MALFORMED = "malformed"


class Sent(NamedTuple):
    """An event that is in the form. `subject` is the unit or incident; `body` what is said of it, as JSON's values."""

    id: str
    source: str
    time_ms: int
    sequence: int | None
    kind: str
    subject: str
    body: dict[str, Any]

    @property
    def digest(self) -> str:
        """Equal for events that say the same, whatever they are called."""
        said = json.dumps([self.time_ms, self.sequence, self.kind, self.subject, self.body], sort_keys=True)
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


class Refused(NamedTuple):
    """An event that is not taken: its id as far as it has one, the rule, what is wrong, and what to do."""

    id: str
    reason: str
    message: str
    remedy: str


_OUTSIDE_BODY = frozenset({"id", "source", "time", "sequence", "kind", "unit", "incident"})


def read_event(raw: object) -> Sent | Refused:
    """Read one event of JSON's values."""
    try:
        event = EVENT.validate_python(raw)
    except ValidationError as error:
        return _malformed(raw, error)
    about_unit = hasattr(event, "unit")
    values = event.model_dump(mode="json", exclude_none=True)
    body = {name: value for name, value in values.items() if name not in _OUTSIDE_BODY}
    if about_unit and values.get("incident") is not None:
        body["incident"] = values["incident"]
    if event.kind == "roster_changed":
        body["shifts"] = [[ms_of(one.begins), ms_of(one.ends)] for one in event.shifts]
    return Sent(
        id=event.id,
        source=event.source,
        time_ms=ms_of(event.time),
        sequence=event.sequence,
        kind=event.kind,
        subject=event.unit if about_unit else event.incident,
        body=body,
    )


def ms_of(moment: datetime) -> int:
    """Whole milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def _malformed(raw: object, error: ValidationError) -> Refused:
    """What is wrong, without the values: they may be what nobody should have sent."""
    first: Any = error.errors(include_input=False, include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    message = f"{field}: {first['msg']}" if field else str(first["msg"])
    found = raw.get("id") if isinstance(raw, dict) else None
    own_id = found[:128].encode("utf-8", "replace").decode() if isinstance(found, str) else ""
    return Refused(own_id, MALFORMED, message[:300], "send it in the form of the page Live events of the reference")
