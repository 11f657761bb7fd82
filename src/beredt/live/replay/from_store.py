"""A store of missions as the events that a feed would have sent.

A log of missions tells of no unit between its missions. That is reckoned, and its events come from the source
`reckoned`, so that nobody takes them for what was seen: a unit drives home by the study's roads when it is free, stands
at its station after that, and is on duty by the study's roster.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from beredt.dispatch.world import SPEED_RETURN, SPEED_TRANSPORT
from beredt.errors import OptionError
from beredt.live.events.read_event import Refused, read_event
from beredt.live.ground.ground import Ground
from beredt.live.ground.where import Where, home_of
from beredt.live.known import LOCAL
from beredt.live.picture.duty import Duty
from beredt.live.replay.past import TOGETHER_MS, Happened, Past, Stretch, day_of, is_main, no_such_day
from beredt.live.replay.reckoned_drive import ReckonedDrive, reckon_drive
from beredt.live.store.entry import Entry
from beredt.missions.schema import STAMPS
from beredt.missions.store import Store
from beredt.model.urgency import URGENCIES, urgency_code

STAMPED, RECKONED = "stamped", "reckoned"
BEFORE_DAYS = 1
"""Days before the stretch whose missions are read too: so long may one last."""
DRIVES = {"alerted_t": "mobilising", "rolling_t": "to_scene", "scene_t": "at_scene", "leave_t": "to_hospital",
          "dest_t": "at_hospital"}  # fmt: skip
OF_ROWS = ("incident", "unit", "urgency", "lat", "lon", "destination", "planned", *STAMPS)
LATER = 10**15
"""A moment that never comes, ms."""

Row = dict[str, Any]


@dataclass(slots=True)
class _Made:
    """What has been made so far: events with their order of equal times, drives by unit, and what was counted."""

    events: list[tuple[int, int, Row]] = field(default_factory=list)
    drives: dict[str, list[ReckonedDrive]] = field(default_factory=dict)
    noted: Counter[str] = field(default_factory=Counter)

    def say(self, at_ms: int, source: str, **what: Any) -> None:
        # Of equal times the end of one mission comes before the beginning of another.
        rank = {"mobilising": 2, "to_scene": 3}.get(what.get("status", ""), 0 if what["kind"] == "unit_status" else 1)
        self.events.append((at_ms, rank, {"source": source, **what}))


def past_of_store(store: Store, ground: Ground, stretch: Stretch) -> Past:
    """The events and decisions of a stretch of a log of missions.

    Args:
        store: the log.
        ground: the study whose units, stations and roads they are.
        stretch: which days.

    Raises:
        OptionError: the log has no such day, none of its units is in the study, or no incident has a place.
    """
    rows = _rows_of(store, stretch)
    known = [row for row in rows if row["unit"] in ground.unit_index]
    _refuse_strangers(rows, known, store)
    made, duty = _Made(), Duty(ground.service)
    made.noted["missions_of_units_not_in_the_study"] = len(rows) - len(known)
    for unit in ground.unit_index:
        _tell_unit(made, ground, duty, unit, [row for row in known if row["unit"] == unit], stretch)
    _tell_incidents(made, rows)
    made.events.sort(key=lambda one: one[:2])
    entries = [_entry(number, at_ms, what) for number, (at_ms, _, what) in enumerate(made.events, start=1)]
    happened, left_out = _decisions(ground, rows, entries, stretch)
    return Past(stretch, entries, happened, _Places(made.drives).at, store.info.generated, left_out,
                {name: count for name, count in made.noted.items() if count}, _elsewhere(ground))  # fmt: skip


def _elsewhere(ground: Ground) -> frozenset[str]:
    """Units that the study lets wait at other places than their stations: its log has stamps of missions alone."""
    world, rule = ground.world, ground.service.relocation.rule
    if rule == "home":
        return frozenset()
    if rule != "standby":
        return frozenset(ground.unit_index)
    may = np.atleast_1d(world.standby_home[:, world.unit_station].any(axis=0))
    return frozenset(unit for unit, number in ground.unit_index.items() if may[number])


class _Places:
    """Where units are on their reckoned drives."""

    def __init__(self, drives: Mapping[str, Sequence[ReckonedDrive]]) -> None:
        self._drives = drives
        self._starts = {unit: [one.start_ms for one in of] for unit, of in drives.items()}

    def at(self, at_ms: int) -> dict[str, tuple[float, float]]:
        found = {}
        for unit, starts in self._starts.items():
            place = bisect_right(starts, at_ms) - 1
            if place >= 0 and at_ms <= self._drives[unit][place].end_ms:
                found[unit] = self._drives[unit][place].place(at_ms)
        return found


def _rows_of(store: Store, stretch: Stretch) -> list[Row]:
    """Unit responses that may matter, stamps as ms since 1970, in order of alert."""
    missions = store.missions().select(OF_ROWS).with_columns(pl.col(pl.Categorical).cast(pl.String))
    zone = store.info.zone
    if zone != LOCAL.key:  # the clock of the log is kept, on the wall of the study
        missions = missions.with_columns(
            pl.col(STAMPS).dt.convert_time_zone(zone).dt.replace_time_zone(LOCAL.key, ambiguous="earliest",
                                                                           non_existent="null")
        )  # fmt: skip
    missions = missions.with_columns(pl.col(STAMPS).dt.epoch("ms")).with_columns(
        begin=pl.coalesce("alerted_t", "rolling_t", "scene_t")
    )
    first = stretch.begin_ms - BEFORE_DAYS * 86_400_000
    rows = missions.filter(pl.col("unit") != "", pl.col("begin").is_not_null())
    chosen = rows.filter(pl.col("begin").is_between(first, stretch.end_ms, closed="left")).sort("begin", "unit")
    found = chosen.collect().to_dicts()
    if not any(row["begin"] >= stretch.begin_ms for row in found):
        ends = rows.select(first=pl.col("begin").min(), last=pl.col("begin").max()).collect().row(0)
        raise no_such_day(stretch, [day_of(one) for one in ends if one is not None])
    return found


def _refuse_strangers(rows: Sequence[Row], known: Sequence[Row], store: Store) -> None:
    if not known:
        names = ", ".join(sorted({row["unit"] for row in rows})[:5])
        raise OptionError(
            "--study",
            str(store.path),
            f"the study has none of the log's units ({names} …): nobody's station is known",
            "name a study whose table units has the ids that the log writes",
        )
    if all(row["lat"] is None or row["lon"] is None for row in rows):
        raise OptionError(
            "STORE",
            str(store.path),
            "no incident of these days has a place: nothing can be reckoned without one",
            "import the log with its coordinates",
        )


def _tell_unit(made: _Made, ground: Ground, duty: Duty, unit: str, rows: Sequence[Row], stretch: Stretch) -> None:
    """All that a unit did: its missions by their stamps, and what it is reckoned to do between them."""
    number = ground.unit_index[unit]
    home = home_of(ground, number)
    idle_ms: int | None = stretch.begin_ms - BEFORE_DAYS * 86_400_000
    where = home
    shifts = duty.shifts(unit, stretch.first - timedelta(days=BEFORE_DAYS + 1), stretch.days + BEFORE_DAYS + 2)
    for row, next_ms in zip(rows, [*(row["begin"] for row in rows[1:]), LATER], strict=False):
        if idle_ms is not None:
            where = _idle(made, ground, unit, where, home, shifts, (idle_ms, row["begin"]))
        idle_ms, where = _mission(made, ground, unit, row, where, next_ms)
    if idle_ms is not None:
        _idle(made, ground, unit, where, home, shifts, (idle_ms, stretch.end_ms))


def _mission(made: _Made, ground: Ground, unit: str, row: Row, where: Where, next_ms: int) -> tuple[int | None, Where]:
    """A mission; when the unit is idle after it (None: not before the next one), and where it is then."""
    incident = f"i-{row['incident']}"
    for stamp, status in DRIVES.items():
        at_ms = row[stamp] if stamp != "alerted_t" else row["begin"]
        if at_ms is not None and at_ms < next_ms and (stamp != "leave_t" or row["dest_t"] is not None):
            made.say(at_ms, STAMPED, kind="unit_status", unit=unit, status=status, incident=incident)
    scene = _scene(ground, row)
    if scene is not None and row["rolling_t"] is not None and row["urgency"] in URGENCIES:
        end_ms = min(row["scene_t"] or LATER, row["free_t"] or LATER, next_ms)
        purpose = urgency_code(row["urgency"])
        drive = reckon_drive(ground, where, scene, purpose, row["rolling_t"], end_ms)
        made.drives.setdefault(unit, []).append(drive)
        if row["scene_t"] is None:
            stopped_ms = min(end_ms, drive.arrive_ms)
            where = Where(drive.node(stopped_ms), 0.0, False, 0.0)
        else:
            where = scene
    elif scene is not None:
        where = scene
    if row["dest_t"] is not None:
        where = _hospital(ground, row, where)
    if row["free_t"] is None:
        made.noted["missions_without_an_end"] += 1
    return (row["free_t"] if row["free_t"] is not None and row["free_t"] <= next_ms else None), where


def _idle(
    made: _Made,
    ground: Ground,
    unit: str,
    where: Where,
    home: Where,
    shifts: Sequence[tuple[int, int]],
    between: tuple[int, int],
) -> Where:
    """What a unit does from a moment until it is sent, and where it is then: home by the road, or there."""
    begin_ms, end_ms = between
    drive = None if where is home else reckon_drive(ground, where, home, SPEED_RETURN, begin_ms, end_ms)
    arrive_ms = begin_ms if drive is None else drive.arrive_ms
    moments = sorted({begin_ms, arrive_ms, *(at for shift in shifts for at in shift if begin_ms < at)})
    said = ""
    for at_ms in (one for one in moments if begin_ms <= one < end_ms or one == begin_ms):
        on = any(begins <= at_ms < ends for begins, ends in shifts)
        status = ("at_station" if at_ms >= arrive_ms else "returning") if on else "off_duty"
        if status != said:
            made.say(at_ms, RECKONED, kind="unit_status", unit=unit, status=status)
            said = status
    if drive is None:
        return home
    made.drives.setdefault(unit, []).append(replace(drive, end_ms=min(end_ms, arrive_ms)))
    return home if end_ms >= arrive_ms else Where(drive.node(end_ms), 0.0, False, 0.0)


def _scene(ground: Ground, row: Row) -> Where | None:
    if row["lat"] is None or row["lon"] is None:
        return None
    area, _ = ground.nearest_area(row["lat"], row["lon"])
    return Where(int(ground.area_node[area]), float(ground.area_leg[area]), False, 0.0)


def _hospital(ground: Ground, row: Row, scene: Where) -> Where:
    """Where a patient was delivered.

    The study's hospital of the log's name; else, of those that the study's rules may choose for the area and urgency,
    the one whose expected drive is nearest to the stamped one.
    """
    hospitals, rules = ground.service.hospitals, ground.rules
    said = (row["destination"] or "").casefold()
    named = [at for at, one in enumerate(hospitals) if said and said in (one.id.casefold(), one.name.casefold())]
    if named:
        return Where(int(rules.hospital_node[named[0]]), float(rules.hospital_leg[named[0]]), False, 0.0)
    if row["lat"] is None or row["lon"] is None or row["urgency"] not in URGENCIES:
        return scene
    area, _ = ground.nearest_area(row["lat"], row["lon"])
    k = urgency_code(row["urgency"])
    chance = np.diff(rules.choice_below[rules.area_zone[area], k], prepend=0.0)
    may = np.unique(rules.nearest[area, k][chance > 0.0])
    road_s = ground.world.roads.seconds[0, rules.hospital_node[may], scene.node].astype(np.float64)
    whole_s = (scene.leg_s + road_s + rules.hospital_leg[may]) * ground.factor(SPEED_TRANSPORT, row["dest_t"])
    driven_s = 0.0 if row["leave_t"] is None else (row["dest_t"] - row["leave_t"]) / 1000
    at = int(may[np.abs(whole_s - driven_s).argmin()])
    return Where(int(rules.hospital_node[at]), float(rules.hospital_leg[at]), False, 0.0)


def _tell_incidents(made: _Made, rows: Sequence[Row]) -> None:
    """Each incident is opened when it was made, at the latest when the first unit was sent, and closed at the end."""
    for name, of in _by_incident(rows).items():
        first = of[0]
        if first["lat"] is None or first["lon"] is None or first["urgency"] not in URGENCIES:
            continue
        opened = min(one for one in (first["created_t"], first["call_t"], first["begin"]) if one is not None)
        place = {"lat": first["lat"], "lon": first["lon"]}
        made.say(opened, STAMPED, kind="incident_opened", incident=name, urgency=first["urgency"], position=place)
        ends = [row["free_t"] for row in of]
        if all(one is not None for one in ends):
            made.say(max(ends), STAMPED, kind="incident_closed", incident=name)


def _decisions(
    ground: Ground, rows: Sequence[Row], entries: Sequence[Entry], stretch: Stretch
) -> tuple[list[Happened], dict[str, int]]:
    """What was decided in the stretch, and what cannot be asked about, by reason."""
    happened, left_out = [], Counter[str]()
    mobilised = {(entry.subject, entry.body.get("incident"), entry.time_ms): entry.number for entry in entries
                 if entry.kind == "unit_status" and entry.body["status"] == "mobilising"}  # fmt: skip
    for name, of in _by_incident(rows).items():
        decided_ms = of[0]["begin"]
        if decided_ms < stretch.begin_ms:
            continue
        together = [row for row in of if row["begin"] <= decided_ms + TOGETHER_MS]
        reason = _why_left_out(ground, together)
        if reason is not None:
            left_out[reason] += 1
            continue
        main = [row for row in together if is_main(ground, row["unit"])]
        first = min(main, key=lambda row: (row["scene_t"] or LATER, row["begin"], row["unit"]))
        before = min(mobilised[row["unit"], name, row["begin"]] for row in together if row["unit"] in ground.unit_index)
        scene_ms = first["scene_t"]
        stamped_s = None if scene_ms is None else (scene_ms - decided_ms) / 1000
        units = tuple(sorted({row["unit"] for row in together}))
        happened.append(Happened(name, decided_ms, before - 1, first["unit"], units, stamped_s))
    return sorted(happened, key=lambda one: (one.decided_ms, one.before)), dict(left_out)


def _why_left_out(ground: Ground, together: Sequence[Row]) -> str | None:
    first = together[0]
    if all(row["planned"] for row in together):
        return "planned"
    if first["lat"] is None or first["lon"] is None:
        return "no_place"
    if first["urgency"] not in URGENCIES:
        return "no_urgency"
    if all(row["unit"] not in ground.unit_index for row in together):
        return "unit_not_in_the_study"
    return None if any(is_main(ground, row["unit"]) for row in together) else "no_main_unit"


def _by_incident(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(f"i-{row['incident']}", []).append(row)
    return found


def _entry(number: int, at_ms: int, what: Row) -> Entry:
    """An event through the very form that a feed has."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    sent = read_event({"id": f"r{number}", "time": moment, "sequence": number, **what})
    assert not isinstance(sent, Refused), sent
    return Entry(number, sent.source, sent.id, "", at_ms, at_ms, number, sent.kind, sent.subject, sent.body, "")
