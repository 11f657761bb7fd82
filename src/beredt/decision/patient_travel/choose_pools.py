"""Which pools drive: the choice that saves most kilometres, each patient in one taxi.

    maximise    Σ saved_km(p)·x(p)
    subject to  Σ x(p) ≤ 1     over the pools of a patient,   x(p) ∈ {0, 1}

A patient in no pool goes alone, so this is a set partition. Pools that share no patient, directly or through others,
are solved apart: the optimum of all is the sum of theirs. Pools hold patients of nearly the same time, so one may
walk through the patients in the order of time and remember, for each set of later patients who are spoken for, the
most that can have been saved: exact, and ten times as fast as an integer programme. Where too many wait at once to
remember all sets, the integer programme is solved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from beredt.decision.patient_travel.pools import Pools
from beredt.siting.program import Program, solve

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

MOST_SETS = 4_000
"""Sets of patients remembered at once, beyond which the integer programme is sooner done."""


_Chain: TypeAlias = "tuple[int, _Chain] | None"


class Chosen(NamedTuple):
    """One pool that drives: its trips, its km, and the extra ride and wait of each, seconds."""

    members: tuple[int, ...]
    km: float
    extra_s: tuple[float, ...]
    wait_s: tuple[float, ...]


def choose_pools(parts: tuple[Pools, ...], time_s: F8) -> tuple[Chosen, ...]:
    """The best choice of pools, proved.

    Args:
        parts: pools by size.
        time_s: [trips] the time that binds each trip, of all trips.
    """
    if not parts:
        return ()
    rows, columns, saved, start = [], [], [], [0]
    for part in parts:
        n, k = part.members.shape
        rows.append(part.members.ravel())
        columns.append(start[-1] + np.repeat(np.arange(n), k))
        saved.append(part.saved_km)
        start.append(start[-1] + n)
    picked = _choose(np.concatenate(rows), np.concatenate(columns), np.concatenate(saved), time_s)
    found = []
    for number, part in enumerate(parts):
        own = picked[(picked >= start[number]) & (picked < start[number + 1])] - start[number]
        found += [
            Chosen(
                tuple(part.members[one].tolist()),
                float(part.km[one]),
                tuple(part.extra_s[one].tolist()),
                tuple(part.wait_s[one].tolist()),
            )
            for one in own.tolist()
        ]
    return tuple(found)


def _choose(row: I8, column: I8, saved: F8, time_s: F8) -> I8:
    """Columns of the best packing, ascending; `row` and `column` name the ones of the matrix."""
    trips = time_s.size
    links = coo_array((np.ones(row.size), (row, trips + column)), shape=(trips + saved.size, trips + saved.size))
    _, label = connected_components(links, directed=False)
    own = label[trips:]
    order = np.argsort(own, kind="stable")
    cuts = np.flatnonzero(np.diff(own[order])) + 1
    entry = np.argsort(column, kind="stable")
    row = row[entry]
    begins = np.searchsorted(column[entry], np.arange(saved.size + 1))
    picked = []
    for part in np.split(order, cuts):
        members = [row[begins[one] : begins[one + 1]].tolist() for one in part.tolist()]
        picked.append(part[pack(members, saved[part].tolist(), time_s)])
    return np.sort(np.concatenate(picked))


def pack(members: Sequence[Sequence[int]], saved: Sequence[float], time_s: F8) -> list[int]:
    """Positions of the pools to drive, ascending, of pools with these trips and savings; exact."""
    found = pack_in_time(members, saved, time_s, MOST_SETS)
    return pack_by_programme(members, saved) if found is None else found


def pack_in_time(
    members: Sequence[Sequence[int]], saved: Sequence[float], time_s: F8, most_sets: int
) -> list[int] | None:
    """The best packing by walking through the trips in the order of time; None beyond `most_sets` sets at once."""
    order = sorted({trip for own in members for trip in own}, key=lambda trip: (float(time_s[trip]), trip))
    place = {trip: number for number, trip in enumerate(order)}
    starting: list[list[tuple[int, float, int]]] = [[] for _ in order]
    for pool, (own, worth) in enumerate(zip(members, saved, strict=True)):
        first, *others = sorted(place[trip] for trip in own)
        starting[first].append((sum(1 << (other - first) for other in others), worth, pool))
    # Bit i of a set: the trip i places on is in a pool already. Chains of (pool, chain before) say how it came about.
    best: dict[int, tuple[float, _Chain]] = {0: (0.0, None)}
    for pools in starting:
        after: dict[int, tuple[float, _Chain]] = {}
        for spoken, (worth, chain) in best.items():
            _remember(after, spoken >> 1, worth, chain)
            if not spoken & 1:
                for rest, more, pool in pools:
                    if not rest & spoken:
                        _remember(after, (spoken | rest) >> 1, worth + more, (pool, chain))
        if len(after) > most_sets:
            return None
        best = after
    chain, chosen = best[0][1], []
    while chain is not None:
        pool, chain = chain
        chosen.append(pool)
    return sorted(chosen)


def _remember(best: dict[int, tuple[float, _Chain]], spoken: int, worth: float, chain: _Chain) -> None:
    known = best.get(spoken)
    if known is None or known[0] < worth:
        best[spoken] = worth, chain


def pack_by_programme(members: Sequence[Sequence[int]], saved: Sequence[float]) -> list[int]:
    """The best packing by an integer programme."""
    flat = np.array([trip for own in members for trip in own])
    _, line = np.unique(flat, return_inverse=True)
    column = np.repeat(np.arange(len(members)), [len(own) for own in members])
    m, n = int(line.max()) + 1, len(members)
    solved = solve(
        Program(
            cost=np.array(saved, np.float64),
            low=np.zeros(n),
            high=np.ones(n),
            integer=np.ones(n, bool),
            rows=coo_array((np.ones(flat.size), (line, column)), shape=(m, n)).tocsr(),
            row_low=np.full(m, -np.inf),
            row_high=np.ones(m),
            sense="max",
        )
    )
    return np.flatnonzero(solved.x > 0.5).tolist()
