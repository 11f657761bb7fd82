"""Sites whose cost to every area is known: exchanges, and the relaxation that the search asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class CostMatrix:
    """What it costs to serve each area from each site, Σ_i min_{j open} cost_ji; see `site_model.SiteModel`.

    `costs`: float64 (S, N) ≥ 0, finite. `may`, `held`: bool (S,), sites that may and that must be open.
    """

    costs: F8
    may: B
    held: B

    def first_u(self, k: int) -> F8:
        """Half of what the (S/k)-th nearest site would cost each area."""
        sites = self.costs.shape[0]
        rank = min(sites - 1, max(1, sites // max(k, 1))) if sites > 1 else 0
        u: F8 = np.partition(self.costs, rank, axis=0)[rank] * 0.5
        return u

    def relax(self, opened: I8, free: I8) -> DenseRelaxed:
        """The relaxation with these sites open and those free."""
        offered = self.costs[free]
        if not opened.size:
            most = np.full(self.costs.shape[1], np.inf)
            return DenseRelaxed(np.arange(most.size), most, 0.0, offered)
        most = self.costs[opened].min(axis=0)
        gains = offered.min(axis=0, initial=np.inf) < most
        areas = np.flatnonzero(gains)
        return DenseRelaxed(areas, most[areas], float(most[~gains].sum()), offered[:, areas])

    def cost(self, chosen: I8) -> float:
        """What these sites cost."""
        return float(self.costs[chosen].min(axis=0).sum())

    def greedy(self, k: int) -> I8:
        """The sites that must be open, and one by one those that lower the cost most, until there are k."""
        chosen = [int(site) for site in np.flatnonzero(self.held)]
        now = self.costs[chosen].min(axis=0) if chosen else np.full(self.costs.shape[1], np.inf)
        candidates = np.flatnonzero(self.may)
        while len(chosen) < min(k, candidates.size):
            with_it = np.minimum(self.costs[candidates], now).sum(axis=1)
            with_it[np.isin(candidates, chosen)] = np.inf
            site = int(candidates[int(np.argmin(with_it))])
            chosen.append(site)
            now = np.minimum(now, self.costs[site])
        return np.array(chosen, np.int64)

    def improve(self, chosen: I8) -> I8:
        """Exchange one open site for a closed one, the best exchange each time, until none lowers the cost [1]_.

        Taking s in for r changes the cost by Σ_i min(0, c_si − first_i), and besides, for the areas that r is the
        nearest of, by min(second_i, max(c_si, first_i)) − first_i.

        References:
            .. [1] Resende, M. G. C. & Werneck, R. F. (2007). A fast swap-based local search procedure for location
               problems. Annals of Operations Research 150, 205–230. doi:10.1007/s10479-006-0154-0
        """
        chosen = chosen.copy()
        if chosen.size < 1:
            return chosen
        candidates = np.flatnonzero(self.may)
        offers, areas = self.costs[candidates], np.arange(self.costs.shape[1])
        while True:
            served = self.costs[chosen]
            if chosen.size > 1:
                order = np.argpartition(served, 1, axis=0)
                nearest, first, second = order[0], served[order[0], areas], served[order[1], areas]
            else:
                nearest, first, second = np.zeros(areas.size, np.int64), served[0], np.full(areas.size, np.inf)
            gain = np.minimum(offers - first, 0.0).sum(axis=1)
            loss = np.maximum(np.minimum(offers, second) - first, 0.0)
            of_site = csr_array((np.ones(areas.size), (areas, nearest)), shape=(areas.size, chosen.size))
            change = gain[:, None] + loss @ of_site
            change[np.isin(candidates, chosen)] = np.inf
            change[:, self.held[chosen]] = np.inf
            at = int(np.argmin(change))
            site, out = divmod(at, chosen.size)
            if not change[site, out] < -1e-9 * max(1.0, float(first.sum())):
                return chosen
            chosen[out] = candidates[site]


class DenseRelaxed:
    """See `site_model.Relaxed`. `offers`: float64 (F, R), what each free site costs each area."""

    def __init__(self, areas: I8, most: F8, constant: float, offers: F8) -> None:
        self.areas, self.most, self.constant = areas, most, constant
        self._offers = np.ascontiguousarray(offers)
        self._below = np.empty_like(self._offers)

    def prices(self, u: F8) -> F8:
        """Σ_i min(0, c_ij − u_i) of each free site."""
        np.subtract(self._offers, u, out=self._below)
        np.minimum(self._below, 0.0, out=self._below)
        return np.asarray(self._below.sum(axis=1))

    def served(self, u: F8, chosen: I8) -> F8:
        """How many of the chosen sites serve each area for less than the `u` that prices were asked for last."""
        del u
        return np.asarray((self._below[chosen] < 0.0).sum(axis=0), np.float64)
