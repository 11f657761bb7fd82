"""The picture: for every unit and incident the newest datum of each kind, and what was counted on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Key(NamedTuple):
    """What decides which of two data is newer: the time said by the source, then its sequence, then names."""

    time_ms: int
    sequence: int
    source: str
    event_id: str


class Datum(NamedTuple):
    """Something that was said, by whom and when. `number` is its entry in the log."""

    key: Key
    received_ms: int
    number: int
    value: Any


Data = dict[str, Datum]
"""By kind of datum: of units `status`, `position` and `roster DAY`; of incidents `state`, `urgency`, `position` and
`centre`."""


@dataclass(slots=True)
class SourceTally:
    """What a source has sent. Times are milliseconds since 1970, `least_delay_ms` from its clock to ours."""

    events: int = 0
    received_ms: int = 0
    time_ms: int = 0
    sequence: int = -1
    least_delay_ms: int | None = None
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Advised:
    """A piece of advice as the log has it: what was advised, who has seen it, and what was done."""

    number: int
    at_ms: int
    about: str
    body: dict[str, Any]
    seen_by: list[str] = field(default_factory=list)
    done: dict[str, Any] | None = None


class Moved(NamedTuple):
    """A move that somebody has written down as made: which unit, where to, when (ms since 1970), and how far."""

    unit: str
    to_station: str
    at_ms: int
    km: float


@dataclass(slots=True)
class Picture:
    """Everything that follows from the first `number` entries of a log.

    `newest_ms` is the latest time that any believed event has said. `changed` tells for each unit and incident
    (`unit e-1`) the last entry that changed it. `moved` are moves of the last days by the advice that they followed,
    `opened` incidents of each urgency by the hour in which they were opened, counted from 1970.
    """

    number: int = 0
    newest_ms: int = 0
    units: dict[str, Data] = field(default_factory=dict)
    incidents: dict[str, Data] = field(default_factory=dict)
    sources: dict[str, SourceTally] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    advice_on: bool = False
    advice: dict[str, Advised] = field(default_factory=dict)
    moved: dict[str, Moved] = field(default_factory=dict)
    opened: dict[int, list[int]] = field(default_factory=dict)
