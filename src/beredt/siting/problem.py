"""A siting problem as arrays: where units may stand, who needs them, and what is fixed beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError

F4 = NDArray[np.float32]
F8 = NDArray[np.float64]
I1 = NDArray[np.int8]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

BudgetUnit = Literal["units", "fte", "nok"]
Kind = TypeVar("Kind", np.float64, np.int64, np.int8, np.bool_)

OPEN, FREE, CLOSED = 1, 0, -1
"""What `locked` holds: the site must be open, may be, must not be."""

NO_LIMIT = 1_000_000
"""A capacity that binds nowhere."""


@dataclass(frozen=True, slots=True, eq=False)
class SitingProblem:
    """S sites, N areas and K classes of demand: a class is an urgency in a period of the week. All arrays at once.

    Made by :func:`make_problem`, which fills in what is left out. Checked when made.

    `site_ids`, `area_ids`, `class_ids`: names, S, N and K of them, none twice.
    `demand`: float64 (K, N) ≥ 0, calls a year. `target_s`: float64 (K, N) > 0, seconds within which a unit should come.
    `travel_s`: float32 (S, N) ≥ 0, seconds from the site to the area; infinite where there is no way.
    `locked`: int8 (S,), 1 open, −1 closed, 0 free. `existing`: bool (S,), stations of today.
    `capacity`: int64 (S,) ≥ 0, most units of the site.
    `permitted`: float64 (S, N) in [0, 1]: 1 may serve, 0 may not (a border that is closed); between them the share of
    the cover that counts when the site serves the area, the rest being the price of the border. Where a model has
    times and no cover, the time is divided by it instead.
    `unit_cost`: float64 (S,) ≥ 0, of one unit at the site. `opening_cost`: float64 (S,) ≥ 0, of opening a site that is
    not there today. `moving_cost`: float64 (S,) ≥ 0, of giving up a station of today. All three in `budget_unit`.
    `budget`: most that may be spent, infinite for no limit:

        Σ_s unit_cost_s·units_s + Σ_{s new} opening_cost_s·open_s + Σ_{s today} moving_cost_s·(1 − open_s) ≤ budget

    Raises:
        OutOfRangeError: a shape or value cannot be; the message says which, and where.
    """

    site_ids: tuple[str, ...]
    area_ids: tuple[str, ...]
    class_ids: tuple[str, ...]
    demand: F8
    target_s: F8
    travel_s: F4
    locked: I1
    existing: B
    capacity: I8
    permitted: F8
    unit_cost: F8
    opening_cost: F8
    moving_cost: F8
    budget: float
    budget_unit: BudgetUnit

    def __post_init__(self) -> None:
        """Check shapes, then values."""
        self._check_shapes()
        self._check_values()

    @property
    def sites(self) -> int:
        """How many sites there are, S."""
        return len(self.site_ids)

    @property
    def areas(self) -> int:
        """How many areas there are, N."""
        return len(self.area_ids)

    @property
    def classes(self) -> int:
        """How many classes of demand there are, K."""
        return len(self.class_ids)

    def covers(self, number: int) -> B:
        """Whether each site reaches each area within the target of a class, and may: bool (S, N)."""
        return np.asarray((self.travel_s <= self.target_s[number]) & (self.permitted > 0.0))

    def site_number(self, site_id: str) -> int:
        """The number of a site.

        Raises:
            UnknownIdError: there is no such site.
        """
        from beredt.errors import UnknownIdError

        try:
            return self.site_ids.index(site_id)
        except ValueError:
            raise UnknownIdError("site", site_id, self.site_ids) from None

    def _check_shapes(self) -> None:
        s, n, k = self.sites, self.areas, self.classes
        if s == 0 or n == 0 or k == 0:
            raise OutOfRangeError("the problem", f"{s} sites, {n} areas, {k} classes", "give at least one of each")
        for name, ids in (("site", self.site_ids), ("area", self.area_ids), ("class", self.class_ids)):
            if len(set(ids)) != len(ids):
                twice = next(each for each in ids if ids.count(each) > 1)
                raise OutOfRangeError(f"the {name} id", repr(twice), "it is there twice; ids name one thing each")
        for name, shape in (
            ("demand", (k, n)),
            ("target_s", (k, n)),
            ("travel_s", (s, n)),
            ("permitted", (s, n)),
            ("locked", (s,)),
            ("existing", (s,)),
            ("capacity", (s,)),
            ("unit_cost", (s,)),
            ("opening_cost", (s,)),
            ("moving_cost", (s,)),
        ):
            got = getattr(self, name).shape
            if got != shape:
                raise OutOfRangeError(f"the shape of {name}", got, f"give {shape}: sites {s}, areas {n}, classes {k}")

    def _check_values(self) -> None:
        finite = np.isfinite
        for name, holds, rule in (
            ("demand", finite(self.demand) & (self.demand >= 0.0), "calls a year, 0 or more"),
            ("target_s", self.target_s > 0.0, "seconds above 0"),
            ("travel_s", self.travel_s >= 0.0, "seconds, 0 or more, infinite where there is no way"),
            ("permitted", (self.permitted >= 0.0) & (self.permitted <= 1.0), "a share from 0 to 1"),
            ("locked", np.isin(self.locked, (OPEN, FREE, CLOSED)), "1 (open), 0 (free) or -1 (closed)"),
            ("capacity", self.capacity >= 0, "units, 0 or more"),
            ("unit_cost", finite(self.unit_cost) & (self.unit_cost >= 0.0), "a cost, 0 or more"),
            ("opening_cost", finite(self.opening_cost) & (self.opening_cost >= 0.0), "a cost, 0 or more"),
            ("moving_cost", finite(self.moving_cost) & (self.moving_cost >= 0.0), "a cost, 0 or more"),
        ):
            if not holds.all():
                at = tuple(int(place) for place in np.argwhere(~holds)[0])
                raise OutOfRangeError(f"{name}{list(at)}", getattr(self, name)[at], f"give {rule}")
        if not self.budget >= 0.0:
            raise OutOfRangeError("the budget", self.budget, f"give {self.budget_unit}, 0 or more, or infinity")


def make_problem(
    travel_s: ArrayLike,
    demand: ArrayLike,
    target_s: ArrayLike = inf,
    *,
    site_ids: Sequence[str] = (),
    area_ids: Sequence[str] = (),
    class_ids: Sequence[str] = (),
    locked: ArrayLike = FREE,
    existing: ArrayLike = False,
    capacity: ArrayLike = NO_LIMIT,
    permitted: ArrayLike = 1.0,
    unit_cost: ArrayLike = 1.0,
    opening_cost: ArrayLike = 0.0,
    moving_cost: ArrayLike = 0.0,
    budget: float = inf,
    budget_unit: BudgetUnit = "units",
) -> SitingProblem:
    """Make a siting problem; what is left out is free, permitted and costs nothing, and a unit costs one unit.

    Args:
        travel_s: (S, N), seconds from each site to each area.
        demand: (K, N), or (N,) for one class.
        target_s: (K, N); (K, 1) or (K,) for one target per class; or one number for all.
        site_ids, area_ids, class_ids: names [default: numbers from 1].
        locked, existing, capacity, unit_cost, opening_cost, moving_cost: (S,), or one value for all sites.
        permitted: (S, N), or one value for all.
        budget, budget_unit: see :class:`SitingProblem`.

    Raises:
        OutOfRangeError: a shape or value cannot be.
    """
    travel = np.asarray(travel_s, np.float32)
    wanted = np.atleast_2d(np.asarray(demand, np.float64))
    if travel.ndim != 2:
        raise OutOfRangeError("the shape of travel_s", travel.shape, "give a row for each site, a column for each area")
    s, n, k = *travel.shape, wanted.shape[0]
    target = np.asarray(target_s, np.float64)
    if target.ndim == 1 and target.shape == (k,):
        target = target[:, None]
    return SitingProblem(
        site_ids=tuple(site_ids) or _numbers(s),
        area_ids=tuple(area_ids) or _numbers(n),
        class_ids=tuple(class_ids) or _numbers(k),
        demand=wanted,
        target_s=_spread("target_s", target, (k, n), np.float64),
        travel_s=travel,
        locked=_spread("locked", locked, (s,), np.int8),
        existing=_spread("existing", existing, (s,), np.bool_),
        capacity=_spread("capacity", capacity, (s,), np.int64),
        permitted=_spread("permitted", permitted, (s, n), np.float64),
        unit_cost=_spread("unit_cost", unit_cost, (s,), np.float64),
        opening_cost=_spread("opening_cost", opening_cost, (s,), np.float64),
        moving_cost=_spread("moving_cost", moving_cost, (s,), np.float64),
        budget=float(budget),
        budget_unit=budget_unit,
    )


def _numbers(count: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, count + 1))


def _spread(name: str, given: ArrayLike, shape: tuple[int, ...], kind: type[Kind]) -> NDArray[Kind]:
    """One value for all as an array of them, without the memory: (S, N) of the same is kept once."""
    array: NDArray[Kind] = np.asarray(given, kind)
    try:
        return np.broadcast_to(array, shape)
    except ValueError:
        raise OutOfRangeError(f"the shape of {name}", array.shape, f"give {shape}, or one value for all") from None
