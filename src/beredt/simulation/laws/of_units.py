"""Laws about what a unit does from one end of the run to the other: missions and stints laid end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import CARRIER, F8, I4, I8, NOT_DONE, OFF_HOME, PRIMARY, World
from beredt.simulation.laws.breach import Breach, Mask, Run, carries, delivered_at

NO_INCIDENT = -1
WHOLE_RUN = -1
"""In place of a row: the law is about all of them together."""

SMALL_S = 1e-6
MISSING_S = 1e-3
"""How far sums over a whole run may part."""


class Diary(NamedTuple):
    """All that one unit did, by (start, end): one row per mission or stint."""

    unit: int
    incident: I4  # NO_INCIDENT for a stint
    kind: I8  # of stint, -1 for a mission
    start_t: F8
    end_t: F8
    diverted: Mask
    arrived: Mask  # it stands still at `end_node` when the row ends
    from_node: I4
    end_node: I4
    on_t: F8  # of its shifts, ascending
    off_t: F8


UnitLaw = Callable[[Diary], Iterator[tuple[int, str]]]
"""Gives the first row of a diary that breaks it and says what is wrong, or nothing."""


def one_thing_at_a_time(diary: Diary) -> Iterator[tuple[int, str]]:
    """No row begins before the one before it has ended."""
    late = np.flatnonzero(diary.start_t[1:] < diary.end_t[:-1]) + 1
    if late.size:
        row = int(late[0])
        yield row, f"it was still at something else until {diary.end_t[row - 1]:.3f} s"


def starts_where_it_stands(diary: Diary) -> Iterator[tuple[int, str]]:
    """A drive begins where the unit stood still."""
    elsewhere = diary.arrived[:-1] & (diary.from_node[1:] != diary.end_node[:-1])
    found = np.flatnonzero(elsewhere) + 1
    if found.size:
        row = int(found[0])
        yield row, f"it stood at node {diary.end_node[row - 1]} and set out from node {diary.from_node[row]}"


def waits_on_duty_only(diary: Diary) -> Iterator[tuple[int, str]]:
    """Stints of a unit on shift lie in a shift, the way home after it in none."""
    stint = diary.kind >= 0
    inside_s = _shared_s(diary)
    length_s = diary.end_t - diary.start_t
    off_home = diary.kind == OFF_HOME
    outside = stint & ~off_home & (length_s - inside_s > SMALL_S)
    inside = off_home & (inside_s > SMALL_S)
    found = np.flatnonzero(outside | inside)
    if found.size:
        row = int(found[0])
        yield row, "it stood by outside its shift" if outside[row] else "it went off duty within its shift"


def leaves_on_duty_only(diary: Diary) -> Iterator[tuple[int, str]]:
    """A mission begins within a shift, or for a unit that was diverted from another one."""
    mission = diary.kind < 0
    after = np.searchsorted(diary.on_t, diary.start_t, side="right") - 1
    until = np.append(diary.off_t, -np.inf)[after]  # before the first shift: no shift
    taken = np.append(False, diary.diverted[:-1])
    found = np.flatnonzero(mission & (diary.start_t > until) & ~taken)
    if found.size:
        yield int(found[0]), "it was sent outside its shift"


def never_idle_on_shift(diary: Diary) -> Iterator[tuple[int, str]]:
    """A unit on shift is always at something: its states fill its shifts."""
    idle_s = float((diary.off_t - diary.on_t).sum() - _shared_s(diary).sum())
    if abs(idle_s) > MISSING_S:
        yield WHOLE_RUN, f"its states and its shifts differ by {idle_s:.3f} s"


DIARY_LAWS: tuple[tuple[str, UnitLaw], ...] = (
    ("a unit does one thing at a time", one_thing_at_a_time),
    ("a unit sets out from where it stands", starts_where_it_stands),
    ("units stand by on duty only", waits_on_duty_only),
    ("units leave on duty only", leaves_on_duty_only),
    ("a unit on shift is always at something", never_idle_on_shift),
)


def _shared_s(diary: Diary) -> F8:
    """Seconds of each row that lie in any shift, float64[R]; shifts do not overlap."""
    ends = np.append(0.0, np.cumsum(diary.off_t - diary.on_t))

    def on_duty_before(t: F8) -> F8:
        begun = np.searchsorted(diary.on_t, t, side="right")
        last = np.maximum(begun - 1, 0)
        so_far = np.minimum(t, np.append(diary.off_t, 0.0)[last]) - np.append(diary.on_t, 0.0)[last]
        return np.where(begun > 0, ends[last] + so_far, 0.0)

    shared: F8 = on_duty_before(diary.end_t) - on_duty_before(diary.start_t)
    return shared


def diaries(run: Run) -> Iterator[Diary]:
    """What every unit did, unit by unit."""
    m, s, i, end_s = run.missions, run.stints, run.incidents, run.world.end_s
    scene, dest = i.scene[m.incident], delivered_at(run)
    takes = ((m.role == PRIMARY) & carries(run)[m.unit]) | (m.role == CARRIER) | (m.dest_t > m.leave_t)
    transported = takes & (dest >= 0) & (m.diverted == 0)
    unit = np.concatenate([s.unit, m.unit])
    start_t = np.concatenate([s.start_t, m.assign_t])
    end_t = np.concatenate([s.end_t, m.free_t])
    columns: dict[str, NDArray[np.generic]] = {
        "incident": np.concatenate([np.full(s.unit.size, NO_INCIDENT, np.int32), m.incident]),
        "kind": np.concatenate([s.kind, np.full(m.unit.size, -1)]).astype(np.int64),
        "start_t": np.minimum(start_t, end_s),
        "end_t": np.where(end_t == NOT_DONE, end_s, np.minimum(end_t, end_s)),
        "diverted": np.concatenate([np.zeros(s.unit.size, np.bool_), m.diverted != 0]),
        "arrived": np.concatenate([s.end_t >= s.arrive_t, m.diverted == 0]),
        "from_node": np.concatenate([s.from_node, m.from_node]),
        "end_node": np.concatenate([s.to_node, np.where(transported, dest, scene)]),
    }
    order = np.lexsort((end_t, start_t, unit))  # stable: stints first
    bounds = np.searchsorted(unit[order], np.arange(run.world.unit_station.size + 1))
    for number, (on_t, off_t) in enumerate(_shifts(run.world)):
        rows = order[bounds[number] : bounds[number + 1]]
        mine = {name: column[rows] for name, column in columns.items()}
        yield Diary(unit=number, on_t=on_t, off_t=off_t, **mine)  # type: ignore[arg-type]  # by name


def _shifts(world: World) -> Iterator[tuple[F8, F8]]:
    """When each unit's shifts begin and end, from the duty table alone; a change that changes nothing is none."""
    units = world.unit_station.size
    on_since: list[float | None] = [0.0 if on else None for on in world.on_at_start]
    shifts: list[list[tuple[float, float]]] = [[] for _ in range(units)]
    for t, unit, on in zip(world.duty_t.tolist(), world.duty_unit.tolist(), world.duty_on.tolist(), strict=True):
        since = on_since[unit]
        if t < world.end_s and (since is None) == bool(on):
            if since is not None:
                shifts[unit].append((since, t))
            on_since[unit] = t if on else None
    for unit, since in enumerate(on_since):
        if since is not None:
            shifts[unit].append((since, world.end_s))
        times = np.array(shifts[unit], np.float64).reshape(-1, 2)
        yield times[:, 0], times[:, 1]


