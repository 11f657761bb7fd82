"""What a run leaves behind, as plain lists: the common form in which twin and kernel are compared."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from beredt.dispatch.world import Outcome


@dataclass(frozen=True)
class MissionRow:
    """One assignment of a unit to an incident; the columns of `Missions`."""

    incident: int
    unit: int
    role: int
    diverted: int
    cause: int
    from_node: int
    assign_t: float
    roll_t: float
    scene_t: float
    leave_t: float
    dest_t: float
    free_t: float
    drive_km: float
    transport_km: float
    ask: int
    hospital: int
    met: int


@dataclass(frozen=True)
class StintRow:
    """One stretch of time between missions; the columns of `Stints`."""

    unit: int
    kind: int
    start_t: float
    road_t: float
    arrive_t: float
    end_t: float
    from_node: int
    to_node: int
    km: float
    point: int
    previous: int


@dataclass(frozen=True)
class TwinOutcome:
    """Missions in order of assignment, stints in order of beginning, and one mark per incident."""

    missions: list[MissionRow]
    stints: list[StintRow]
    asked: list[int]
    queued: list[int]
    held: list[int]
    bumped: list[int]
    second_missing: list[int]
    tasks: list[tuple[int, int, float, int]]  # state, unit, begun (or -1), given up
    crises: list[tuple[int, float]]  # of each centre: how many, and seconds in all


def from_kernel(outcome: Outcome) -> TwinOutcome:
    """The kernel's arrays as lists of rows, without the unused memory at their ends."""
    mission_columns = [getattr(outcome.missions, name).tolist() for name in MissionRow.__dataclass_fields__]
    stint_columns = [getattr(outcome.stints, name).tolist() for name in StintRow.__dataclass_fields__]
    return TwinOutcome(
        missions=[MissionRow(*(column[row] for column in mission_columns)) for row in range(outcome.mission_count)],
        stints=[StintRow(*(column[row] for column in stint_columns)) for row in range(outcome.stint_count)],
        asked=outcome.asked.tolist(),
        queued=outcome.queued.tolist(),
        held=outcome.held.tolist(),
        bumped=outcome.bumped.tolist(),
        second_missing=outcome.second_missing.tolist(),
        tasks=[
            (state, unit, -1.0 if isnan(begun_t) else round(begun_t, 3), given_up)
            for state, unit, begun_t, given_up in outcome.tasks[["state", "unit", "begun_t", "given_up"]].tolist()
        ],
        crises=[(begun, round(in_s, 3)) for begun, in_s in outcome.crises[["begun", "in_s"]].tolist()],
    )
