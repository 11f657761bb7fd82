"""Rules of its own that a centre has when it is hard pressed."""

from __future__ import annotations

from dataclasses import dataclass

KEEP, HOLD = "keep", "hold"
"""What becomes of ordinary incidents in a crisis: as always, or they wait until it is over."""


@dataclass(frozen=True, slots=True)
class CrisisRule:
    """When `centre` has a crisis, and what then holds there instead.

    It begins when `begins_free` (≥ 0; None: never) or fewer of its units are free, or when `begins_waiting` (≥ 1; None:
    never) acute and urgent incidents or more are queued; it ends when `ends_free` or more are free, at the earliest
    `least_min` (≥ 1) after it began. Meanwhile it sends others' units by `policy` (None: as always) with `ask_s` and
    `margin_s` (≥ 0); `lends` its own to neighbours that must ask; `ordinary` incidents are kept on or held; and its
    units begin planned `tasks` and go to `standby` points, or do not.
    """

    centre: str
    ends_free: int
    begins_free: int | None = None
    begins_waiting: int | None = None
    least_min: float = 30.0
    policy: str | None = None
    ask_s: float = 0.0
    margin_s: float = 0.0
    lends: bool = True
    ordinary: str = KEEP
    tasks: bool = True
    standby: bool = True
    source: str | None = None

    def faults(self) -> tuple[tuple[str, str, str], ...]:
        """What cannot be meant: field, what is wrong, and what to do."""
        found = []
        if self.begins_free is None and self.begins_waiting is None:
            found.append(("begins_free", NEVER_BEGINS, "give begins_free or begins_waiting"))
        if self.begins_free is not None and self.ends_free <= self.begins_free:
            found.append(("ends_free", ENDS_AT_ONCE, "let it end with more units free than it begins with"))
        if self.policy is None and self.lends and self.ordinary == KEEP and self.tasks and self.standby:
            found.append(("policy", NOTHING_HOLDS, "say what holds in the crisis, or leave the rule out"))
        return tuple(found)


NEVER_BEGINS = "nothing says when the crisis begins"
ENDS_AT_ONCE = "the crisis would end with as many units free as it begins with"
NOTHING_HOLDS = "nothing is different in the crisis"
