"""Everything that the live server is put together from."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from beredt.errors import DefinitionError, NotYoursError
from beredt.live.desk import Desk
from beredt.live.events.adapter import Adapter, read_adapter
from beredt.live.known import Known, known_of
from beredt.live.limits import read_limits
from beredt.live.live import Live
from beredt.live.picture.duty import Duty
from beredt.live.sharing.agreement import read_agreements
from beredt.live.sharing.scope import Scope
from beredt.live.sharing.viewer import viewers_of
from beredt.live.store.event_log import EventLog
from beredt.live.store.tables import open_live_database
from beredt.live.webhooks.courier import Pace
from beredt.live.webhooks.target import read_webhooks
from beredt.live.webhooks.webhooks import Webhooks
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.web.access.caller import EVERYTHING, get_caller
from beredt.web.access.choose import choose_access, host_name
from beredt.web.live.access import LiveAccess
from beredt.web.live.keys import FeedKeys
from beredt.web.open_access import Access
from beredt.web.security import LOOPBACK_NAMES
from beredt.web.settings import ServeSettings
from beredt.web.static import built_screen
from beredt.web.watch.make_watch import live_watch
from beredt.web.watch.watch import Watch

if TYPE_CHECKING:
    from beredt.demand.forecast.counts import Counts
    from beredt.live.ground.ground import Ground

SNAPSHOTS = "live"
"""Folder of snapshots in the data folder."""


@dataclass(frozen=True, slots=True, eq=False)
class LiveParts:
    """What routes are made from.

    `study` and `service` are the picture's; `live` takes events and has the picture; `adapters` by name translate what
    other systems send; `desk` reckons and advises, once it has begun.
    """

    study: Study
    service: Service
    live: Live
    access: Access
    adapters: Mapping[str, Adapter] = field(default_factory=dict)
    host_names: frozenset[str] | None = LOOPBACK_NAMES
    secure: bool = False
    screen: Path = field(default_factory=built_screen)
    """Folder of the built front end."""
    log: bool = False
    """Whether a line is written about every request."""
    count_history: Callable[[], Counts | None] = field(default=lambda: None)
    """Incidents by hour from before the live log."""
    agreed: bool = False
    """Whether there are agreements: then whoever names no organisation sees nothing."""
    webhooks: Webhooks | None = None
    """What sends events to where organisations want them."""
    desk: Desk = field(init=False)
    desks: Mapping[str, Desk] = field(init=False)
    """By organisation; `desk` sees everything."""
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        @cache
        def made() -> Ground:
            from beredt.live.ground.ground import make_ground
            from beredt.simulation.study_roads import load_or_build_roads

            roads = load_or_build_roads(self.study, services=[self.service])
            return make_ground(self.study, self.service, roads, self.live.known.limits.off_road_m)

        once = Lock()

        def ground() -> Ground:
            with once:
                return made()

        duty = Duty(self.service)
        desk = Desk(self.live, duty, ground, self.count_history)
        object.__setattr__(self, "desk", desk)
        object.__setattr__(self, "watch", live_watch(self.live, desk, self.log, self.webhooks))
        desks = {name: Desk(sight, duty, ground) for name, sight in self.live.sights.items()}
        object.__setattr__(self, "desks", desks)

    def seen_by(self, request: HTTPConnection) -> Desk:
        """The desk of whoever asks: the one door to everything that is told of the picture.

        Raises NotYoursError for somebody of an organisation that the study does not have, or of none where there are
        agreements.
        """
        organisation = get_caller(request).organisation
        if organisation == EVERYTHING or (not organisation and not self.agreed):
            return self.desk
        desk = self.desks.get(organisation)
        if desk is None:
            raise NotYoursError(_of_none(organisation))
        return desk

    def scope_of(self, request: HTTPConnection) -> Scope:
        """What whoever sends events may tell of. Raises as `seen_by`."""
        caller = get_caller(request)
        if self.seen_by(request) is self.desk:
            return Scope(kinds=caller.kinds)
        sight = self.live.sights[caller.organisation]
        return Scope(caller.organisation, sight.viewer.own, caller.kinds)


@dataclass(frozen=True, slots=True)
class LiveFiles:
    """Files that say how a live server is to work.

    Limits of its rules, adapters, a store of missions from before, what organisations see of one another, and where
    they want it sent.
    """

    limits: Path | None = None
    adapters: tuple[Path, ...] = ()
    history: Path | None = None
    agreements: Path | None = None
    webhooks: Path | None = None


def make_live_parts(settings: ServeSettings, study: Study, service: Service, files: LiveFiles) -> LiveParts:
    """The parts of a live server.

    Args:
        settings: where it listens and keeps its data.
        study: the study.
        service: of the study, whose units the feed tells of.
        files: how it is to work.

    Raises:
        ServeError: others cannot be let in.
        OptionError: the log cannot be kept where it is to be.
        DefinitionError: a file that cannot be used.
        LiveStoreError: the log cannot be read.
    """
    known = known_of(study, service, read_limits(files.limits))
    adapters = {path.stem: _adapter_for(known, path) for path in files.adapters}
    agreements = () if files.agreements is None else read_agreements(files.agreements, service)
    agreed = files.agreements is not None
    told_apart = agreed or settings.is_shared
    viewers = viewers_of(service, agreements) if told_apart or files.webhooks is not None else ()
    rules = None if files.webhooks is None else read_webhooks(files.webhooks, {one.organisation for one in viewers})
    people = choose_access(settings, divided=agreed)
    engine = open_live_database(settings.data_folder, settings.database)
    log = EventLog(lambda: engine, known.study)
    snapshot = settings.data_folder / SNAPSHOTS / f"{known.study}.snapshot"
    live = Live(log, known, snapshot, time.time, viewers if told_apart else ())
    pace = None if rules is None else Pace(takes_over_after_s=rules.takes_over_after_s)
    return LiveParts(
        study=study,
        service=service,
        live=live,
        access=LiveAccess(people, FeedKeys(engine)),
        adapters=adapters,
        count_history=lambda: None if files.history is None else _counts_of(files.history),
        host_names=frozenset({host_name(settings.url)}) if settings.url else LOOPBACK_NAMES,
        secure=settings.is_shared,
        log=settings.log,
        agreed=agreed,
        webhooks=None if rules is None else Webhooks(live, engine, viewers, rules.targets, pace),
    )


def _adapter_for(known: Known, path: Path) -> Adapter:
    """The adapter of a file, whose names of units and hospitals are the study's. Raises DefinitionError."""
    adapter = read_adapter(path)
    if strange := adapter.strange_names(path.name, known.units, known.hospitals):
        raise DefinitionError("adapter", strange)
    return adapter


def _counts_of(store: Path) -> Counts:
    """Incidents of a store by hour. Raises StoreError and OptionError."""
    from beredt.demand.forecast.count_store import count_store
    from beredt.missions.store import open_store

    return count_store(open_store(store), "all").counts


def _of_none(organisation: str) -> str:
    if organisation:
        return f"the study has no organisation {organisation}: somebody who looks after this server sets another"
    return "your account is of no organisation, and here each sees what is its own: ask whoever looks after this server"
