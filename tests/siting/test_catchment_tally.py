"""Who was there for acute calls: a tiny story by hand, and a twin in plain Python on a simulated year."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import numpy as np
import pytest

from beredt.indicators.observed import RESPONDER, Frame, ObservedIncidents, ObservedMissions, ObservedStints, Year
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import load_or_build_roads, study_roads
from beredt.siting.catchment_tally import Acute, CatchmentCounter, mean_work_s
from beredt.siting.catchments import Catchments, catchments_of
from beredt.siting.roster_design import staffed_stations
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def observed(study: Study) -> Iterator[tuple[Catchments, Frame, Year]]:
    network = load_or_build_roads(study)
    roads = study_roads(study, network)
    catchments = catchments_of(study, study.service, roads, staffed_stations(study.service), borders=True)
    with Simulator(study, network, 1) as simulator:
        (timed,) = simulator.observe(study.service, 1)
        yield catchments, simulator.frame_of(study.service), timed.year


def ms(value: float) -> int:
    return round(value * 1000)


def is_busy(year: Year, unit: int, t: int) -> bool:
    missions = year.missions
    return any(
        ms(missions.assign_t[row]) < t and (not np.isfinite(missions.free_t[row]) or t <= ms(missions.free_t[row]))
        for row in np.flatnonzero(missions.unit == unit)
    )


def is_on_duty(frame: Frame, unit: int, t: int) -> bool:
    rows = np.flatnonzero(frame.duty_unit == unit)
    return any(ms(frame.duty_on_t[row]) < t <= ms(frame.duty_off_t[row]) for row in rows)


def first_station(frame: Frame, year: Year, incident: int) -> str | None:
    missions = year.missions
    rows = [
        row
        for row in np.flatnonzero(missions.incident == incident)
        if not missions.diverted[row]
        and frame.unit_stops_clock[missions.unit[row]]
        and np.isfinite(missions.scene_t[row])
    ]
    if not rows:
        return None
    first = min(rows, key=lambda row: (ms(float(missions.scene_t[row])), int(row)))
    return frame.station_ids[int(frame.unit_station[missions.unit[first]])]


def test_a_twin_in_plain_python_counts_the_same(observed: tuple[Catchments, Frame, Year]) -> None:
    catchments, frame, year = observed
    tally = CatchmentCounter(catchments.station_ids, catchments.of_area)(frame, year)
    wanted = np.zeros_like(tally.acute)
    incidents = year.incidents
    for i in np.flatnonzero(incidents.urgency == 0):
        t = incidents.call_t[i]
        if not frame.start_s <= t < frame.end_s or incidents.area[i] < 0:
            continue
        place = int(catchments.of_area[incidents.area[i]])
        station = catchments.station_ids[place]
        ready = ms(incidents.ready_t[i])
        free = any(
            frame.station_ids[frame.unit_station[unit]] == station
            and frame.unit_primary[unit]
            and is_on_duty(frame, unit, ready)
            and not is_busy(year, unit, ready)
            for unit in range(len(frame.unit_ids))
        )
        answered = first_station(frame, year, int(i)) == station
        limit = frame.area_target_s[incidents.area[i], 0]
        scenes = [
            year.missions.scene_t[row]
            for row in np.flatnonzero(year.missions.incident == i)
            if not year.missions.diverted[row] and frame.unit_stops_clock[year.missions.unit[row]]
        ]
        within = bool(scenes) and ms(min(scenes)) - ms(t) <= ms(limit)
        marks = [True, free, answered, free or answered, bool(np.isfinite(limit)), bool(np.isfinite(limit)) and within]
        wanted[place, int((ms(t) - ms(frame.start_s)) // 3_600_000 % 24)] += np.array(marks, np.int32)
    assert tally.acute.tolist() == wanted.tolist()
    assert tally.acute[..., Acute.CALLS].sum() > 50
    assert 0 < tally.acute[..., Acute.FREE].sum() < tally.acute[..., Acute.CALLS].sum()


def test_work_is_the_time_of_all_units_but_responders(observed: tuple[Catchments, Frame, Year]) -> None:
    catchments, frame, year = observed
    tally = CatchmentCounter(catchments.station_ids, catchments.of_area)(frame, year)
    missions, incidents = year.missions, year.incidents
    inside = (incidents.call_t >= frame.start_s) & (incidents.call_t < frame.end_s) & (incidents.area >= 0)
    counted = (missions.role != RESPONDER) & np.isfinite(missions.free_t) & inside[missions.incident]
    total_s = float((missions.free_t - missions.assign_t)[counted].sum())
    assert tally.work_ms.sum() / 1000 == pytest.approx(total_s, abs=0.002 * counted.sum())
    assert tally.calls.sum() == len(np.unique(missions.incident[counted]))
    assert (mean_work_s([tally, tally]) > 0).all()


def frame_and_year(frame: Frame, ready_s: float, missions: list[tuple[int, int, float, float]]) -> Year:
    """One acute call in the first area an hour into the period; missions are (incident, unit, assign, free)."""
    start = frame.start_s
    call = start + 3600.0
    n = len(missions)
    columns = np.array(missions, np.float64).reshape(n, 4)
    calls = np.array([start, call])
    return Year(
        ObservedIncidents(
            call_t=calls,
            ready_t=np.array([start, call + ready_s]),
            urgency=np.array([1, 0], np.int8),
            area=np.zeros(2, np.int32),
            queued=np.zeros(2, np.int8),
            held=np.zeros(2, np.int8),
            bumped=np.zeros(2, np.int32),
            asked=np.full(2, -1, np.int32),
            second_missing=np.zeros(2, np.int8),
        ),
        ObservedMissions(
            incident=columns[:, 0].astype(np.int32),
            unit=columns[:, 1].astype(np.int32),
            role=np.zeros(n, np.int8),
            diverted=np.zeros(n, np.int8),
            assign_t=columns[:, 2] + start,
            roll_t=columns[:, 2] + start + 60,
            scene_t=columns[:, 2] + start + 300,
            leave_t=columns[:, 2] + start + 900,
            dest_t=columns[:, 2] + start + 1200,
            free_t=columns[:, 3] + start,
            drive_km=np.zeros(n),
            transport_km=np.zeros(n),
        ),
        _no_stints(),
    )


def _no_stints() -> ObservedStints:
    none = np.zeros(0)
    return ObservedStints(none.astype(np.int32), none.astype(np.int8), none, none, none, none)


def test_free_before_the_call_not_sent_and_yet_held(observed: tuple[Catchments, Frame, Year]) -> None:
    catchments, frame, _ = observed
    counter = CatchmentCounter(catchments.station_ids, catchments.of_area)
    station = catchments.station_ids[catchments.of_area[0]]
    home = [frame.station_ids[place] for place in frame.unit_station]
    mine = [u for u, name in enumerate(home) if name == station and frame.unit_primary[u]]
    other = next(u for u, name in enumerate(home) if name != station and frame.unit_stops_clock[u])

    def marks(missions: list[tuple[int, int, float, float]]) -> list[int]:
        counts = counter(frame, frame_and_year(frame, 60.0, missions)).acute.sum(axis=(0, 1))
        return [int(one) for one in counts[:4]]

    assert marks([(1, other, 3660.0, 7000.0)]) == [1, 1, 0, 1]
    assert marks([(1, mine[0], 3660.0, 7000.0)]) == [1, 1, 1, 1]
    busy = [(0, unit, 10.0, 6000.0) for unit in mine]
    assert marks([*busy, (1, other, 3660.0, 7000.0)]) == [1, 0, 0, 0]
    # Free in the very moment in which the call is ready: not free just before it.
    until = [(0, unit, 10.0, 3660.0) for unit in mine]
    assert marks([*until, (1, mine[0], 3660.0, 7000.0)]) == [1, 0, 1, 1]


def test_it_can_be_sent_to_a_worker() -> None:

    counter = CatchmentCounter(("a",), np.zeros(3, np.int32))
    assert pickle.loads(pickle.dumps(counter)).station_ids == ("a",)
