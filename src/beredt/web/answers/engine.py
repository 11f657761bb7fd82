"""The engine of Studio: workers that are warm, years that are kept, and questions that take turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock

from beredt.errors import BeredtError, SimulationError
from beredt.indicators.observed import Frame
from beredt.model.edits.edit import Edit
from beredt.model.road_change import RoadState
from beredt.model.study import Study
from beredt.simulation.run import default_jobs
from beredt.web.answers.asking import Asking, Proposal
from beredt.web.answers.crew import Crew
from beredt.web.answers.forms import Answer
from beredt.web.answers.kept_years import KeptYears
from beredt.web.answers.orders import Counted, Failed, KeepWarm, RunYear
from beredt.web.answers.rounds import Errand, Key
from beredt.web.answers.study_key import study_key
from beredt.web.kept import Kept
from beredt.web.open_study import BaseRoads, OpenStudy, without_plans

MOST_STUDIES = 8
"""Readings of studies, each state of their roads for itself, that the server can still give to a worker."""

MOST_PAGES, MOST_SERVICES = 1_000, 2_000
"""Pages whose last question is remembered, and services whose edits are: those asked about longest ago go first."""

MOST_TOLD = 16
"""Whole answers that are kept as they were told."""

MOST_ORDERS = 100
"""Orders whose frame is remembered until the year comes: of runs that are stopped it never does."""


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """What a worker is given of a study."""

    study: Study
    roads: Callable[[RoadState], BaseRoads]
    state: RoadState = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """What the workers are doing: `starting`, `opening` (with it compiling), `running` or `idle`, and for how long."""

    name: str
    seconds: float


class Engine:
    """Answers questions about services of the open studies. All methods may be called by any thread.

    `told` keeps the last whole answers.
    """

    def __init__(self, workers: int | None = None) -> None:
        """Note how many workers there will be; they begin with the first study.

        Args:
            workers: processes; None for one per core.
        """
        self._workers = workers or default_jobs()
        self._lock = Lock()
        self._crew: Crew | None = None
        self._kept = KeptYears()
        self.told: Kept[str, Answer] = Kept(MOST_TOLD)
        self._bases: dict[str, _Base] = {}
        self._keys: dict[str, str] = {}
        self._edits: dict[tuple[str, str], tuple[Edit, ...]] = {}
        self._ordered: dict[Key, Frame | None] = {}
        self._asking: dict[Errand, Asking] = {}
        self._pages: dict[str, tuple[int, Asking | None]] = {}
        self._stages: dict[int, tuple[str, float]] = {}

    def open(self, opened: OpenStudy) -> str:
        """Have a study kept warm; returns its key. Quick when it is already.

        Raises:
            StudyError: the study cannot be used.
            NetworkError: its roads are a graph, or too large for tables.
        """
        study = opened.get_study()
        with self._lock:
            key = self._keys.get(study.fingerprint)
            if key is not None and key in self._bases:
                return key
        key = study_key(study)
        base = without_plans(study)
        opened.get_base_roads(study)  # a fault in the roads is told now
        with self._lock:
            self._keys[study.fingerprint] = key
            if key not in self._bases:
                while len(self._bases) >= MOST_STUDIES:
                    del self._bases[next(iter(self._bases))]
                self._bases[key] = _Base(base, partial(opened.get_base_roads, study))
        return key

    def warm_up(self, opened: OpenStudy) -> None:
        """Open a study, and simulate today's service while nobody asks. Raises as `open`."""
        key = self.open(opened)
        study = opened.get_study()
        today = study.service.checksum()
        with self._lock:
            self._edits[key, today] = ()
        wanted = [Key(key, today, number) for number in range(study.settings.simulation.replications)]
        errand = Errand([one for one in wanted if self._kept.find(one) is None], in_background=True)
        if errand.waiting:
            self._begun().add(errand)

    def ask(
        self, study: str, proposals: Mapping[str, Proposal], replications: int, on_change: Callable[[], object]
    ) -> Asking:
        """Begin to answer; what is kept is there at once.

        Args:
            study: key, from `open`.
            proposals: services to be compared, by name.
            replications: how many of each.
            on_change: see `Asking`.
        """
        asking = Asking(study, proposals, replications, on_change)
        missing = []
        with self._lock:
            for proposal in proposals.values():
                own = self._on_its_roads(study, proposal)
                self._edits.pop((own, proposal.key), None)
                self._edits[own, proposal.key] = proposal.edits
            while len(self._edits) > MOST_SERVICES:
                del self._edits[next(iter(self._edits))]
        for key in asking.list_keys():
            tally, frame = self._kept.find(key), self._kept.find_frame(key.study, key.service)
            if tally is None or frame is None:
                missing.append(key)
            else:
                asking.take(key, tally, frame)
        asking.errand = Errand(missing)
        if missing:
            with self._lock:
                self._asking[asking.errand] = asking
            self._begun().add(asking.errand)
        return asking

    def drop(self, asking: Asking) -> None:
        """Nobody waits for this answer any more: what only it needs is stopped at once."""
        with self._lock:
            self._asking.pop(asking.errand, None)
            for page in [page for page, (_, one) in self._pages.items() if one is asking]:
                self._pages[page] = self._pages[page][0], None
        if self._crew is not None:
            self._crew.drop(asking.errand)

    def is_newest(self, page: str, ticket: int) -> bool:
        """Whether no later question of the same page has come; notes this one, and drops the one before it."""
        with self._lock:
            last, before = self._pages.get(page, (-1, None))
            if ticket < last:
                return False
            while len(self._pages) >= MOST_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[page] = ticket, None
        if before is not None:
            self.drop(before)
            before.fail(SupersededError("a later question of the same page has taken its place"))
        return True

    def note(self, page: str, ticket: int, asking: Asking) -> None:
        """The question of a page is under way: a later one will take its place."""
        with self._lock:
            if self._pages.get(page, (ticket, None))[0] == ticket:
                self._pages[page] = ticket, asking
                return
        self.drop(asking)
        asking.fail(SupersededError("a later question of the same page has taken its place"))

    def stage(self) -> Stage:
        """What the worker that is farthest along is doing."""
        with self._lock:
            order = ("idle", "running", "opening", "starting")
            found = sorted(self._stages.values(), key=lambda one: order.index(one[0]))
        name, since = found[0] if found else ("starting", time.monotonic())
        return Stage(name, time.monotonic() - since)

    def close(self) -> None:
        """Stop all workers."""
        if self._crew is not None:
            self._crew.close()

    # What follows is for the crew.

    def study_to_open(self, key: str) -> KeepWarm:
        """As in `Source`."""
        with self._lock:
            base = self._bases[key]
        network, ground = base.roads(base.state)
        return KeepWarm(key, base.study, network, ground, base.state)

    def year_to_run(self, key: Key) -> RunYear:
        """As in `Source`."""
        with self._lock:
            edits = self._edits[key.study, key.service]
        frame = self._kept.find_frame(key.study, key.service)
        with self._lock:
            self._ordered[key] = frame
            while len(self._ordered) > MOST_ORDERS:
                del self._ordered[next(iter(self._ordered))]
        return RunYear(key.study, key.service, edits, key.replication, with_frame=frame is None)

    def counted(self, key: Key, counted: Counted, waited: list[Errand]) -> None:
        """As in `Source`."""
        with self._lock:
            ordered = self._ordered.pop(key, None)
        # What was kept when the year was ordered may have gone since: years of others take its room.
        frame = ordered if counted.frame is None else counted.frame
        self._kept.put(key, counted.tally, frame)
        for asking in self._waiting(waited):
            asking.take(key, counted.tally, frame)

    def failed(self, key: Key, failed: Failed, waited: list[Errand]) -> None:
        """As in `Source`."""
        error: BeredtError = SimulationError(f"replication {key.replication} could not be run: {failed.message}")
        for asking in self._waiting(waited):
            self.drop(asking)
            asking.fail(error)

    def _on_its_roads(self, study: str, proposal: Proposal) -> str:
        """The key of a study on the roads of a proposal, which are made when a worker first needs them."""
        key = proposal.study_key(study)
        if key not in self._bases:
            while len(self._bases) >= MOST_STUDIES:
                del self._bases[next(one for one in self._bases if one != study)]
            self._bases[key] = replace(self._bases[study], state=proposal.roads)
        return key

    def _waiting(self, errands: list[Errand]) -> list[Asking]:
        with self._lock:
            return [self._asking[errand] for errand in errands if errand in self._asking]

    def _begun(self) -> Crew:
        with self._lock:
            if self._crew is None:
                self._crew = Crew(self._workers, self, self._note_stage)
            return self._crew

    def _note_stage(self, worker: int, stage: str) -> None:
        with self._lock:
            if self._stages.get(worker, ("", 0.0))[0] != stage:
                self._stages[worker] = stage, time.monotonic()


class SupersededError(BeredtError):
    """A question that a later one of the same page has taken the place of."""
