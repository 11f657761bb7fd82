"""A stretch of the simulated year: the same rules, roads and rosters, from one moment to another.

Times stay those of the year, so that weekday, clock and draws are what they are there. A run of a stretch that is the
whole year is the run of the year itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

import numpy as np

from beredt.demand.generate import GeneratedCalls
from beredt.dispatch.records import DUTY, Land
from beredt.dispatch.roads import Records


class Window(NamedTuple):
    """Seconds from simulated time 0: all units are at home at `begin_s`, and nothing happens from `end_s` on."""

    begin_s: float
    alarm_s: float
    end_s: float


def cut_calls(calls: GeneratedCalls, window: Window) -> GeneratedCalls:
    """The calls of a window, in the same order."""
    first, last = np.searchsorted(calls.call_t, [window.begin_s, window.end_s])
    columns = {field.name: getattr(calls, field.name) for field in fields(calls)}
    cut: dict[str, Any] = {
        name: np.ascontiguousarray(column[..., first:last])
        for name, column in columns.items()
        if isinstance(column, np.ndarray)
    }
    return replace(calls, **cut)


def cut_land(land: Land, window: Window, never: Sequence[int] = (), called_s: float = np.inf) -> Land:
    """The service in a window: who is on duty when it begins, and the changes after that.

    Args:
        land: of the whole period.
        window: the stretch.
        never: numbers of units that no roster brings on duty.
        called_s: when those come on duty; infinite for never.
    """
    units, duty = land.units.copy(), land.duty
    before = duty[duty["t"] <= window.begin_s]
    units["on_at_start"][before["unit"]] = before["on"]  # the last of several holds
    units["on_at_start"][list(never)] = 0
    later = duty[(duty["t"] > window.begin_s) & ~np.isin(duty["unit"], list(never))]
    if np.isfinite(called_s):
        later = _in_order(np.concatenate([later, _coming_on(never, called_s)]))
    return land._replace(units=units, duty=later)


def _coming_on(units: Sequence[int], at_s: float) -> Records:
    rows = np.zeros(len(units), DUTY)
    rows["t"], rows["unit"], rows["on"] = at_s, units, 1
    return rows


def _in_order(duty: Records) -> Records:
    """As `pack` orders them: by time, unit, and off before on."""
    ordered: Records = duty[np.lexsort((duty["on"], duty["unit"], duty["t"]))]
    return ordered
