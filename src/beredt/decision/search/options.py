"""What a search may be told."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from beredt.decision.search.budget import NET_HOURS_PER_FTE, Budget, Prices, parse_budget, seats_of
from beredt.decision.search.evaluate import BlockRules
from beredt.decision.search.objective import Objective
from beredt.decision.search.race import RaceRules
from beredt.decision.search.sites import ALTERNATIVES, STANDBY, search_sites
from beredt.decision.search.space import Space
from beredt.errors import OptionError, UnknownIdError
from beredt.model.service import Service
from beredt.model.study import Study

OUTSIDE_KM = 3.0
"""A station further than this from every area serves people whom the study does not count: it is left alone."""

DAYS_PER_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """One search. Everything here but `jobs` decides the answer.

    `budget`: `UNIT:LIMIT`, None for what today's layout takes in full-time positions. `stations`: in question, none for
    all that lie within the study's areas. `candidates`: sources of new sites, see `search_sites`. `kinds`: of unit,
    none for those that are sent as the main unit. `rosters`: that they may have, none for all. `shift`: rosters whose
    hours may change. `lock`: stations that keep a unit. `most_opened`, `most_closed`: stations. `years`: simulated, the
    budget of the search. `number`: of the search, which makes its seeds. `held_out`: whole periods that the answer is
    tested on. `id`: of the alternative that is written.
    """

    objective: Objective = field(default_factory=Objective)
    budget: str | None = None
    net_hours: float = NET_HOURS_PER_FTE
    prices: Prices = field(default_factory=Prices)
    stations: tuple[str, ...] = ()
    candidates: tuple[str, ...] = (STANDBY, ALTERNATIVES)
    kinds: tuple[str, ...] = ()
    rosters: tuple[str, ...] = ()
    shift: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    most_opened: int = 1
    most_closed: int = 0
    across_owners: bool = False
    keep_rosters: bool = False
    years: float = 60.0
    number: int = 0
    held_out: int = 10
    blocks: BlockRules = field(default_factory=BlockRules)
    race: RaceRules = field(default_factory=RaceRules)
    id: str = "search"
    jobs: int = 1

    def as_json(self) -> dict[str, Any]:
        """All that decides the answer."""
        return {name: value for name, value in asdict(self).items() if name != "jobs"}

    @property
    def most_simulated(self) -> int:
        """Layouts times blocks that may be spent."""
        return int(self.years * DAYS_PER_YEAR / self.blocks.simulated_days)


def space_of(study: Study, options: SearchOptions) -> Space:
    """What may be chosen.

    Raises:
        UnknownIdError: a station, roster or kind that the study does not have.
        OptionError: a budget below today's cost, a source of sites that is none, or nothing to move.
    """
    service = study.service
    stations = options.stations or stations_within(service)
    known = [s.id for s in service.stations]
    _require("station", [*options.stations, *options.lock], known)
    _require("roster", [*options.rosters, *options.shift], [row.id for row in service.rosters])
    _require("unit kind", options.kinds, [kind.id for kind in service.unit_kinds])
    kinds = options.kinds or tuple(kind.id for kind in service.unit_kinds if kind.primary)
    rosters = options.rosters or tuple(dict.fromkeys(row.id for row in service.rosters))
    seats = seats_of(service)
    unit, limit = parse_budget(options.budget) if options.budget else ("fte", math.inf)
    space = Space(
        service=service,
        sites=search_sites(study, options.candidates if options.most_opened else (), stations),
        kinds=kinds,
        rosters=rosters,
        budget=Budget(unit, limit, seats, options.net_hours, options.prices),
        shifted=options.shift,
        locked=frozenset(options.lock),
        most_opened=options.most_opened,
        most_closed=options.most_closed,
        keeps_owners=not options.across_owners,
        keeps_rosters=options.keep_rosters,
    )
    if not space.movable:
        remedy = "name stations and kinds of unit that today has"
        raise OptionError("--stations", ",".join(stations), "no unit is in question", remedy)
    return _with_limit(space, options)


def stations_within(service: Service) -> tuple[str, ...]:
    """Stations that lie within the study's areas, or near them."""

    def km(lat: float, lon: float) -> float:
        scale = math.cos(math.radians(lat))
        return min(math.hypot((lat - a.lat) * 110.57, (lon - a.lon) * 111.32 * scale) for a in service.areas)

    return tuple(station.id for station in service.stations if km(station.lat, station.lon) <= OUTSIDE_KM)


def _with_limit(space: Space, options: SearchOptions) -> Space:
    from dataclasses import replace

    today = space.cost(space.today)
    limit = today if options.budget is None else space.budget.limit
    if today > limit * (1.0 + 1e-6):
        message = f"today's units in question cost {today:g} already"
        remedy = "a search begins with today's layout: give a higher budget, or leave it out for today's own"
        raise OptionError("--budget", options.budget or "", message, remedy)
    return replace(space, budget=replace(space.budget, limit=limit))


def _require(what: str, names: Iterable[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownIdError(what, name, known)
