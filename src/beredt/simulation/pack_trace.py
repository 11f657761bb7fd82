"""A call trace as the kernel meets it: nothing is drawn, every figure is the trace's own.

Where the trace names no hospital, the patient is taken to the one that is reached first from the incident's road node,
the way from the road to the hospital's door included. Which one that is depends on the way of driving; where transport
drives in several ways as the day goes on, the trace must name its hospitals.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.dispatch.world import F8, I1, I4, I8
from beredt.errors import NetworkError, StudyError
from beredt.model.issue import Issue
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import urgency_code
from beredt.roads.graph.paths import nearest_end
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.snap import nearest_access_node

TRANSPORT = "transport"
NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class TraceIncidents:
    """The columns of `Incidents` for a call trace, in order of the call, and what they were made of. I incidents.

    `incident` is the trace's own number of each; `scene` and `dest` are road nodes, `scene_leg` and `dest_leg` the
    kilometres from there to the incident and to the hospital's door; `hospital` is the row of the service's hospitals
    (−1 where nobody is transported, as in `dest`); `area` is the row of the service's areas. Among
    incidents that are ready at the same time, the one that was called in last comes first in `ready_order`.
    """

    incident: I8
    call_t: F8
    ready_t: F8
    ready_order: I4
    urgency: I1
    scene: I4
    scene_leg: F8
    area: I4
    centre: I4
    hospital: I4
    dest: I4
    dest_leg: F8
    mobilisation_s: F8
    on_scene_s: F8
    handover_s: F8

    def kernel_columns(self, target_s: F8) -> dict[str, NDArray[np.generic]]:
        """Every column that `Incidents` asks for, by its name, and the trace's own ones.

        `target_s` [A, 3] is the response time to be kept, by area and urgency. No second unit is asked for, driving
        times are not varied, and a unit that is out already rolls at once.
        """
        nothing = np.zeros(len(self.call_t))
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return own | {
            "second": np.zeros(len(self.call_t), np.int8),
            "out_s": nothing,
            "noise": np.ones(len(self.call_t)),
            "second_on_scene_s": nothing,
            "target_s": target_s[self.area, self.urgency],
        }


def pack_trace(study: Study, service: Service, graph: RoadGraph) -> TraceIncidents:
    """Make a call trace ready for the kernel.

    Args:
        study: with a call trace, on a road graph.
        service: today's, or an alternative's after its edits.
        graph: the study's.

    Raises:
        ValueError: a study without a call trace.
        StudyError: hospitals that the trace must name, and does not.
        NetworkError: a patient from whose place no hospital can be reached.
    """
    if study.trace is None:
        raise ValueError("the study has no call trace")
    trace = study.trace
    lon, lat = trace["lon"].to_numpy(), trace["lat"].to_numpy()
    scene, scene_leg = nearest_access_node(graph, lon, lat)
    hospital_node, hospital_leg = nearest_access_node(
        graph,
        np.array([one.lon for one in service.hospitals]),
        np.array([one.lat for one in service.hospitals]),
    )
    hospital = _hospitals(study, service, graph, scene, (hospital_node, hospital_leg))
    carried = hospital != NOBODY
    call_t = trace["call_s"].to_numpy()
    ready_t = call_t + trace["handling_s"].to_numpy()
    return TraceIncidents(
        incident=trace["incident"].to_numpy(),
        call_t=call_t,
        ready_t=ready_t,
        ready_order=_last_called_first(ready_t),
        urgency=_numbers(trace["urgency"], {one: urgency_code(one) for one in "AHV"}).astype(np.int8),
        scene=scene,
        scene_leg=scene_leg,
        area=_numbers(trace["area"], {row.id: number for number, row in enumerate(service.areas)}),
        centre=_centres(trace["area"], service),
        hospital=hospital,
        dest=np.where(carried, hospital_node[hospital], np.int32(NOBODY)),
        dest_leg=np.where(carried, hospital_leg[hospital], 0.0),
        mobilisation_s=trace["mobilisation_s"].to_numpy(),
        on_scene_s=trace["on_scene_s"].to_numpy(),
        handover_s=np.where(carried, trace["handover_s"].to_numpy(), 0.0),
    )


def _last_called_first(ready_t: F8) -> I4:
    """Incidents by the time at which they are ready; of two at the same time, the one with the higher number first."""
    backwards = np.argsort(ready_t[::-1], kind="stable")
    return (len(ready_t) - 1 - backwards).astype(np.int32)


def _numbers(ids: pl.Series, numbers: dict[str, int]) -> I4:
    """The number of each id, int32."""
    return ids.replace_strict(numbers, return_dtype=pl.Int32).to_numpy()


def _centres(area: pl.Series, service: Service) -> I4:
    centre = {row.id: number for number, row in enumerate(service.centres)}
    return _numbers(area, {row.id: centre[row.centre] for row in service.areas})


def _hospitals(study: Study, service: Service, graph: RoadGraph, scene: I4, ends: tuple[NDArray[np.int32], F8]) -> I4:
    """Row of the hospital of each incident, int32; −1 where nobody is transported."""
    assert study.trace is not None
    transported = study.trace["transported"].to_numpy()
    named = study.trace["hospital"]
    rows = {row.id: number for number, row in enumerate(service.hospitals)}
    hospital: I4 = named.replace_strict(rows, default=NOBODY, return_dtype=pl.Int32).fill_null(NOBODY).to_numpy().copy()
    hospital[~transported] = NOBODY
    open_ = transported & named.is_null().to_numpy()
    if open_.any():
        hospital[open_] = _nearest(graph, _transport_mode(study, graph), scene[open_], ends)
    return hospital


def _nearest(graph: RoadGraph, mode: int, scene: I4, ends: tuple[NDArray[np.int32], F8]) -> I4:
    """The hospital that is reached first from each road node, looked up once for each node."""
    nodes, which = np.unique(scene, return_inverse=True)
    nearest, _ = nearest_end(graph, mode, nodes, *ends)
    if (nearest < 0).any():
        node = int(nodes[np.argmin(nearest)])
        place = f"{graph.lat[node]:.5f}, {graph.lon[node]:.5f}"
        raise NetworkError(f"no road leads from {place} to any hospital: join the roads there to the others")
    return nearest[which]


def _transport_mode(study: Study, graph: RoadGraph) -> int:
    """The one way of driving to hospital. Raises StudyError if there are several."""
    modes = list(dict.fromkeys(period.mode_of[TRANSPORT] for period in study.travel_periods))
    if len(modes) > 1:
        message = (
            f"transport drives in several ways ({', '.join(modes)}), and the trace names no hospital for a patient"
        )
        remedy = "name the hospital of every patient in the trace, or let transport use one mode in all sets"
        raise StudyError([Issue("travel_sets", None, "mode", ", ".join(modes), 1, message, remedy)])
    return graph.mode_ids.index(modes[0])
