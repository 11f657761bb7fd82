"""Kilometres of drives, looked up after the run: many at a time, where the processor need not wait for each."""

from __future__ import annotations

from beredt.dispatch.by_reference import lay_down
from beredt.dispatch.compiled import entry_point
from beredt.dispatch.paths import path_km, way_km
from beredt.dispatch.roads import F8, Records, Roads


@entry_point
def mission_kilometres(roads: Roads, missions: Records, incidents: Records, km: F8) -> None:
    """Kilometres driven towards each mission's scene, into km [missions]."""
    roads = lay_down(roads)
    for r in range(missions.size):
        row = missions[r]
        scene = incidents[row.incident].scene
        way = way_km(roads, row.mode, row.from_node, scene, row.leave, row.enter, row.by)
        driven = row.begin_km + way + row.end_km
        if row.end_node != scene:
            driven -= path_km(roads, row.mode, row.end_node, scene)
        if row.met >= 0:
            driven += path_km(roads, row.mode, row.end_node, row.met)
        km[r] = driven


@entry_point
def stint_kilometres(roads: Roads, stints: Records, km: F8) -> None:
    """Kilometres driven in each stint, into km [stints]."""
    roads = lay_down(roads)
    for r in range(stints.size):
        row = stints[r]
        if row.begin_node == row.to_node and row.end_node == row.to_node:
            km[r] = row.begin_km + row.end_km
            continue
        if row.begin_node == row.from_node:
            way = way_km(roads, row.mode, row.from_node, row.to_node, row.leave, row.enter, row.by)
        else:
            way = path_km(roads, row.mode, row.begin_node, row.to_node)
        driven = row.begin_km + way + row.end_km
        if row.end_node != row.to_node:
            driven -= path_km(roads, row.mode, row.end_node, row.to_node)
        km[r] = driven


@entry_point
def transport_kilometres(roads: Roads, missions: Records, incidents: Records, wards: Records, km: F8) -> None:
    """Kilometres of each mission from its scene to the delivery point, 0 where nobody is transported."""
    roads = lay_down(roads)
    for r in range(missions.size):
        row = missions[r]
        incident = incidents[row.incident]
        km[r] = 0.0
        if row.diverted == 0 and incident.dest >= 0 and row.dest_t > row.leave_t:
            dest, dest_leg = incident.dest, incident.dest_leg
            if row.hospital >= 0:
                dest, dest_leg = wards[row.hospital].node, wards[row.hospital].leg
            begin, begin_leg, leave = incident.scene, incident.scene_leg, row.leave_on
            if row.met >= 0:
                begin, begin_leg, leave = row.met, 0.0, row.met
            legs_km = (begin_leg + dest_leg) * roads.leg_km
            km[r] = legs_km + way_km(roads, row.leave_mode, begin, dest, leave, row.enter_on, row.by_on)
