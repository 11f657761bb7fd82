"""From a study to its dimensioning: roads, workers and the alternatives that are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from beredt.errors import SitingError
from beredt.model.alternative import TODAY
from beredt.model.edits.apply import apply_edits
from beredt.model.road_change import road_state
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.run import Simulator, default_jobs
from beredt.simulation.simulate_study import COMPILING
from beredt.simulation.study_roads import load_or_build_roads, study_roads
from beredt.siting.catchment_tally import CatchmentCounter
from beredt.siting.catchments import catchments_of
from beredt.siting.dimensioning.dimension_study import (
    Dimensioning,
    OnStage,
    Say,
    dimension_study,
    price_differences,
)
from beredt.siting.dimensioning.repeat import with_other_years, with_repetitions
from beredt.siting.dimensioning.rule import DimensionRule
from beredt.siting.dimensioning.search import StoppedError
from beredt.siting.program import Stop
from beredt.siting.roster_design import staffed_stations


def run_dimensioning(
    study: Study,
    rule: DimensionRule,
    *,
    alternatives: Sequence[str],
    replications: int,
    jobs: int | None,
    progress: OnStage,
    say: Say,
    stop: Stop | None = None,
    repeat: int = 0,
) -> Dimensioning:
    """Dimension a study.

    Args:
        study: checked.
        rule: what a fleet must keep.
        alternatives: ids; none for all. The baseline of the gate, or today without a gate, is always there.
        replications: simulated years behind every share, at least 1.
        jobs: worker processes, None for one per core; the results are the same.
        progress: told how far each stage has come.
        say: told each answer as it comes.
        stop: asked whether to stop with what is done.
        repeat: how many times the searches behind the prices of borders are made again with other years, 0 or more; 2
            are the fewest that give an interval.

    Raises:
        UnknownIdError: an alternative that the study does not have.
        SitingError: a study of a trace, or without a station or an ambulance.
    """
    services = wanted_services(study, alternatives)
    _refuse_changed_roads(study, services)
    network = load_or_build_roads(study, progress=progress, services=[study.service])
    roads = study_roads(study, network)
    with Simulator(study, network, jobs or default_jobs()) as simulator:
        progress(COMPILING, 0, 1)
        catchments = catchments_of(study, study.service, roads, staffed_stations(study.service), borders=True)
        simulator.warm_up(study.service, CatchmentCounter(catchments.station_ids, catchments.of_area))
        progress(COMPILING, 1, 1)
        done = dimension_study(
            study,
            rule,
            services,
            replications=replications,
            simulator=simulator,
            roads=roads,
            on_stage=progress,
            say=say,
            stop=stop,
        )
    differences: dict[str, list[float]] = {}
    made = 0
    for number in range(1, repeat + 1 if done.prices and not done.stopped else 1):
        other = with_other_years(study, number)
        say(f"Repetition {number} of {repeat}: both searches with other years")
        try:
            with Simulator(other, network, jobs or default_jobs()) as simulator:
                found = price_differences(done, other, simulator=simulator, roads=roads, on_stage=progress, stop=stop)
        except StoppedError:
            break
        made = number
        for name, units in found.items():
            differences.setdefault(name, []).append(units)
            say(f"Borders of {name}, repetition {number}: {units:+.2f} units round the clock")
    return replace(done, prices=with_repetitions(done.prices, differences), repeated=made)


def _refuse_changed_roads(study: Study, services: Mapping[str, Service]) -> None:
    """Catchments are those of one road network: alternatives on others cannot be held against each other here."""
    year = study.settings.study.year
    changed = [name for name, service in services.items() if road_state(service.road_changes, year)]
    if changed:
        raise SitingError(
            f"alternatives {', '.join(changed)} change roads, and units are dimensioned on the roads of today: "
            "choose others with --alternative"
        )


def wanted_services(study: Study, alternatives: Sequence[str]) -> dict[str, Service]:
    """The baseline and the chosen alternatives, finished, the baseline first, then in the order of the study.

    Raises:
        UnknownIdError: an alternative that the study does not have.
    """
    chosen = {one if one == TODAY else study.get_alternative(one).id for one in alternatives}
    chosen = chosen or {one.id for one in study.alternatives}
    baseline = study.settings.gate.baseline if study.settings.gate else TODAY
    services = {baseline: study.service}
    for one in study.alternatives:
        if one.id in chosen | {baseline}:
            services[one.id] = apply_edits(study.service, one.edits, one.id)
    if TODAY in chosen:
        services[TODAY] = study.service
    return services
