"""The transport plan against a slow twin that places one patient after the other, and laws that it keeps."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.major_incident.severity import Patients
from beredt.decision.major_incident.transport_plan import NO_ROOM, plan_transport

COUNTS = st.tuples(*[st.integers(0, 9)] * 3)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Patients], list[list[float]], list[list[int]], Patients]:
    incidents, hospitals = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    patients = [draw(COUNTS) for _ in range(incidents)]
    drive_s = [[float(draw(st.integers(1, 5))) for _ in range(hospitals)] for _ in range(incidents)]
    capacity = [list(draw(COUNTS)) for _ in range(hospitals)]
    one, two, three = (draw(st.integers(1, 4)) for _ in range(3))
    return patients, drive_s, capacity, (one, two, three)


def slow_twin(
    patients: list[Patients], drive_s: list[list[float]], capacity: list[list[int]]
) -> Counter[tuple[int, int, int]]:
    """Patients by incident, severity and hospital: each looks through all hospitals for the nearest with a bed."""
    room = [list(row) for row in capacity]
    placed: Counter[tuple[int, int, int]] = Counter()
    for severity in range(3):
        for incident, of_incident in enumerate(patients):
            for _ in range(of_incident[severity]):
                best = NO_ROOM
                for hospital in range(len(room)):
                    if room[hospital][severity] and (
                        best == NO_ROOM or drive_s[incident][hospital] < drive_s[incident][best]
                    ):
                        best = hospital
                if best != NO_ROOM:
                    room[best][severity] -= 1
                placed[incident, severity, best] += 1
    return placed


@given(problems())
def test_it_is_the_twins_plan_and_loses_nobody(
    problem: tuple[list[Patients], list[list[float]], list[list[int]], Patients],
) -> None:
    patients, drive_s, capacity, per_unit = problem
    loads = plan_transport(patients, np.array(drive_s), np.array(capacity), per_unit)
    placed: Counter[tuple[int, int, int]] = Counter()
    for load in loads:
        assert 1 <= load.patients <= per_unit[load.severity]
        placed[load.incident, load.severity, load.hospital] += load.patients
    assert placed == slow_twin(patients, drive_s, capacity)
    assert sum(load.patients for load in loads) == sum(map(sum, patients))
    assert [load.severity for load in loads] == sorted(load.severity for load in loads)
    units = Counter((load.incident, load.severity, load.hospital) for load in loads)
    assert all(count == -(-placed[key] // per_unit[key[1]]) for key, count in units.items()), "no unit too many"


def test_the_next_hospital_takes_over_when_the_nearest_is_full_and_the_rest_is_told() -> None:
    """Three red patients, one bed near, one far: by hand."""
    loads = plan_transport([(3, 0, 0)], np.array([[600.0, 300.0]]), np.array([[1, 0, 0], [1, 0, 0]]), (1, 2, 4))
    assert [(load.hospital, load.patients) for load in loads] == [(1, 1), (0, 1), (NO_ROOM, 1)]
