"""Table `kinds`: what each kind of unit does under every alternative, and how that differs from today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.level_and_change import level_and_change
from beredt.indicators.measures.units import unit_values
from beredt.indicators.moments import MS_PER_S
from beredt.indicators.observed import F8, I8, Frame
from beredt.indicators.runs import YEAR_DAYS
from beredt.indicators.tally import Tally
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES
from beredt.simulation.missions_table import ROLES

ALL = ""
USE = {"duty_h": "h per year", "active_h": "h per year", "km": "km per year", "utilisation": "share"}
RATIOS = ("utilisation", "response_mean_s")
"""Measures that a kind without units or incidents does not have; all others are 0 then."""


class Key(NamedTuple):
    """What names a figure."""

    kind: str
    measure: str
    role: str = ALL
    urgency: str = ALL


def tells_kinds(services: Mapping[str, Service]) -> bool:
    """Whether a run says more of kinds of unit than that they are there.

    So it is where a service has asks, or alternatives have not all the same kinds on their rosters.
    """
    rostered = {frozenset(unit.kind for unit in one.units) for one in services.values()}
    return len(rostered) > 1 or any(one.asks for one in services.values())


def kinds_table(frames: Mapping[str, Frame], tallies: Mapping[str, Sequence[Tally]]) -> pl.DataFrame:
    """The table, without rows where nobody counted by kind.

    Args:
        frames: by alternative, today among them.
        tallies: of `tally_with_kinds`, or of another count: then there are no rows.
    """
    if any(one.kinds is None for rows in tallies.values() for one in rows):
        return result_frame("kinds", ())
    values = {name: kind_values(frames[name], rows) for name, rows in tallies.items()}
    return result_frame("kinds", _rows(values))


def kind_values(frame: Frame, tallies: Sequence[Tally]) -> Mapping[Key, F8]:
    """All figures of an alternative, [R] each, of the kinds that it has units of; NaN where a replication has none."""
    per_year = YEAR_DAYS / tallies[0].days
    counted = [one.kinds for one in tallies if one.kinds is not None]
    missions = np.stack([one.missions for one in counted], axis=-1)  # [K, roles, 3, R]
    stopped = np.stack([one.stopped for one in counted], axis=-1)  # [K, 3, R]
    response_ms = np.stack([one.response_ms for one in counted], axis=-1)
    sums = np.stack([one.units for one in tallies])  # [R, U, what]
    found: dict[Key, F8] = {}
    for k, kind in enumerate(frame.kind_ids):
        mine = frame.unit_kind == k
        if not mine.any():
            continue
        use = unit_values(sums[:, mine].sum(axis=1), per_year)
        found |= {Key(kind, name): use[name] for name in USE}
        found |= _missions(kind, missions[k] * per_year)
        found |= _responses(kind, stopped[k], response_ms[k], per_year)
    return found


def _missions(kind: str, counts: F8) -> dict[Key, F8]:
    """By role and urgency, with all roles and all urgencies beside."""
    found = {Key(kind, "missions"): counts.sum(axis=(0, 1))}
    for r, role in enumerate(ROLES):
        found[Key(kind, "missions", role)] = counts[r].sum(axis=0)
        for u, urgency in enumerate(URGENCIES):
            found[Key(kind, "missions", role, urgency)] = counts[r, u]
    return found


def _responses(kind: str, stopped: I8, response_ms: I8, per_year: float) -> dict[Key, F8]:
    found = {}
    for urgency, count, sum_ms in (
        (ALL, stopped.sum(axis=0), response_ms.sum(axis=0)),
        *zip(URGENCIES, stopped, response_ms, strict=True),
    ):
        found[Key(kind, "stopped", ALL, urgency)] = count * per_year
        mean_s = np.where(count > 0, sum_ms / np.maximum(count, 1), np.nan) / MS_PER_S
        found[Key(kind, "response_mean_s", ALL, urgency)] = mean_s
    return found


def _rows(values: Mapping[str, Mapping[Key, F8]]) -> Iterator[dict[str, Cell]]:
    """Every figure that any alternative has, of every alternative: a kind that one lacks does nothing there."""
    keys = sorted(set().union(*values.values()))
    count = len(next(iter(values[TODAY].values())))
    for name, own in values.items():
        for key in keys:
            none = np.full(count, np.nan if key.measure in RATIOS else 0.0)
            drawn, today = own.get(key, none), values[TODAY].get(key, none)
            yield {
                "alternative": name,
                **key._asdict(),
                "unit": _unit_of(key.measure),
                **level_and_change(drawn, today),
            }


def _unit_of(measure: str) -> str:
    return "s" if measure == "response_mean_s" else USE.get(measure, "per year")
