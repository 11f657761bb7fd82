"""The study made ready once: what reckoning with the live picture needs, in the arrays of the simulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from beredt.demand.calls_by_hour import calls_by_hour
from beredt.demand.intensity import WEEK_HOURS
from beredt.demand.population import people_by_area
from beredt.dispatch.crossing import land_of
from beredt.dispatch.records import Land
from beredt.dispatch.world import F8, I4, World
from beredt.errors import NetworkError
from beredt.indicators.area_groups import targets_of
from beredt.live.known import LOCAL
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.flat import Laying, laying_of
from beredt.simulation.case import prepare_case
from beredt.simulation.incident_rules import IncidentRules
from beredt.simulation.study_roads import AnyRoads, TableRoads, study_roads

WEEK_S = WEEK_HOURS * 3600
BESIDE_S_PER_KM = 90.0
"""What a kilometre as the crow flies to the nearest place of the network counts as: 40 km/h."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A service on its roads. U units, A areas, N nodes, B stations; all in the order of the service.

    `tree` finds the network's nodes by place on a plane (km), `area_tree` the areas; `lay` lays degrees on it. A
    position farther than `off_road_m` from all of them is off the road.
    """

    study: Study
    service: Service
    roads: TableRoads
    world: World
    land: Land
    rules: IncidentRules
    tree: cKDTree
    area_tree: cKDTree
    lay: Laying
    area_node: I4  # [A]
    area_leg: F8  # [A] seconds
    area_centre: I4  # [A]
    people: F8  # [A]
    calls: F8  # [A, 3, 168] expected in each hour of the week, hour 0 on Monday at 00:00
    target_s: F8  # [A, 3] infinite where there is none
    unit_index: dict[str, int]
    hospital_index: dict[str, int]
    centre_index: dict[str, int]
    off_road_m: float

    def week_s(self, at_ms: int) -> float:
        """A moment as seconds of simulated time in the first week that has this weekday and time of day."""
        moment = datetime.fromtimestamp(at_ms / 1000, LOCAL)
        of_week = moment.weekday() * 86_400.0 + moment.hour * 3600.0 + moment.minute * 60.0 + moment.second
        of_week += moment.microsecond / 1e6
        return (of_week - self.world.first_hour * 3600.0) % WEEK_S

    def hour_of_week(self, at_ms: int) -> int:
        """Hour of the week at a moment: 0 is Monday 00:00 to 01:00."""
        moment = datetime.fromtimestamp(at_ms / 1000, LOCAL)
        return moment.weekday() * 24 + moment.hour

    def factor(self, purpose: int, at_ms: int) -> float:
        """What a dispatcher multiplies driving seconds by: as `dispatch.travel.believed_factor`."""
        pace = self.world.believed_pace
        hour = 0 if pace.size == 1 else (self.world.first_hour + int(self.week_s(at_ms) // 3600)) % pace.size
        return float(self.world.speed[purpose] * pace[hour])

    def nearest_node(self, lat: float, lon: float) -> tuple[int, float]:
        """The place of the network nearest to a place (degrees), and the kilometres to it."""
        km, node = self.tree.query(self.on_plane(lat, lon))
        return int(node), float(km)

    def nearest_area(self, lat: float, lon: float) -> tuple[int, float]:
        """The area nearest to a place (degrees), and the kilometres to its middle."""
        km, area = self.area_tree.query(self.on_plane(lat, lon))
        return int(area), float(km)

    def seconds(self, node: I4, before_s: F8, urgency: int, at_ms: int) -> F8:
        """Expected seconds from n places to the middle of every area, [n, A], as a dispatcher reckons them.

        before_s + (seconds[area, node] + leg[area])·factor(urgency): the formula of `dispatch.nearest`.

        Args:
            node: [n] nodes.
            before_s: [n] seconds before the unit is on the road there.
            urgency: 0 acute, 1 urgent, 2 ordinary.
            at_ms: the moment.
        """
        table = self.world.roads.seconds[0]
        road_s = table[np.ix_(self.area_node, node)].T.astype(np.float64)
        whole: F8 = before_s[:, np.newaxis] + (road_s + self.area_leg) * self.factor(urgency, at_ms)
        return whole

    def on_plane(self, lat: float, lon: float) -> NDArray[np.float64]:
        """A place (degrees) on the plane of `tree`, kilometres."""
        flat: NDArray[np.float64] = self.lay(np.array([lat]), np.array([lon]))
        return np.array(flat[0], np.float64)


def make_ground(study: Study, service: Service, network: AnyRoads, off_road_m: float = 1_500.0) -> Ground:
    """Make a service of a study ready to be reckoned with. Takes a second or two for thousands of areas.

    Args:
        study: checked.
        service: today's, or an alternative's.
        network: its roads.
        off_road_m: farther than this from all places of the network nothing is reckoned.

    Raises:
        NetworkError: the study replays a call trace on a road graph: it knows no areas with expected calls.
        StudyError: tables without what the service asks for.
    """
    if study.trace is not None or study.roads is not None:
        raise NetworkError(
            f"the study {study.settings.study.id} replays a call trace on a road graph: it knows no expected calls of "
            "areas, and readiness and advice are of those. Use a study with rates; the picture itself works with both"
        )
    roads = study_roads(study, network, service)
    assert isinstance(roads, TableRoads)
    case = prepare_case(study, roads, service)
    areas, net = roads.areas(service.areas), roads.network
    lay = laying_of(net.lat, net.lon)
    nodes = len(net.node_ids)
    return Ground(
        study=study,
        service=service,
        roads=roads,
        world=case.world,
        land=land_of(case.world),
        rules=case.generated.rules,
        tree=cKDTree(lay(net.lat[:nodes], net.lon[:nodes])),
        area_tree=cKDTree(
            lay(np.array([one.lat for one in service.areas]), np.array([one.lon for one in service.areas]))
        ),
        lay=lay,
        area_node=areas.node,
        area_leg=areas.leg,
        area_centre=case.generated.rules.area_centre,
        people=people_by_area(service.areas, study.population, study.settings.study.year),
        calls=calls_by_hour(study, service),
        target_s=targets_of(study.settings, service),
        unit_index={unit.id: number for number, unit in enumerate(service.units)},
        hospital_index={row.id: number for number, row in enumerate(service.hospitals)},
        centre_index={row.id: number for number, row in enumerate(service.centres)},
        off_road_m=off_road_m,
    )
