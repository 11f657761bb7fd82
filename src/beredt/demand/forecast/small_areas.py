"""Areas with few incidents put together, so that a forecast by area gives no small count away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from beredt.demand.forecast.counts import F8, Counts, compact

REST = "rest"
"""The areas that were put together."""


def merge_small(counts: Counts, least: int) -> Counts:
    """Put areas with fewer than `least` incidents together; the smallest others join them while they are too few.

    Where nothing is left to be told apart, all areas are one.
    """
    had = counts.counts.sum(axis=(0, 2), dtype=np.int64)
    small = had < least
    if not small.any():
        return counts
    for area in np.argsort(had, kind="stable").tolist():
        if had[small].sum() >= least:
            break
        small[area] = True
    kept = np.flatnonzero(~small)
    rest = counts.counts[:, small].sum(axis=1, keepdims=True, dtype=np.uint32)
    together = np.concatenate([counts.counts[:, kept].astype(np.uint32), rest], axis=1)
    names = (*(counts.areas[area] for area in kept), REST)
    return replace(
        counts, areas=names, counts=compact(together), lat=_place(counts.lat, small), lon=_place(counts.lon, small)
    )


def _place(degrees: F8 | None, small: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> F8 | None:
    """Where the kept areas are, and the middle of the others as far as it is known."""
    if degrees is None:
        return None
    known = degrees[small & np.isfinite(degrees)]
    return np.append(degrees[~small], known.mean() if known.size else np.nan)
