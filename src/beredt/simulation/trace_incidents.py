"""The incidents of a call trace as a service meets them, on either form of roads."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.roads import F8, I4, I8
from beredt.dispatch.world import Incidents, World
from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.network import Network
from beredt.simulation.pack_roads import seconds_from_bases
from beredt.simulation.pack_trace import pack_trace


def trace_incidents(
    study: Study, service: Service, network: Network | RoadGraph, world: World, target_s: F8
) -> tuple[Incidents, I4, I8, F8 | None]:
    """Make a call trace ready for the kernel.

    Args:
        study: of a call trace.
        service: today's, or an alternative's.
        network: the roads.
        world: the service, packed.
        target_s: [A, 3] response time to be kept, by area and urgency.

    Returns:
        The incidents, the area of each, the trace's own number of each, and road seconds [I, B] from every base to each
        (None where travel modes change in the course of time).

    Raises:
        StudyError: a trace on a study whose roads are not a graph.
    """
    if isinstance(network, Network) or study.trace is None:
        message = "a call trace gives places, and the study's roads only know its areas"
        raise StudyError(
            [Issue("study.toml", None, "demand.source", "trace", 1, message, "give the study a road graph")]
        )
    found = pack_trace(study, service, network)
    number = {area.id: index for index, area in enumerate(service.areas)}
    area = np.array([number[name] for name in study.trace["area"].unique(maintain_order=True).to_list()], np.int32)
    names = {name: index for index, name in enumerate(study.trace["area"].unique(maintain_order=True).to_list())}
    areas = area[study.trace["area"].replace_strict(names, return_dtype=None).to_numpy()]
    count = len(found.call_t)
    incidents = Incidents(
        call_t=found.call_t,
        ready_t=found.ready_t,
        ready_order=found.ready_order,
        urgency=found.urgency,
        scene=found.scene,
        scene_leg=found.scene_leg,
        centre=found.centre,
        dest=found.dest,
        dest_leg=found.dest_leg,
        second=np.zeros(count, np.int8),
        mobilisation_s=found.mobilisation_s,
        out_s=np.zeros(count),
        noise=np.ones(count),
        on_scene_s=found.on_scene_s,
        handover_s=found.handover_s,
        second_on_scene_s=np.zeros(count),
        target_s=target_s[areas, found.urgency],
    )
    near = None
    if len(world.mode_t) == 1:
        near = seconds_from_bases(world.roads, world.base_node, found.scene, world.mode_of[0, found.urgency])
    return incidents, areas, found.incident, near
