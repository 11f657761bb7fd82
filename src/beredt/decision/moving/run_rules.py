"""Rules of relocation compared for a service of a study: tables that must be made, and the simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from beredt.coverage.cover_sets import CoverSets
from beredt.decision.moving.compare_rules import Compared, compare_rules
from beredt.decision.moving.count import MovingCount, count_moving
from beredt.decision.moving.rule_words import DDSM, outer_times_of
from beredt.demand.generate import demand_of
from beredt.demand.intensity import period_of
from beredt.indicators.area_groups import targets_of
from beredt.model.compliance_row import ComplianceRow
from beredt.model.edits.service_of import service_of
from beredt.model.relocation_option import relocation_from_option
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.pack_policies import pack_moved
from beredt.simulation.run import Simulator, default_jobs
from beredt.simulation.study_cover import road_study_sets, table_study_sets
from beredt.simulation.study_roads import GraphRoads, StudyRoads, load_or_build_roads, study_roads
from beredt.siting.double_standard_table import double_standard_table

COVERED_SHARE = 0.8
"""Of demand that must be within reach of one unit, where units enough are free."""

STAGE = "Simulating the rules"


def run_rules(
    study: Study,
    rules: Sequence[str],
    *,
    alternative: str | None,
    replications: int,
    jobs: int | None,
    progress: Callable[[str, int, int], None],
) -> tuple[Compared, ...]:
    """Simulate a service under several rules.

    Args:
        study: checked.
        rules: as `relocation_from_option` reads them, `ddsm`, or `ddsm` with its outer standard (`ddsm:2`); the first
            is what others are compared with.
        alternative: whose service; None for today's.
        replications: at least 2, for intervals.
        jobs: worker processes, None for one per core.
        progress: told of every replication.

    Raises:
        UnknownIdError: no such alternative.
        OptionError: no such rule.
    """
    service = service_of(study, alternative)
    roads = load_or_build_roads(study, progress=progress, services=[service])
    with Simulator(study, roads, min(jobs or default_jobs(), replications)) as simulator:
        laid = study_roads(study, roads, service)
        services = {rule: _with_rule(study, service, rule, laid) for rule in rules}
        done = 0

        def watch(_replication: int, _counts: Mapping[str, MovingCount]) -> None:
            nonlocal done
            done += 1
            progress(STAGE, done, replications)

        progress(STAGE, 0, replications)
        counts = simulator.simulate(services, replications, count_moving, watch)
        return compare_rules(simulator.frame_of(service), counts)


def _with_rule(study: Study, service: Service, rule: str, roads: StudyRoads) -> Service:
    times = outer_times_of(rule)
    if times is None:
        return replace(service, relocation=relocation_from_option(rule, service))
    near, far = (cover_of(study, service, roads, wider) for wider in (1.0, times))
    return with_double_standard(service, near, far, COVERED_SHARE)


def cover_of(study: Study, service: Service, roads: StudyRoads, times: float = 1.0) -> CoverSets:
    """What stations cover, as the rules of cover have it, with so many times the driving."""
    if isinstance(roads, GraphRoads):
        return road_study_sets(study, service, roads.graph, times)
    period, target_s = period_of(study.settings), targets_of(study.settings, service)
    return table_study_sets(study, service, roads.network, demand_of(study, service), period, target_s, times)


def with_double_standard(service: Service, cover: CoverSets, outer: CoverSets, share: float) -> Service:
    """The service that follows a compliance table of the double standard model.

    Args:
        service: any.
        cover: what its stations cover within the first standard.
        outer: what they reach within the outer one.
        share: α, of the demand that must be within reach of one unit.
    """
    moved = pack_moved(service)
    units = int(moved.units.sum())
    table = double_standard_table(cover, outer, moved.bases.astype(np.bool_), units, share)
    rows = tuple(
        ComplianceRow(DDSM, free + 1, 1, station.id, int(table[free, number]))
        for free in range(units)
        for number, station in enumerate(service.stations)
        if table[free, number]
    )
    others = tuple(row for row in service.compliance if row.table != DDSM)
    rules = replace(service.relocation, rule="compliance", table=DDSM)
    return replace(service, compliance=(*others, *rows), relocation=rules)
