"""Larson's hypercube: which units are busy together, when units have places and each call wants the nearest free one.

R. C. Larson, *A hypercube queuing model for facility location and redistricting in urban emergency services*, Computers
& Operations Research 1 (1974) 67–95. Calls of area j come at random with rate λ_j and take the first free unit of that
area's list; unit n is busy for an exponential time with rate μ_n, wherever it is sent. A state is the set of busy
units, a corner of a cube with one dimension per unit. With p(S) the share of time in state S, what leaves a state
equals what enters it:

    p(S)·(Σ_{n ∈ S} μ_n + λ·[some unit is free])
        = Σ_{n ∈ S} p(S∖n)·(Σ of λ_j that choose n in state S∖n) + Σ_{n ∉ S} p(S ∪ n)·μ_n

Solved directly, not by iteration: only states with one unit more or less are neighbours, so the equations are
eliminated one number of busy units after the other, from all busy downwards. The result is exact to rounding (relative
errors near 1e-13), since every pivot matrix is an M-matrix with positive row excess.

The capacity of the line, for those who find all units busy:

* ``queue=False`` (Larson's zero line): they are served by somebody else and never seen again;
* ``queue=True`` (infinite line): they wait, and a unit that becomes free takes the earliest call. All states with a
  queue have all units busy, and the number waiting is geometric with ratio r = λ/Σμ_n; so the corners keep their
  proportions, and all-busy weighs 1/(1 − r) times as much.

Departures from Larson: each unit may have its own rate, and an area's list holds every unit in one order (he splits
ties).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.coverage.erlang import F8
from beredt.errors import OutOfRangeError

I8 = NDArray[np.int64]

MOST_UNITS = 14
"""The largest layer of the cube then has 3,432 corners: seconds, and some hundred MB."""


class Hypercube(NamedTuple):
    """Shares of time and of calls in the long run. N units, J areas; bit n of a state is set when unit n is busy."""

    states: F8  # [2^N] share of time by set of busy units, whatever waits
    utilisation: F8  # [N] share of time each unit is busy
    dispatches: F8  # [N, J] share of all calls: unit n is sent to area j; sums to 1 − lost share
    all_busy: float  # share of time, and of calls, that find no unit: they wait or are lost
    wait_mean_s: float  # of all calls, in the unit of time of the rates; 0 without a queue


def hypercube(calls: ArrayLike, preferences: ArrayLike, rates: ArrayLike, *, queue: bool) -> Hypercube:
    """Solve the hypercube.

    Args:
        calls: [J] calls per second of each area, 0 or more, with a sum above 0.
        preferences: [J, N] unit numbers from 0, the first choice of each area first; every unit once.
        rates: [N] missions per second that a busy unit ends, above 0; or one number for all.
        queue: whether those who find all units busy wait (their sum must then be below that of the rates) or are lost.

    Raises:
        OutOfRangeError: an argument is outside its range, or there are more than `MOST_UNITS` units.
    """
    wanted, order = np.asarray(calls, np.float64), np.asarray(preferences, np.int64)
    _check_calls(wanted, order)
    units = order.shape[1]
    ends = np.broadcast_to(np.asarray(rates, np.float64), (units,))
    if not np.all((ends > 0.0) & np.isfinite(ends)):
        raise OutOfRangeError("rates", rates, "give missions per second that a busy unit ends, above 0")
    total, fastest = float(wanted.sum()), float(ends.sum())
    if queue and total >= fastest:
        remedy = f"the queue grows for ever, as all units end {fastest:.6g} missions in the same time: give fewer"
        raise OutOfRangeError("calls in all", total, remedy)
    first_free = _first_free(order)
    states = _states(wanted, first_free, ends)
    weight = 1.0 / (1.0 - total / fastest) if queue else 1.0
    states[-1] *= weight
    states /= states.sum()
    return _summary(states, wanted / total, first_free, ends, total, queue=queue)


def _check_calls(wanted: F8, order: I8) -> None:
    if wanted.ndim != 1 or not np.all((wanted >= 0.0) & np.isfinite(wanted)) or wanted.sum() <= 0.0:
        raise OutOfRangeError("calls", wanted.tolist(), "give one rate per area, 0 or more, and not only zeros")
    if order.ndim != 2 or order.shape[0] != wanted.size or order.shape[1] < 1:
        raise OutOfRangeError("the shape of preferences", order.shape, f"give a list of units for {wanted.size} areas")
    if order.shape[1] > MOST_UNITS:
        raise OutOfRangeError("the number of units", order.shape[1], f"the exact model takes {MOST_UNITS} at most")
    if np.any(np.sort(order, axis=1) != np.arange(order.shape[1])):
        raise OutOfRangeError("preferences", order.tolist(), "each area's list must hold every unit once, from 0")


def _first_free(order: I8) -> I8:
    """The unit that each area gets in each state: [J, 2^N], −1 where all are busy."""
    areas, units = order.shape
    states = np.arange(1 << units)
    first = np.full((areas, states.size), -1, np.int64)
    for area, rank in np.ndindex(areas, units):
        unit = order[area, rank]
        first[area, (first[area] < 0) & (states >> unit & 1 == 0)] = unit
    return first


def _states(wanted: F8, first_free: I8, ends: F8) -> F8:
    """Share of time of each state without a queue, by block elimination over the number of busy units."""
    units, size = ends.size, first_free.shape[1]
    numbers = np.arange(size)
    bits = numbers[:, None] >> np.arange(units) & 1
    layers = [np.flatnonzero(bits.sum(axis=1) == busy) for busy in range(units + 1)]
    place = np.empty(size, np.int64)
    for layer in layers:
        place[layer] = np.arange(layer.size)
    # How a layer's shares follow from those of the layer below: p_k = p_{k−1} · lift_k.
    lifts: list[F8] = []
    returned = np.zeros((1, 1))  # what comes back to the layer from all above it
    for busy in range(units, 0, -1):
        here, below = layers[busy], layers[busy - 1]
        leave = bits[here] @ ends + (wanted.sum() if busy < units else 0.0)
        up = _moves_up(wanted, first_free[:, below], below, place, here.size)
        # numpy solves from the left; we want up · (diag(leave) − returned)⁻¹.
        lift = np.linalg.solve((np.diag(leave) - returned).T, up.T).T
        returned = lift @ _moves_down(ends, here, bits[here], place, below.size)
        lifts.append(np.asarray(lift, np.float64))
    shares = np.zeros(size)
    shares[0] = 1.0
    for busy, lift in enumerate(reversed(lifts), start=1):
        shares[layers[busy]] = shares[layers[busy - 1]] @ lift
    return np.asarray(shares / shares.sum())


def _moves_up(wanted: F8, first_free: I8, below: I8, place: I8, above: int) -> F8:
    """Rates from the states of a layer to those with one more busy unit."""
    up = np.zeros((below.size, above))
    for rate, units in zip(wanted, first_free, strict=True):
        up[np.arange(below.size), place[below | (1 << units)]] += rate
    return up


def _moves_down(ends: F8, here: I8, bits: I8, place: I8, below: int) -> F8:
    """Rates from the states of a layer to those with one unit less busy."""
    down = np.zeros((here.size, below))
    row, unit = np.nonzero(bits)
    down[row, place[here[row] ^ (1 << unit)]] = ends[unit]
    return down


def _summary(states: F8, share: F8, first_free: I8, ends: F8, total: float, *, queue: bool) -> Hypercube:
    units = ends.size
    bits = np.arange(states.size)[:, None] >> np.arange(units) & 1
    all_busy = float(states[-1])
    dispatches = np.array([[states[chosen == unit].sum() for chosen in first_free] for unit in range(units)]) * share
    if queue:
        # The head of the queue gets whoever is free first, wherever it is.
        dispatches = dispatches + all_busy * np.outer(ends / ends.sum(), share)
    wait = all_busy / (ends.sum() - total) if queue else 0.0
    return Hypercube(states, np.asarray(states @ bits), dispatches, all_busy, float(wait))
