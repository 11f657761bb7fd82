"""`beredt dimension`: how many units each station needs, with an alternative's borders and without any."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import urgency_code
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import StudyRoads
from beredt.siting.catchment_tally import CatchmentCounter, CatchmentTally, mean_work_s
from beredt.siting.catchments import Catchments, catchments_of
from beredt.siting.dimensioning.erlang_stage import ErlangStage, erlang_units
from beredt.siting.dimensioning.fleet import F8, I8, Fleet, fleet_of, service_with
from beredt.siting.dimensioning.price import Price, price_of_borders
from beredt.siting.dimensioning.rule import DimensionRule
from beredt.siting.dimensioning.scenario import Scenario, own_service, scenarios_of
from beredt.siting.dimensioning.search import Evaluate, Found, StoppedError, find_fleet
from beredt.siting.dimensioning.shares import B, Shares, shares_of
from beredt.siting.program import Stop

OnStage = Callable[[str, int, int], None]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Dimensioned:
    """The answer to one scenario.

    `erlang`: the first guess. `found`: the fleet that keeps the rule. `own_fleet`: units that the alternative itself
    has on duty, float64 (S, bands), and `own_shares` what they keep. `work_s`: mean work of a call, float64 (S, 3).
    """

    scenario: Scenario
    catchments: Catchments
    work_s: F8
    erlang: ErlangStage
    found: Found
    own_fleet: F8
    own_shares: Shares


@dataclass(frozen=True, slots=True, eq=False)
class Dimensioning:
    """A study dimensioned. `scenarios` by name, in the order in which they were asked; `prices` by alternative.

    `services`: by alternative; the first of them is the `baseline` that the others are held against. `stopped`: the
    user stopped before all was done; what is here is what there was until then. `repeated`: how many times the searches
    behind prices were made again with other years.
    """

    study: Study
    rule: DimensionRule
    services: Mapping[str, Service]
    replications: int
    scenarios: Mapping[str, Dimensioned]
    prices: Mapping[str, Price]
    stopped: bool
    repeated: int = 0

    @property
    def baseline(self) -> str:
        """The alternative that the others are held against."""
        return next(iter(self.services))


def dimension_study(
    study: Study,
    rule: DimensionRule,
    services: Mapping[str, Service],
    *,
    replications: int,
    simulator: Simulator,
    roads: StudyRoads,
    on_stage: OnStage,
    say: Say,
    stop: Stop | None = None,
) -> Dimensioning:
    """Dimension alternatives: each with its borders, without any, and without each station that it opens.

    Args:
        study: its incidents come from rates.
        rule: what a fleet must keep.
        services: finished services by alternative, the baseline first.
        replications: simulated years behind every share, at least 1; at least 2 for intervals.
        simulator: of the study.
        roads: of the study.
        on_stage: told how many fleets of a scenario have been tried.
        say: told each answer as it comes.
        stop: asked whether to stop; what is done then is answered.

    Raises:
        SitingError: a study of a trace, or without a station or an ambulance.
    """
    done: dict[str, Dimensioned] = {}
    prices: dict[str, Price] = {}
    work = _Work(study, rule, replications, simulator, roads, on_stage, stop)
    try:
        for alternative, service in services.items():
            own = None
            for scenario in scenarios_of(alternative, service, study.service):
                one = work.dimension(scenario, own)
                own = own or one
                done[scenario.name] = one
                say(_line(one, rule))
            with_borders, none = done[f"{alternative}/own"], done[f"{alternative}/none"]
            if with_borders.found.status == none.found.status == "proved":
                fleet = with_borders.found.fleet
                same = work.evaluate(none.scenario, none.catchments)([fleet])[fleet]
                prices[alternative] = price_of_borders(with_borders.found, none.found, same, rule)
            if stop is not None and stop():
                raise StoppedError
    except StoppedError:
        return Dimensioning(study, rule, services, replications, done, prices, stopped=True)
    return Dimensioning(study, rule, services, replications, done, prices, stopped=False)


def price_differences(
    done: Dimensioning,
    study: Study,
    *,
    simulator: Simulator,
    roads: StudyRoads,
    on_stage: OnStage,
    stop: Stop | None = None,
) -> dict[str, float]:
    """Both searches behind every price made anew with other years.

    Args:
        done: whose prices are meant.
        study: the same study with another seed, see `repeat.with_other_years`.
        simulator: of that study.
        roads, on_stage, stop: as in :func:`dimension_study`.

    Returns:
        By alternative, units round the clock with its borders less those without any.

    Raises:
        StoppedError: the user stopped it: half a repetition says nothing.
    """
    work = _Work(study, done.rule, done.replications, simulator, roads, on_stage, stop)
    found: dict[str, float] = {}
    for alternative in done.prices:
        own = work.dimension(done.scenarios[f"{alternative}/own"].scenario)
        none = work.dimension(done.scenarios[f"{alternative}/none"].scenario, own)
        if not own.found.status == none.found.status == "proved":
            raise StoppedError
        units = [float(one.found.fleet.around_the_clock(done.rule).sum()) for one in (own, none)]
        found[alternative] = units[0] - units[1]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """What all scenarios share."""

    study: Study
    rule: DimensionRule
    replications: int
    simulator: Simulator
    roads: StudyRoads
    on_stage: OnStage
    stop: Stop | None
    known: dict[tuple[object, ...], Found] = field(default_factory=dict)

    def dimension(self, scenario: Scenario, own: Dimensioned | None = None) -> Dimensioned:
        """One scenario; with `own`, the alternative with its borders, it is asked for no more than that was."""
        rule = self.rule
        catchments = catchments_of(
            self.study, scenario.service, self.roads, scenario.stations, borders=scenario.borders == "own"
        )
        service = own_service(scenario)
        tallies = self._simulate({"": service}, catchments)[""]
        work_s = mean_work_s(list(tallies))
        load = (catchments.calls_per_h * (work_s / 3600.0)[:, :, np.newaxis]).sum(axis=1)
        calls = catchments.calls_per_h[:, urgency_code("A")]
        erlang = erlang_units(load, calls, rule.bands, 1.0 - rule.nearest_share, rule.least_units)
        ample = np.maximum(
            erlang_units(load, calls, rule.bands, rule.ample_blocking, rule.least_units).units, erlang.units
        )
        own_fleet, own_shares = fleet_of(service, scenario.stations, rule), shares_of(tallies, rule)
        may_ask = None
        if own is not None:
            places = [own.scenario.stations.index(name) for name in scenario.stations]
            may_ask = own.found.asked[:, places]
        found = self._found(scenario, catchments, erlang.units, ample, may_ask)
        return Dimensioned(scenario, catchments, work_s, erlang, found, own_fleet, own_shares)

    def _found(self, scenario: Scenario, catchments: Catchments, guess: I8, ample: I8, may_ask: B | None) -> Found:
        """The search; a scenario that differs from an earlier one in nothing that it looks at has the same answer."""
        first = service_with(scenario.service, scenario.stations, Fleet.of(guess), self.rule)
        key = (
            scenario.stations,
            catchments.of_area.tobytes(),
            guess.tobytes(),
            ample.tobytes(),
            b"" if may_ask is None else may_ask.tobytes(),
            self.simulator.case_of(first).run_key,
        )
        if key not in self.known:
            evaluate = self.evaluate(scenario, catchments)
            self.known[key] = find_fleet(evaluate, guess, ample, self.rule, self.stop, may_ask)
        return self.known[key]

    def evaluate(self, scenario: Scenario, catchments: Catchments) -> Evaluate:
        """What fleets keep, by simulation."""
        tried = 0

        def evaluate(fleets: Sequence[Fleet]) -> Mapping[Fleet, Shares]:
            nonlocal tried
            services = {
                str(number): service_with(scenario.service, scenario.stations, fleet, self.rule)
                for number, fleet in enumerate(fleets)
            }
            self.on_stage(f"Dimensioning {scenario.name}", tried, tried + len(fleets))
            tallies = self._simulate(services, catchments)
            tried += len(fleets)
            self.on_stage(f"Dimensioning {scenario.name}", tried, tried + 1)
            return {fleet: shares_of(tallies[str(number)], self.rule) for number, fleet in enumerate(fleets)}

        return evaluate

    def _simulate(
        self, services: Mapping[str, Service], catchments: Catchments
    ) -> Mapping[str, Sequence[CatchmentTally]]:
        def watch(_replication: int, _counts: Mapping[str, CatchmentTally]) -> None:
            if self.stop is not None and self.stop():
                raise StoppedError

        counter = CatchmentCounter(catchments.station_ids, catchments.of_area)
        return self.simulator.simulate(services, self.replications, counter, watch, km=False)


def _line(one: Dimensioned, rule: DimensionRule) -> str:
    fleet = one.found.fleet
    return (
        f"{one.scenario.name}: {fleet.units} units, {fleet.fte(rule):.1f} full-time positions "
        f"({one.found.status}, {one.found.evaluations} fleets tried)"
    )