def previous_stints_are_known(law: str, run: Run) -> Iterator[Breach]:
    """Every stint names the unit's stint before it."""
    s = run.stints
    order = np.argsort(s.unit, kind="stable")
    before = np.full(s.unit.size, -1, np.int64)
    same = s.unit[order][1:] == s.unit[order][:-1]
    before[order[1:][same]] = order[:-1][same]
    found = np.flatnonzero(s.previous != before)
    if found.size:
        row = int(found[0])
        what = f"its stint {row} follows {before[row]} and names {s.previous[row]}"
        yield Breach(law, what, int(s.unit[row]), None, float(s.start_t[row]), found.size)


def breaches_of_units(run: Run) -> Iterator[Breach]:
    """The first breach in time of every law about a unit; its count is that of the units that break it."""
    found: dict[str, list[tuple[float, int, int, str]]] = {name: [] for name, _ in DIARY_LAWS}
    for diary in diaries(run):
        for name, law in DIARY_LAWS:
            for row, what in law(diary):
                time_s = run.world.end_s if row == WHOLE_RUN else float(diary.start_t[row])
                incident = NO_INCIDENT if row == WHOLE_RUN else int(diary.incident[row])
                found[name].append((time_s, diary.unit, incident, what))
    for name, breaches in found.items():
        if breaches:
            time_s, unit, incident, what = min(breaches)
            yield Breach(name, what, unit, None if incident == NO_INCIDENT else incident, time_s, len(breaches))
    yield from previous_stints_are_known("stints know the one before", run)
