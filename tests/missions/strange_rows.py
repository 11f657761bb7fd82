"""Rows with anything that can be in a log, for hypothesis."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import strategies as st

from beredt.missions.coordinates import from_degrees
from beredt.missions.schema import STAMPS
from tests.missions.plain_rows import STEPS_MIN, X, Y, mission

CALLS = (
    datetime(2026, 3, 10, 12),
    datetime(2026, 3, 10, 23, 50),
    datetime(2026, 3, 29, 1, 45),
    datetime(2026, 10, 25, 1, 45),
    datetime(2026, 10, 25, 2, 30),
)
SHIFTS = st.one_of(
    st.just(timedelta()),
    st.sampled_from([timedelta(days=-1), timedelta(days=1), timedelta(hours=-1), timedelta(days=-9000)]),
    st.integers(-3000, 3000).map(lambda s: timedelta(seconds=s)),
    st.integers(-400_000_000, 400_000_000).map(lambda ms: timedelta(milliseconds=ms)),
)
_EAST, _NORTH = from_degrees(np.array([59.9]), np.array([10.5]), "EPSG:25832")
PLACES = st.one_of(
    st.just((X, Y)),
    st.sampled_from(
        [
            *((Y, X), (X * 100, Y * 100), (10.5, 59.9), (0.0, 0.0), (None, None), (X, None)),
            *((X + 400_000, Y), (float(round(_EAST[0], 3)), float(round(_NORTH[0], 3))), (-5.0, 1e12)),
        ]
    ),
    st.tuples(st.integers(200_000_000, 300_000_000), st.integers(6_600_000_000, 6_700_000_000)).map(
        lambda mm: (mm[0] / 1000, mm[1] / 1000)
    ),
)


@st.composite
def strange_mission(draw: st.DrawFn) -> dict[str, Any]:
    """One row."""
    call = draw(st.sampled_from(CALLS))
    late = draw(st.dictionaries(st.sampled_from(list(STEPS_MIN)), st.one_of(st.none(), SHIFTS), max_size=4))
    stamps = {
        name: None if shift is None else call + timedelta(minutes=STEPS_MIN[name]) + shift
        for name, shift in late.items()
    }
    if draw(st.integers(0, 15)) == 0:
        stamps = dict.fromkeys(STAMPS)
    x, y = draw(PLACES)
    return mission(
        call,
        **stamps,
        x=x,
        y=y,
        unit=draw(st.sampled_from(["bil-1", "bil-1", "bil-2", "lege", ""])),
        unit_kind=draw(st.sampled_from(["ambulance", "single_responder", "ufo", ""])),
        station=draw(st.sampled_from(["baerum", "månen", ""])),
        urgency=draw(st.sampled_from(["A", "A", "H", "V", "Q", ""])),
        key=draw(st.sampled_from(["", "", "1", "2"])),
        cancelled=draw(st.sampled_from([None, False, True])),
        age=draw(st.sampled_from([None, 40, -3, 400])),
        km=draw(st.sampled_from([None, 12.5, -1.0, 1e6])),
        planned=draw(st.sampled_from([None, True, False])),
    )


STRANGE_LOGS = st.lists(strange_mission(), min_size=1, max_size=12)
