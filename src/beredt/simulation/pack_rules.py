"""The policies of a service with what its stations cover, ready for the kernel."""

from __future__ import annotations

import numpy as np

from beredt.demand.generate import Demand
from beredt.demand.intensity import Period
from beredt.dispatch.benefit import no_slots
from beredt.dispatch.cover import Cover, empty_cover
from beredt.dispatch.policies import (
    COMPLIANCE,
    DMEXCLP,
    HOME_BASE,
    PRIORITY_LIST,
    STANDBY_POINTS,
    STAY_PUT,
    ZHANG,
    Policies,
)
from beredt.dispatch.roads import F8
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.pack_cover import pack_cover
from beredt.simulation.pack_policies import (
    pack_compliance,
    pack_least_loss,
    pack_limits,
    pack_moved,
    pack_priority_list,
    pack_unit_prices,
)
from beredt.simulation.pack_slots import pack_slots
from beredt.simulation.study_cover import road_study_sets, table_study_sets
from beredt.simulation.study_roads import GraphRoads, StudyRoads

RELOCATION = {
    "standby": STANDBY_POINTS,
    "home": HOME_BASE,
    "stay": STAY_PUT,
    "priority_list": PRIORITY_LIST,
    "compliance": COMPLIANCE,
    "dmexclp": DMEXCLP,
    "zhang": ZHANG,
}


def pack_rules(
    study: Study, service: Service, roads: StudyRoads, demand: Demand | None, period: Period, target_s: F8
) -> Policies:
    """Make the rules of dispatch and relocation of a service ready.

    Args:
        study: for demand points and cover times.
        service: today's, or an alternative's.
        roads: of the study.
        demand: what incidents are generated from; None for a trace.
        period: what is simulated.
        target_s: [A, 3] response time to be kept, by area and urgency.

    Raises:
        StudyError: a rule that needs to know what is to be covered, and the study does not say.
    """
    moved = pack_moved(service)
    ranked, earlier = pack_priority_list(service)
    least_loss = pack_least_loss(service)
    relocation = RELOCATION[service.relocation.rule]
    cover = left = empty_cover(len(service.stations))
    slots = no_slots()
    if relocation in (DMEXCLP, ZHANG) or least_loss.any():
        if isinstance(roads, GraphRoads):
            sets = road_study_sets(study, service, roads.graph)
        elif demand is not None:
            sets = table_study_sets(study, service, roads.network, demand, period, target_s)
        else:
            raise ValueError("a trace on a table of times has no rates: nothing says what is to be covered")

        def packed(busy_fraction: float, offered: bool) -> Cover:
            bases = moved.bases.astype(np.bool_) if offered else None
            return pack_cover(sets, busy_fraction, len(service.units), bases)

        if relocation == DMEXCLP:
            cover = packed(service.relocation.busy_fraction, True)
        if relocation == ZHANG:
            slots = pack_slots(sets, service, moved)
        if least_loss.any():
            left = packed(service.dispatch.busy_fraction, False)
    return Policies(
        price_s=np.ascontiguousarray(pack_unit_prices(service).T),
        cutoff_s=np.array(service.dispatch.cutoff_s),
        cutoff_wait_s=np.array(service.dispatch.cutoff_wait_s),
        least_loss=least_loss,
        cover_left=left,
        rebook_gain_s=service.dispatch.rebook_gain_s,
        relocation=relocation,
        is_moved=moved.units,
        cover=cover,
        ranked=ranked,
        earlier=earlier,
        compliance=pack_compliance(service),
        limits=pack_limits(service),
        slots=slots,
    )
