"""Larson's hypercube without its corners: how busy each station's units are and whom they serve.

The exact model of :mod:`beredt.coverage.hypercube` doubles with every unit. This approximation solves one equation per
station instead, whatever the number of units. It was found in three steps; this file holds the last, which contains the
others:

* Larson [1]_ asks for the chance that the first M units of a list are busy and the next one is not. Were units busy
  independently of each other, with share ρ, it would be ρ^M·(1 − ρ). They are not: who finds one of them busy is likely
  to find the next one busy, too. So he multiplies with a factor Q, which is right if all units are alike;
* Jarvis [2]_ lets the duration of a mission depend on who serves whom;
* Budge, Ingolfsson and Erkut [3]_ put several units on a station, whose order among each other is of no interest.

With s_i units at station i, each busy a share ρ_i of the time, an area that lists stations 1, 2, … is served by its
k-th one with the share

    f_k = c · Q(M, s_k) · Π_{l < k} ρ_l^s_l · (1 − ρ_k^s_k),    M = Σ_{l < k} s_l,
    Q(M, s) = (H(M) − H(M + s)) / (ρ^M − ρ^(M + s))

where H(M) is the chance that M given units of a group of N equal ones are all busy, ρ = H(1), and c makes the shares of
an area sum to the share of calls that find anybody, which is taken from the group. What comes in by these shares keeps
the units busy, which is repeated until nothing changes:

    s_i·ρ_i = Σ_j λ_j·τ_ij·f_ij + (what comes from the queue)

Without a queue H(M) = B(N)/B(N − M) by Palm and Jacobæus [4]_, with Erlang's B at the load of the group; with one, it
is mixed of the states with and without a free unit.

How wrong it is was measured with `./dev bench hypercube`; the tables stand in docs/explanation/siting-models.md. In
random services of 4 to 12 units with equally long missions, shares of time busy were off by 0.1 to 0.8 percentage
points on average and by 4 at most, and up to 3 % of all calls were given to another station than in the exact model.
Beside a simulated queue of 12 to 60 units and 200 areas, with missions that last longer the farther away they are, the
mean error was 0.2 to 1.5 points, the largest 6. It is worse where many units share the work of few areas that ask for
very much: with 60 units and 30 areas up to 5 points on average, and 26 at one station. The share of calls that find
nobody is exact if all missions last equally long.

Departures from [3]_: each station's equation is solved for its own ρ within a round, not only evaluated, which settles
sooner; the factor Q is formed from logarithms and so holds for hundreds of units; and an area may leave stations out of
its list that may not serve it. It then sees a group of only those units that it lists, at the load at which they are as
busy on average as the listed ones are. With two halves that share nothing this is the answer for each half.

References:
    .. [1] Larson, R. C. (1975). Approximating the performance of urban emergency service systems. Operations Research
       23(5), 845-868. doi:10.1287/opre.23.5.845
    .. [2] Jarvis, J. P. (1985). Approximating the equilibrium behavior of multi-server loss systems. Management Science
       31(2), 235-239. doi:10.1287/mnsc.31.2.235
    .. [3] Budge, S., Ingolfsson, A., and Erkut, E. (2009). Approximating vehicle dispatch probabilities for emergency
       service systems with location-specific service times and multiple units per location. Operations Research 57(1),
       251-255. doi:10.1287/opre.1080.0591
    .. [4] Jacobæus, C. (1950). A study on congestion in link systems. Ericsson Technics 48, 1-68.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.coverage.all_busy import log_all_busy
from beredt.coverage.dispatch_lists import Ways, check_lists, read_ways
from beredt.coverage.erlang import F8
from beredt.errors import OutOfRangeError

I8 = NDArray[np.int64]


class ApproximateHypercube(NamedTuple):
    """Shares of time and of calls in the long run, approximately. S stations, J areas."""

    utilisation: F8  # [S] share of time that each unit of the station is busy; 0 where the station has none
    dispatches: F8  # [S, J] share of all calls: station s serves area j; sums to 1 − lost share
    nobody: F8  # [J] share of the area's calls that find no unit of their list: they wait or are lost
    rounds: int  # how often shares were worked out
    change: float  # of any utilisation in the last round; above the tolerance: it has not settled


def approximate_hypercube(
    calls: ArrayLike,
    preferences: ArrayLike,
    units: ArrayLike,
    mission_s: ArrayLike,
    *,
    queue: bool,
    tolerance: float = 1e-11,
    most_rounds: int = 2_000,
) -> ApproximateHypercube:
    """Solve the approximation.

    Args:
        calls: [J] calls per second of each area, 0 or more, with a sum above 0.
        preferences: [J, S] station numbers from 0, the first choice of each area first. No station twice; at the end of
            a list `NOBODY` may stand in place of stations that may not serve the area.
        units: [S] units of each station, 0 or more, at least one in all.
        mission_s: mean seconds that a unit of station s is busy with a call of area j, above 0: [S, J], or anything
            that spreads to it: [J], [S, 1], one number. Only the mean counts.
        queue: whether those who find all units busy wait, earliest first, and get whoever is free next; all lists must
            then hold all stations. Otherwise they are served by somebody else.
        tolerance: largest change of a utilisation that counts as none.
        most_rounds: gives up after so many rounds and tells the last change.

    Raises:
        OutOfRangeError: an argument is outside its range, or a queue would grow for ever.
    """
    wanted, lists = np.asarray(calls, np.float64), np.asarray(preferences, np.int64)
    at = np.asarray(units, np.int64)
    check_lists(wanted, lists, at)
    busy_s = np.broadcast_to(np.asarray(mission_s, np.float64), (at.size, wanted.size))
    if not np.all((busy_s > 0.0) & np.isfinite(busy_s)):
        raise OutOfRangeError("mission_s", mission_s, "give seconds that a unit is busy with a call, above 0")
    if queue and not np.all(np.sort(lists, axis=1) == np.arange(at.size)):
        raise OutOfRangeError("preferences", lists.tolist(), "with a queue every list must hold every station")
    ways = read_ways(lists, at)
    total = float(wanted.sum())
    most = float(at.sum()) * (1.0 - 1e-9)
    load = float(wanted @ busy_s[ways.first, np.arange(wanted.size)])
    load = min(load, 0.9 * most) if queue else load
    busy: F8 = np.where(at > 0, min(0.5, load / at.sum()), 0.0)
    change, rounds = np.inf, 0
    served, nobody, head = np.zeros(busy_s.shape), np.zeros(wanted.size), np.zeros(at.size)
    while change > tolerance and rounds < most_rounds:
        rounds += 1
        share, nobody = _shares(ways, at, busy, load, queue=queue)
        # What a station would take if one of its units were always free, and what it takes from the queue's head.
        offered = (share * (wanted * busy_s)).sum(axis=1)
        head = _from_queue(wanted, busy_s, at, nobody, queue=queue)
        found = _settled(offered, head, at)
        served = share * _any_free(found, at)[:, None]
        change = float(np.abs(found - busy).max())
        busy = found if rounds < _PLAIN_ROUNDS else (busy + found) / 2.0
        load = _load(wanted, busy_s, served, head, nobody, queue=queue)
        # On the way there, loads may look greater than they are in the end.
        load = min(load, most) if queue else load
    if queue and load >= most:
        remedy = f"the queue grows for ever, as there are only {at.sum()} units: give fewer calls or more units"
        raise OutOfRangeError("the load in erlangs", load, remedy)
    waiting = _queue_shares(busy_s, at)[:, None] * nobody if queue else 0.0
    return ApproximateHypercube(busy, (served + waiting) * wanted / total, nobody, rounds, change)


_PLAIN_ROUNDS = 60
"""Hardly any case needs so many; one that swings to and fro is then led to the middle."""


_NEVER_BUSY = 1e-300
"""What a station that is never busy counts as where a logarithm is wanted."""


_MOST_BUSY = 1.0 - 1e-12
"""Shares of time are kept below 1 on the way to an answer, so that everybody can be found free."""


def _shares(ways: Ways, at: I8, busy: F8, load: float, *, queue: bool) -> tuple[F8, F8]:
    """Chance [S, J] to get as far as a station, that is f / (1 − ρ^s); and [J] to find nobody."""
    areas, _ = ways.station.shape
    passed, nobody = np.empty((areas, int(at.sum()) + 1)), np.empty(areas)
    for number, members in enumerate(ways.members):
        here = ways.group == number
        count = int(at[members].sum())
        if len(ways.members) > 1 or count < at.sum():
            load = _load_at(count, float(at[members] @ busy[members]) / count)
        log_passed = log_all_busy(count, load, queue=queue)
        passed[here, : count + 1] = log_passed
        nobody[here] = np.exp(log_passed[count])
    units = np.where(ways.listed, at[ways.station], 0)
    row = np.arange(areas)[:, None]
    here_log, next_log = passed[row, ways.before], passed[row, ways.before + units]
    mean = passed[:, 1:2]  # log ρ of the group
    logs = units * np.log(np.maximum(busy, _NEVER_BUSY))[ways.station]
    product = np.cumsum(logs, axis=1) - logs
    factor = here_log - ways.before * mean + product
    ratio = -np.expm1(np.minimum(next_log - here_log, 0.0)) / -np.expm1(np.where(units > 0, units * mean, -1.0))
    chance = np.where(ways.listed, np.exp(factor) * ratio, 0.0)
    found = (chance * np.where(ways.listed, _any_free(busy, at)[ways.station], 0.0)).sum(axis=1)
    chance *= ((1.0 - nobody) / found)[:, None]
    share = np.zeros((at.size, areas))
    np.add.at(share, (ways.station, np.broadcast_to(row, ways.station.shape)), chance)
    return share, nobody


def _any_free(busy: F8, at: I8) -> F8:
    """Chance that a station has a free unit, its units taken as independent; 0 without units."""
    return np.asarray(np.where(at > 0, 1.0 - busy**at, 0.0))


def _settled(offered: F8, head: F8, at: I8) -> F8:
    """Solve s·ρ = V·(1 − ρ^s) + h for ρ in [0, 1], station by station.

    The left less the right side is convex and grows with ρ: Newton's steps from 1 fall to the root and never past it.
    """
    busy = np.where(at > 0, 1.0, 0.0)
    for _ in range(100):
        power = busy ** np.maximum(at - 1, 0)
        excess = at * busy - offered * (1.0 - power * busy) - head
        step = np.where(at > 0, excess / np.maximum(at * (1.0 + offered * power), 1e-300), 0.0)
        busy = np.clip(busy - step, 0.0, _MOST_BUSY)
        if np.abs(step).max() < 1e-15:
            break
    return np.asarray(busy)


def _queue_shares(busy_s: F8, at: I8) -> F8:
    """Whom a waiting call gets: who ends more missions is free next more often."""
    ends = at / busy_s.mean(axis=1)
    return np.asarray(ends / ends.sum())


def _from_queue(wanted: F8, busy_s: F8, at: I8, nobody: F8, *, queue: bool) -> F8:
    """Erlangs that each station gets from the head of the queue."""
    if not queue:
        return np.zeros(at.size)
    return np.asarray(_queue_shares(busy_s, at) * (busy_s @ (wanted * nobody)))


def _load(wanted: F8, busy_s: F8, served: F8, head: F8, nobody: F8, *, queue: bool) -> float:
    """Erlangs offered: calls times the mean duration of those missions that are driven."""
    work = (served * busy_s * wanted).sum() + head.sum()
    driven = (served * wanted).sum() + (nobody @ wanted if queue else 0.0)
    return float(work * wanted.sum() / driven)


def _load_at(units: int, busy: float) -> float:
    """Erlangs at which each of so many equal units without a queue is busy so much: a·(1 − B(N, a)) = N·ρ."""
    low, high = 0.0, units / max(1.0 - busy, 1e-12)
    for _ in range(200):
        load = (low + high) / 2.0
        if np.exp(log_all_busy(units, load, queue=False)[1]) < busy:
            low = load
        else:
            high = load
        if high - low <= 1e-13 * high:
            break
    return max((low + high) / 2.0, 1e-300)
