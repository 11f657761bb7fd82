"""One unit's missions and stints, laid end to end, for checks that hold whatever the rules decide."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.dispatch.world import HOME, OFF_HOME, Incidents, World
from tests.reference.outcome import MissionRow, StintRow, TwinOutcome

Interval = tuple[float, float]


@dataclass(frozen=True)
class Stretch:
    """What a unit does from `start_t` to `end_t`; `drive` is the pair of nodes it drives between at first."""

    start_t: float
    end_t: float
    drive: tuple[int, int]
    arrived: bool  # whether it stands still when the stretch ends
    end_node: int  # where it then stands; the drive's end when it does not stand still
    row: MissionRow | StintRow


def timeline_of(unit: int, outcome: TwinOutcome, incidents: Incidents) -> list[Stretch]:
    """All that a unit did, in order of time. Nothing lasts no time but a stretch that was given up at once."""
    stretches = [_of_stint(row) for row in outcome.stints if row.unit == unit]
    stretches += [_of_mission(row, incidents) for row in outcome.missions if row.unit == unit]
    return sorted(stretches, key=lambda stretch: (stretch.start_t, stretch.end_t))  # stable: stints first


def _of_stint(row: StintRow) -> Stretch:
    drive = (row.from_node, row.to_node)
    return Stretch(row.start_t, row.end_t, drive, row.end_t >= row.arrive_t, row.to_node, row)


def _of_mission(row: MissionRow, incidents: Incidents) -> Stretch:
    scene, destination = int(incidents.scene[row.incident]), int(incidents.dest[row.incident])
    transported = row.role == 0 and destination >= 0 and not row.diverted
    end_node = destination if transported else scene
    return Stretch(row.assign_t, row.free_t, (row.from_node, scene), not row.diverted, end_node, row)


def goes_on_along(before: Stretch, after: Stretch) -> bool:
    """Whether this is the same drive as the stretch before, under way, as another kind of stint."""
    one, other = before.row, after.row
    if before.arrived or not isinstance(one, StintRow) or not isinstance(other, StintRow):
        return False
    return (before.drive, one.road_t, one.arrive_t) == (after.drive, other.road_t, other.arrive_t)


def nodes_along(world: World, origin: int, destination: int) -> list[int]:
    """The nodes of the quickest way, both ends included."""
    nodes = [origin]
    while nodes[-1] != destination:
        nodes.append(int(world.roads.hop[0, destination, nodes[-1]]))
    return nodes


def shifts_of(unit: int, world: World) -> list[Interval]:
    """When a unit is on shift, from the duty table alone."""
    shifts, began = [], 0.0 if world.on_at_start[unit] else None
    for t, who, on in zip(world.duty_t.tolist(), world.duty_unit.tolist(), world.duty_on.tolist(), strict=True):
        if who == unit and t < world.end_s:
            if on and began is None:
                began = t
            elif not on and began is not None:
                shifts.append((began, t))
                began = None
    if began is not None:
        shifts.append((began, world.end_s))
    return shifts


def stands_at_home(stretch: Stretch, home: int) -> bool:
    """Whether a unit can go (or be) off duty where this stretch ends."""
    row = stretch.row
    return isinstance(row, StintRow) and row.kind in (HOME, OFF_HOME) and stretch.arrived and stretch.end_node == home
