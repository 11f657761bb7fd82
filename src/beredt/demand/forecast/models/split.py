"""How much and where, apart from each other: the volume of an urgency, times the share of each area."""

from __future__ import annotations

import numpy as np

from beredt.demand.forecast.counts import F8, Counts
from beredt.demand.forecast.models.volume import volume
from beredt.demand.forecast.question import Question

WIDTHS = (0.25, 0.5, 1.0, 2.0)
"""Widths of the kernel that are tried, in typical distances from an area to its nearest neighbour."""

KM_PER_DEGREE = 111.2


def split_shares(question: Question) -> F8:
    """Volume of each urgency (`volume`) times the share that each area has had of it in the past."""
    return _volumes(question)[:, None, :] * shares(question.past)[None]


def split_kernel(question: Question) -> F8:
    """The same with shares that are smoothed over the map by a Gaussian kernel.

    Its width is the one under which the last quarter of the past was likeliest, given the shares of the quarters
    before; it may be none at all. An area without a position keeps its share.

    Reference:
        B. W. Silverman (1986), Density Estimation for Statistics and Data Analysis, section 4.3.
    """
    past = question.past
    if past.lat is None or past.lon is None or len(past.areas) == 1:
        return split_shares(question)
    cut = past.steps * 3 // 4
    before, after = shares(past.until(cut)), past.counts[cut:].sum(axis=0, dtype=np.int64)
    kernels = [np.eye(len(past.areas)), *_kernels(past.lat, past.lon)]
    best = max(kernels, key=lambda kernel: float((after * np.log(kernel @ before)).sum()))
    return _volumes(question)[:, None, :] * (best @ shares(past))[None]


def shares(past: Counts) -> F8:
    """[A, U] share of each area in an urgency; half an incident is added to every area, so that none is 0."""
    total = past.counts.sum(axis=0, dtype=np.int64) + 0.5
    share: F8 = total / total.sum(axis=0)
    return share


def _volumes(question: Question) -> F8:
    """[H, U]."""
    series = question.past.counts.sum(axis=1, dtype=np.int64).astype(np.float64)
    all_steps = [volume(y, question.calendar, question.weather) for y in series.T]
    return np.stack(all_steps, axis=1)[question.past.steps :]


def _kernels(lat: F8, lon: F8) -> list[F8]:
    """[A, A] for each width: what an area gives to others, columns that sum to 1."""
    known = np.isfinite(lat) & np.isfinite(lon)
    if known.sum() < 2:
        return []
    y, x = lat * KM_PER_DEGREE, lon * KM_PER_DEGREE * np.cos(np.radians(lat[known].mean()))
    km = np.hypot(y[:, None] - y, x[:, None] - x)
    km[~known] = km[:, ~known] = np.inf
    np.fill_diagonal(km, 0.0)
    apart = float(np.median(np.sort(km[known], axis=1)[:, 1]))
    found = []
    for width in WIDTHS:
        kernel = np.exp(-0.5 * (km / max(width * apart, 1e-9)) ** 2)
        found.append(kernel / kernel.sum(axis=0))
    return found
