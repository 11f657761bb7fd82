"""One piece of long work, as it stands in `job.json`."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal, Self

State = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]
ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled", "interrupted"})
AGAIN: frozenset[State] = frozenset({"failed", "cancelled", "interrupted"})
"""States from which a job can be begun once more."""

ID = re.compile(r"^\d{8}-\d{6}-[0-9a-f]{6}$")
LINES_KEPT = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage of the work has come: `done` of `total` pieces, and when it began (seconds since 1970)."""

    stage: str
    done: int
    total: int
    begun_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be done to which study, and what became of it.

    `kind` names the work and `options` are its own. Times are seconds since 1970. `said` are the last lines that the
    work said on its way; `problem` is why it failed, `summary` what a finished one found. `progress` is known while
    it runs, and not kept. `organisation` is the one of whoever asked for it, "" for the whole service.
    """

    id: str
    kind: str
    study: str
    fingerprint: str
    options: Mapping[str, Any]
    asked_s: float
    state: State = "waiting"
    begun_s: float | None = None
    ended_s: float | None = None
    said: tuple[str, ...] = ()
    problem: Mapping[str, Any] | None = None
    summary: Mapping[str, Any] | None = None
    progress: Progress | None = field(default=None, compare=False)
    organisation: str = ""

    def as_json(self) -> dict[str, Any]:
        """What is kept: all but the progress."""
        fields = asdict(self)
        del fields["progress"]
        return fields

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Self:
        """The job that was kept. Raises TypeError or KeyError for anything else."""
        return cls(**{**fields, "said": tuple(fields["said"])})

    def saying(self, line: str) -> Self:
        """The job after it said a line."""
        return replace(self, said=(*self.said, line)[-LINES_KEPT:])


def new_id(now_s: float) -> str:
    """An id that sorts by time and nobody guesses."""
    return f"{datetime.fromtimestamp(now_s, UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def left_s(job: Job, before: Job | None, now_s: float) -> float | None:
    """About how many seconds a running job still takes; None while nobody can tell.

    Where an earlier job of the same kind and study was finished, its length is the measure; the pace of the stage
    under way says at least how long that stage takes.
    """
    if job.state != "running" or job.begun_s is None:
        return None
    stage = _stage_left_s(job.progress, now_s)
    if before is None or before.begun_s is None or before.ended_s is None:
        return stage
    whole = (before.ended_s - before.begun_s) * _size(job) / _size(before)
    return max(whole - (now_s - job.begun_s), stage or 0.0)


def _stage_left_s(progress: Progress | None, now_s: float) -> float | None:
    if progress is None or not 0 < progress.done < progress.total:
        return None  # nothing is done yet, or all of it and the next stage has not begun
    return (now_s - progress.begun_s) / progress.done * (progress.total - progress.done)


def _size(job: Job) -> float:
    return float(job.options.get("replications") or 1)
