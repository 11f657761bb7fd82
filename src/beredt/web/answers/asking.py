"""One question under way: which replications it waits for, which are there, and when the next answer is due."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from beredt.errors import BeredtError
from beredt.indicators.observed import Frame
from beredt.indicators.runs import Runs
from beredt.indicators.tally import Tally
from beredt.model.edits.edit import Edit
from beredt.model.road_change import RoadState
from beredt.model.service import Service
from beredt.web.answers.rounds import Errand, Key

STEPS = (1, 2, 3, 5, 8, 13, 20, 30, 50, 80, 130, 200)
"""Replications after which an answer is given: each shrinks the intervals by a fifth or more, which one can see."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A service with the edits that make it of today's. `key` is its checksum; `roads` what is different about them."""

    service: Service
    edits: tuple[Edit, ...]
    key: str
    roads: RoadState = ()

    def study_key(self, study: str) -> str:
        """The key under which workers keep the study on these roads; on those of today that is the study's own."""
        return f"{study}+{hashlib.sha256(repr(self.roads).encode()).hexdigest()[:32]}" if self.roads else study


class Asking:
    """Services to be compared on the same replications.

    `on_change` is called, by any thread, whenever `due` or `error` may have changed.
    """

    def __init__(
        self, study: str, proposals: Mapping[str, Proposal], replications: int, on_change: Callable[[], object]
    ) -> None:
        """Note what is wanted; services that are equal in everything are run once.

        Args:
            study: key of the study.
            proposals: by name; the first ones are run first.
            replications: how many, at least 1.
            on_change: see above.
        """
        self.study, self.proposals, self.replications = study, proposals, replications
        self._on_change = on_change
        self._lock = Lock()
        self._tallies: dict[Key, Tally] = {}
        self._frames: dict[str, Frame] = {}
        # By checksum of the service, which tells its roads, too.
        self._services = {proposal.key: proposal.study_key(study) for proposal in proposals.values()}
        self._complete = 0
        self.answered = 0
        self.error: BeredtError | None = None
        self.errand = Errand(())

    def list_keys(self) -> list[Key]:
        """All replications, in the order in which they are wanted."""
        return [self._key(name, number) for number in range(self.replications) for name in self._services]

    def _key(self, service: str, replication: int) -> Key:
        return Key(self._services[service], service, replication)

    def take(self, key: Key, tally: Tally, frame: Frame | None) -> None:
        """A replication is there."""
        with self._lock:
            self._tallies[key] = tally
            if frame is not None:
                self._frames[key.service] = frame
            while self._complete < self.replications and all(
                self._key(name, self._complete) in self._tallies for name in self._services
            ):
                self._complete += 1
        self._on_change()

    def fail(self, error: BeredtError) -> None:
        """It cannot be answered."""
        self.error = error
        self._on_change()

    def due(self) -> int | None:
        """How many replications the next answer should rest on; None while too few are there."""
        complete = self._complete
        steps = [one for one in (*STEPS, self.replications) if self.answered < one <= min(complete, self.replications)]
        return max(steps, default=None)

    def runs(self, replications: int) -> dict[str, Runs]:
        """The first replications of each service by name: whatever came first, the same ones are counted."""
        with self._lock:
            return {
                name: Runs(self._frames[proposal.key], self._first(proposal.key, replications))
                for name, proposal in self.proposals.items()
            }

    def _first(self, service: str, replications: int) -> Sequence[Tally]:
        return tuple(self._tallies[self._key(service, number)] for number in range(replications))
