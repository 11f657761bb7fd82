"""Sites that cover areas or not: exchanges, and the relaxation that the search asks for; all of it sparse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]


class CoverSites:
    """Demand that no open site covers, as a cost: see `site_model.SiteModel`.

    `sites`: sparse (G, S) of ones, the sites that cover each row. `weight`: float64 (G,). `may`, `held`: bool (S,).
    """

    def __init__(self, sites: csr_array, weight: F8, may: B, held: B) -> None:
        self._sites, self._weight, self._may, self.held = sites.tocsr(), weight, may, held
        self._covers = csr_array(sites.T).tocsr()

    @property
    def sites(self) -> int:
        """How many sites there are, S."""
        return int(self._may.size)

    def first_u(self, k: int) -> F8:
        """The demand of a row, shared among the sites that cover it."""
        del k
        return self._weight * (1.0 - 1.0 / np.maximum(1, np.diff(self._sites.indptr)))

    def relax(self, opened: I8, free: I8) -> CoverRelaxed:
        """The relaxation with these sites open and those free."""
        rows = np.flatnonzero(self._open_count(opened) == 0)
        part = self._covers[free]
        if rows.size < self._weight.size:
            part = part[:, rows]
        return CoverRelaxed(rows, self._weight[rows], csr_array(part))

    def cost(self, chosen: I8) -> float:
        """Demand that these sites leave uncovered."""
        return float(self._weight[self._open_count(chosen) == 0].sum())

    def greedy(self, k: int) -> I8:
        """The sites that must be open, and one by one those that cover most of what is left, until there are k."""
        chosen = [int(site) for site in np.flatnonzero(self.held)]
        left = self._weight.copy()
        left[self._open_count(np.array(chosen, np.int64)) > 0] = 0.0
        while len(chosen) < min(k, int(self._may.sum())):
            gain = np.where(self._may, self._covers @ left, -1.0)
            gain[chosen] = -1.0
            site = int(np.argmax(gain))
            chosen.append(site)
            left[self._rows_of(site)] = 0.0
        return np.array(chosen, np.int64)

    def improve(self, chosen: I8) -> I8:
        """Exchange one open site for a closed one, the best exchange each time, until none covers more."""
        chosen = chosen.copy()
        count = self._open_count(chosen)
        least = 1e-9 * max(1.0, float(self._weight.sum()))
        while chosen.size:
            gain = self._covers @ np.where(count == 0, self._weight, 0.0)
            # Rows that a single open site covers are lost with it, but for those that the new one covers as well.
            alone = np.where(count == 1, self._weight, 0.0)
            lost = np.asarray((self._covers[chosen] * alone).sum(axis=1)).ravel()
            kept_by = self._covers @ csr_array((self._covers[chosen] * alone).T)
            change = gain[:, None] - lost + kept_by.toarray()
            change[~self._may] = change[chosen] = -1.0
            change[:, self.held[chosen]] = -1.0
            site, place = divmod(int(np.argmax(change)), chosen.size)
            if not change[site, place] > least:
                break
            count[self._rows_of(int(chosen[place]))] -= 1
            count[self._rows_of(site)] += 1
            chosen[place] = site
        return chosen

    def _rows_of(self, site: int) -> NDArray[np.int32]:
        matrix = self._covers
        rows: NDArray[np.int32] = matrix.indices[matrix.indptr[site] : matrix.indptr[site + 1]]
        return rows

    def _open_count(self, chosen: I8) -> I8:
        is_open = np.zeros(self._may.size)
        is_open[chosen] = 1.0
        return np.asarray(np.rint(self._sites @ is_open), np.int64)


class CoverRelaxed:
    """See `site_model.Relaxed`: an area costs its weight, and nothing when covered. `covers`: sparse (F, R)."""

    def __init__(self, areas: I8, most: F8, covers: csr_array) -> None:
        self.areas, self.most, self.constant = areas, most, 0.0
        self._covers = covers
        self._by_area = csr_array(covers.T).tocsr()

    def prices(self, u: F8) -> F8:
        """−Σ of u over what the site covers."""
        return np.asarray(-(self._covers @ u))

    def served(self, u: F8, chosen: I8) -> F8:
        """How many of the chosen sites cover each area."""
        del u
        picked = np.zeros(self._covers.shape[0])
        picked[chosen] = 1.0
        return np.asarray(self._by_area @ picked)
