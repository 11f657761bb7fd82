"""How long it takes to count one replication: `python -m benchmarks.tally [incidents]`.

The year is made up, of the size of the bundled study: the figures mean nothing, only the time does.
"""

from __future__ import annotations

import pickle
import statistics
import sys
from datetime import date
from time import perf_counter, process_time

import numpy as np

from beredt.simulation.kernel_cache import prepare_kernel_cache

AREAS, GROUPS, ZONES, UNITS, STATIONS, DAYS = 2_200, 70, 45, 60, 20, 365
DAY_S = 86_400.0
RUNS = 15


def main() -> None:
    """Measure and print."""
    prepare_kernel_cache()
    from beredt.indicators.tally import tally

    incidents = int(sys.argv[1]) if len(sys.argv) > 1 else 150_000
    random = np.random.default_rng(1)
    frame, year = made_up_frame(random), made_up_year(random, incidents)
    begin = perf_counter()
    counted = tally(frame, year)
    print(f"first call, compiled or from the cache: {perf_counter() - begin:.1f} s")
    times_ms = []
    for _ in range(RUNS):
        begin = process_time()  # time at work: others may be at work on this machine, too
        tally(frame, year)
        times_ms.append((process_time() - begin) * 1_000)
    print(f"{incidents} incidents, {year.missions.unit.size} missions, {year.stints.unit.size} stints")
    print(f"tally: median {statistics.median(times_ms):.1f} ms, best {min(times_ms):.1f} ms of {RUNS}")
    print(f"size on its way to another process: {len(pickle.dumps(counted)) / 1e6:.2f} MB")


def made_up_frame(random: np.random.Generator):  # type: ignore[no-untyped-def]  # numba stays unimported until main
    """Areas, groups and units at random, units on duty around the clock or by day."""
    from beredt.indicators.observed import Frame

    def indices(size: int, count: int) -> np.ndarray:
        return random.integers(0, count, size).astype(np.int32)

    zone = indices(AREAS, ZONES)
    groups = np.vstack([np.ones(AREAS, bool), np.arange(ZONES)[:, None] == zone, random.random((24, AREAS)) < 0.08])
    by_day = np.arange(UNITS) % 3 == 0
    duty = [(u, (d * 24 + 8) * 3600.0, (d * 24 + 20) * 3600.0) for u in np.flatnonzero(by_day) for d in range(DAYS + 3)]
    duty += [(u, 0.0, (DAYS + 3) * DAY_S) for u in np.flatnonzero(~by_day)]
    duty_unit, on, off = zip(*duty, strict=True)

    def names(what: str, count: int) -> tuple[str, ...]:
        return tuple(f"{what}-{number}" for number in range(count))

    return Frame(
        area_ids=names("area", AREAS),
        area_zone=zone,
        zone_ids=names("zone", ZONES),
        area_municipality=zone // 3,
        municipality_ids=names("municipality", ZONES // 3),
        groups=groups[:GROUPS],
        group_ids=names("group", GROUPS),
        group_kinds=("all", *["study"] * 9, *["municipality"] * 15, *["district"] * 45),
        area_target_s=np.tile([720.0, 1500.0, np.inf], (AREAS, 1)),
        area_people=random.random(AREAS) * 500,
        area_nearest_station=indices(AREAS, STATIONS),
        area_centre=indices(AREAS, 2),
        area_org=indices(AREAS, 2),
        area_local=zone < 3,
        local_group="group-1",
        unit_ids=names("unit", UNITS),
        unit_station=indices(UNITS, STATIONS),
        station_ids=names("station", STATIONS),
        unit_kind=indices(UNITS, 2),
        kind_ids=names("kind", 2),
        unit_centre=indices(UNITS, 2),
        centre_ids=names("centre", 2),
        unit_org=indices(UNITS, 2),
        org_ids=names("org", 2),
        unit_local=np.arange(UNITS) < 8,
        unit_municipality=np.zeros(UNITS, np.int32),
        unit_primary=np.arange(UNITS) < UNITS - 4,
        unit_stops_clock=np.ones(UNITS, bool),
        duty_unit=np.array(duty_unit, np.int32),
        duty_on_t=np.array(on),
        duty_off_t=np.array(off),
        start_date=date(2026, 1, 1),
        start_s=2 * DAY_S,
        end_s=(2 + DAYS) * DAY_S,
    )


def made_up_year(random: np.random.Generator, incidents: int):  # type: ignore[no-untyped-def]
    """Incidents at random, 1.2 missions to each, and a way home after every mission."""
    from beredt.indicators.observed import ObservedIncidents, ObservedMissions, ObservedStints, Year

    call = np.sort(random.random(incidents)) * (DAYS + 3) * DAY_S
    ready = call + random.lognormal(5, 0.5, incidents)
    missions = incidents * 6 // 5
    incident = np.sort(np.concatenate([np.arange(incidents), random.integers(0, incidents, missions - incidents)]))
    assign = np.sort(ready[incident] + random.exponential(30, missions))
    scene = assign + random.lognormal(6.2, 0.5, missions)
    free = scene + random.lognormal(7.8, 0.4, missions)
    diverted = (random.random(missions) < 0.02).astype(np.int8)
    unit = random.integers(0, UNITS, missions).astype(np.int32)
    return Year(
        ObservedIncidents(
            call_t=call,
            ready_t=ready,
            urgency=random.integers(0, 3, incidents).astype(np.int8),
            area=random.integers(0, AREAS, incidents).astype(np.int32),
            queued=(random.random(incidents) < 0.02).astype(np.int8),
            held=(random.random(incidents) < 0.02).astype(np.int8),
            bumped=(random.random(incidents) < 0.02).astype(np.int32),
            asked=np.where(random.random(incidents) < 0.1, 1, -1).astype(np.int32),
            second_missing=(random.random(incidents) < 0.02).astype(np.int8),
        ),
        ObservedMissions(
            incident=incident.astype(np.int32),
            unit=unit,
            role=(random.random(missions) < 0.15).astype(np.int8),
            diverted=diverted,
            assign_t=assign,
            roll_t=assign + 60,
            scene_t=np.where(diverted, np.inf, scene),
            leave_t=scene + 1000,
            dest_t=scene + 1500,
            free_t=np.where(diverted, assign + 60, free),
            drive_km=random.random(missions) * 10,
            transport_km=random.random(missions) * 10,
        ),
        ObservedStints(
            unit=unit,
            kind=(random.random(missions) < 0.2).astype(np.int8),
            start_t=free,
            arrive_t=free + 600,
            end_t=free + 900,
            km=random.random(missions) * 10,
        ),
    )


if __name__ == "__main__":
    main()
