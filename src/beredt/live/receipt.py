"""What a sender is told about a batch of events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Told(NamedTuple):
    """Something that happened to one event of a batch: its place there, its id, the rule, and what that means."""

    at: int
    id: str
    rule: str
    message: str


@dataclass(slots=True)
class Receipt:
    """What became of a batch: how many events are new and how many were there already; both are on the disk.

    `refused` are not in the log; `noted` are, and met a rule. `number` is the last entry of the log by then, as the
    sender's `organisation` sees it ("": the whole log).
    """

    taken: int = 0
    doubled: int = 0
    number: int = 0
    organisation: str = ""
    refused: list[Told] = field(default_factory=list)
    noted: list[Told] = field(default_factory=list)
