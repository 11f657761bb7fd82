"""What the search for the best k sites asks of a model, and what it keeps: see :mod:`beredt.siting.site_search`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


class Relaxed(Protocol):
    """A model with some sites open and others free, relaxed. R areas, F free sites."""

    @property
    def areas(self) -> I8:
        """(R,) numbers of the areas that a free site may still serve better than the open ones."""
        ...

    @property
    def most(self) -> F8:
        """(R,) what each of them costs when no free site is chosen, infinite where none is open: no u is above it."""
        ...

    @property
    def constant(self) -> float:
        """What all other areas cost."""
        ...

    def prices(self, u: F8) -> F8:
        """(F,) ρ_j = Σ_i min(0, c_ij − u_i) of the free sites."""
        ...

    def served(self, u: F8, chosen: I8) -> F8:
        """(R,) how many of the chosen free sites serve each area for less than u."""
        ...


class SiteModel(Protocol):
    """What the search asks of a model with N areas."""

    def first_u(self, k: int) -> F8:
        """(N,) something to begin with."""
        ...

    def relax(self, opened: I8, free: I8) -> Relaxed:
        """The relaxation with these sites open and those free; all others are closed."""
        ...

    def cost(self, chosen: I8) -> float:
        """What the model costs with these sites open."""
        ...

    def improve(self, chosen: I8) -> I8:
        """Exchange sites, those that are locked left alone, for as long as that lowers the cost."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """How hard the search tries; none of this decides what comes out, only how soon.

    `root_rounds`, `node_rounds`: subgradient steps at the root and below it. `patience`: steps without gain after which
    the step length is lowered. `root_tries`: how often the root is begun again with the sites that are left.
    """

    root_rounds: int = 400
    node_rounds: int = 60
    root_patience: int = 15
    node_patience: int = 8
    root_tries: int = 12


@dataclass(slots=True, eq=False)
class Incumbent:
    """The best answer so far: `chosen` sites and `cost`; `within` says which difference from a cost is none.

    `within`: cost → least difference that counts. Where costs are whole numbers that is nearly 1.
    """

    chosen: I8
    cost: float
    within: Callable[[float], float]
    seen: set[bytes] = field(default_factory=set)

    @property
    def cutoff(self) -> float:
        """A bound from here on proves that nothing better is to be found."""
        return self.cost - self.within(self.cost)

    def offer(self, model: SiteModel, chosen: I8, *, nearly: float = 1.1) -> None:
        """Take a choice of sites, improved by exchanges, if that is better."""
        key = np.sort(chosen).tobytes()
        if key in self.seen:
            return
        self.seen.add(key)
        cost = model.cost(chosen)
        if cost <= nearly * self.cost or cost - self.cost < 1e-9:
            chosen = model.improve(chosen)
            cost = model.cost(chosen)
        if cost < self.cost:
            self.chosen, self.cost = np.sort(chosen), cost


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Sites `opened` and `free` of a part of the search, its lower `bound`, multipliers `u` (N,), what they give
    (`value` ≤ bound), and for each free site its `price` and the `share` of late steps that chose it.
    """

    opened: I8
    free: I8
    bound: float
    u: F8
    value: float
    price: F8
    share: F8


Watch = Callable[[float, float], bool]
"""Told the best cost and the bound now and then; True ends the search."""
