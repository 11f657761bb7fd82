"""Where every segment of a file went: used, or left out for a reason; and the places of what is at fault."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from beredt.errors import NetworkError
from beredt.model.issue import Issue
from beredt.roads.imported.reasons import REASONS


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a source: why, in which line, where (degrees, NaN if nowhere), how many segments, what was found."""

    reason: str
    source: int
    lat: float
    lon: float
    segments: int
    value: str = ""


@dataclass(slots=True)
class Tally:
    """Segments read, used, and left out by reason; `remarks` counts used segments with something to tell."""

    read: int = 0
    used: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    remarks: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def leave_out(self, reason: str, segments: int) -> None:
        """Count segments that are left out, without a place."""
        if segments:
            self.left_out[reason] = self.left_out.get(reason, 0) + segments

    def add(self, fault: Fault) -> None:
        """Count a fault, and keep its place."""
        into = self.left_out if REASONS[fault.reason].left_out else self.remarks
        count = fault.segments if REASONS[fault.reason].left_out else max(fault.segments, 1)
        into[fault.reason] = into.get(fault.reason, 0) + count
        self.faults.append(fault)

    def add_all(self, faults: Iterable[Fault]) -> None:
        """Count several faults."""
        for fault in faults:
            self.add(fault)

    def require_whole(self) -> None:
        """Raise NetworkError where a segment was lost: every one is used or left out for one reason."""
        told = self.used + sum(self.left_out.values())
        if told != self.read:
            raise NetworkError(
                f"of {self.read} segments {told} are used or listed. This is a fault of Beredt, not of the file: "
                "please report it with the file"
            )


def issues_of(tally: Tally, file: str) -> tuple[Issue, ...]:
    """One issue per reason that is a fault, with the first place and value and the number of segments or bans."""
    by_reason: dict[str, list[Fault]] = {}
    for fault in tally.faults:
        by_reason.setdefault(fault.reason, []).append(fault)
    return tuple(_issue(reason, by_reason[reason], file) for reason in REASONS if reason in by_reason)


def _issue(name: str, faults: list[Fault], file: str) -> Issue:
    reason = REASONS[name]
    placed = [fault for fault in faults if math.isfinite(fault.lat)]
    first = (placed or faults)[0]
    values = sorted({fault.value for fault in faults if fault.value})
    segments = sum(max(fault.segments, 1) for fault in faults)
    what = f"{reason.message} ({segments:,} segments of {len(faults):,} lines)"
    if name in ("ban_unplaced", "unreadable_ban"):
        what = f"{reason.message} ({len(faults):,} bans)"
    return Issue(
        file=file,
        row=None,
        field=f"line {first.source}",
        value=", ".join(values[:5]) + ("…" if len(values) > 5 else "") or None,
        count=segments,
        message=what,
        remedy=reason.remedy,
        lat=first.lat if placed else None,
        lon=first.lon if placed else None,
        severity="warning",
    )
