"""All sites that any alternative of a study uses, so that one network serves them all.

A site that is opened or moved by an edit gets a node as well. A site keeps the plain id `station:<id>` at the place
where the study first has it; the same id elsewhere becomes `station:<id>@<lat>,<lon>`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from beredt.model.edits.edit import Edit
from beredt.model.edits.move_hospital import MoveHospital
from beredt.model.edits.move_standby_point import MoveStandbyPoint
from beredt.model.edits.move_station import MoveStation
from beredt.model.edits.open_hospital import OpenHospital
from beredt.model.edits.open_standby_point import OpenStandbyPoint
from beredt.model.edits.open_station import OpenStation
from beredt.model.service import Service
from beredt.roads.network import Network, moved_node_id
from beredt.roads.road_inputs import NewNode

KINDS = ("station", "standby", "hospital")


class Site(NamedTuple):
    """A station, standby point or hospital: `kind` of node, id, and place in degrees."""

    kind: str
    id: str
    lat: float
    lon: float


def site_nodes(service: Service, edits: Iterable[Edit]) -> dict[str, Site]:
    """Node id → site, stations first, then standby points, then hospitals: those of the service and of the edits."""
    found = [*_sites_of(service), *(site for edit in edits for site in _sites_made_by(edit))]
    nodes: dict[str, Site] = {}
    for kind in KINDS:
        for site in found:
            if site.kind != kind:
                continue
            plain = f"{site.kind}:{site.id}"
            here = nodes.setdefault(plain, site)
            if (here.lat, here.lon) != (site.lat, site.lon):
                nodes.setdefault(moved_node_id(plain, site.lat, site.lon), site)
    return nodes


def new_nodes(service: Service, edits: Iterable[Edit]) -> tuple[NewNode, ...]:
    """The nodes that edits ask for and today's service does not have."""
    there = site_nodes(service, ())
    found = site_nodes(service, edits)
    return tuple(NewNode(node, site.lat, site.lon) for node, site in found.items() if node not in there)


def nodes_beside(network: Network, service: Service) -> tuple[NewNode, ...]:
    """The nodes that a service asks for and a network does not have."""
    found = []
    for node, site in site_nodes(service, ()).items():
        here = network.find(node)
        if here is None:
            found.append(NewNode(node, site.lat, site.lon))
        elif (float(network.lat[here]), float(network.lon[here])) != (site.lat, site.lon):
            moved = moved_node_id(node, site.lat, site.lon)
            if network.find(moved) is None:
                found.append(NewNode(moved, site.lat, site.lon))
    return tuple(found)


def site_index(network: Network, site: Site) -> int:
    """The network's node for a site where it stands in one alternative. Raises UnknownIdError."""
    return network.index_of_place(f"{site.kind}:{site.id}", site.lat, site.lon)


def _sites_of(service: Service) -> Iterator[Site]:
    for station in service.stations:
        yield Site("station", station.id, station.lat, station.lon)
    for point in service.standby_points:
        yield Site("standby", point.id, point.lat, point.lon)
    for hospital in service.hospitals:
        yield Site("hospital", hospital.id, hospital.lat, hospital.lon)


def _sites_made_by(edit: Edit) -> Iterator[Site]:
    match edit:
        case OpenStation():
            yield Site("station", edit.id, edit.lat, edit.lon)
        case MoveStation():
            yield Site("station", edit.station, edit.lat, edit.lon)
        case OpenStandbyPoint():
            yield Site("standby", edit.id, edit.lat, edit.lon)
        case MoveStandbyPoint():
            yield Site("standby", edit.standby_point, edit.lat, edit.lon)
        case OpenHospital():
            yield Site("hospital", edit.id, edit.lat, edit.lon)
        case MoveHospital():
            yield Site("hospital", edit.hospital, edit.lat, edit.lon)
        case _:
            return
