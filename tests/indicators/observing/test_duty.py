"""Intervals on duty, joined: held against seconds counted one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from beredt.indicators.observing.duty import joined

interval = st.tuples(st.integers(0, 2), st.integers(-5, 30), st.integers(-5, 40))


@given(st.lists(interval, max_size=12))
def test_joined_intervals_hold_the_same_seconds_and_lie_apart(rows: list[tuple[int, int, int]]) -> None:
    unit, on_s, off_s = (np.array([row[place] for row in rows], np.float64) for place in range(3))
    duty = joined(unit.astype(np.int32), on_s, off_s, "roster")
    wanted = {(u, second) for u, on, off in rows for second in range(on, off)}
    found = [
        (u, second)
        for u, on, off in zip(duty.unit.tolist(), duty.on_s.tolist(), duty.off_s.tolist(), strict=True)
        for second in range(int(on), int(off))
    ]
    assert len(found) == len(set(found))
    assert set(found) == wanted
    same = duty.unit[1:] == duty.unit[:-1]
    assert (duty.on_s[1:][same] > duty.off_s[:-1][same]).all()
