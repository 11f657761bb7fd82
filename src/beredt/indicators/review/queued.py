"""What a queue tells of its cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from beredt.errors import OptionError
from beredt.model.did_you_mean import find_closest

Status = Literal["new", "open", "waiting", "closed", "dismissed"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""Nobody has looked · somebody looks at it · waits for an answer · done · nothing to look at."""

DONE = ("closed", "dismissed")


@dataclass(frozen=True, slots=True)
class Added:
    """What a run of the rules changed: cases that are new, done ones opened again for a new flag, and flags gone."""

    new: int
    reopened: int
    flags: int
    gone: int


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """A case as the queue has it. `rules` are those whose flags still stand."""

    id: int
    name: str
    call_t: str
    urgency: str
    municipality: str
    units: str
    status: str
    assigned: str
    rules: tuple[str, ...]
    severity: float


@dataclass(frozen=True, slots=True)
class QueuedFlag:
    """A flag of a case. Times are UTC, ISO 8601; `gone_at` is None while a run still finds it."""

    rule: str
    row_id: int | None
    value: float | None
    limit: float | None
    detail: str
    found_at: str
    gone_at: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the history of a case: flagged, status, assigned or comment."""

    at: str
    who: str
    what: str
    before: str
    after: str
    comment: str


@dataclass(frozen=True, slots=True)
class Period:
    """Calls from `since` until before `until`, ISO 8601 in UTC; "" for no limit."""

    since: str = ""
    until: str = ""


def check_status(status: str) -> None:
    """Raise OptionError for what is no status."""
    if status not in STATUSES:
        close = find_closest(status, STATUSES)
        remedy = f"did you mean {close}?" if close else "use one of " + ", ".join(STATUSES)
        raise OptionError("status", status, "there is no such status", remedy)
