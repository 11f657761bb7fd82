"""How demand varies beyond chance: days, seasons, rates that are not known, clusters, people who are elsewhere by day.

A replication's intensity of stratum s in hour h of day d is

    λ(s, h) = expected share · w(s, h) · W(d) · Π_z S_z(d) · R(region, urgency) · Q(s)

with every factor of mean 1, drawn once per replication: W a factor of the day, lognormal and correlated from one day to
the next; S how strong a season is this time; R and Q the rates within what is known of them, gamma distributed. Given
the factors, incidents are a Poisson process: together a Cox process, whose count of a day has the variance
μ + σ²·μ². Some incidents are then followed by others (a Neyman–Scott process), and some happen where people work and
not where they live.

References:
    D. R. Cox (1955), Some statistical methods connected with series of events, JRSS B 17(2), 129–164.
    J. Møller, A. R. Syversveen, R. P. Waagepetersen (1998), Log Gaussian Cox processes, Scandinavian Journal of
    Statistics 25(3), 451–482.
    J. Neyman, E. L. Scott (1958), Statistical approach to problems of cosmology, JRSS B 20(1), 1–43.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]
B = NDArray[np.bool_]

NOBODY = -1


class Clusters(NamedTuple):
    """Incidents that others follow: in a share of them, `size` more on average, `delay_s` later on average."""

    share: float = 0.0
    size: float = 0.0
    delay_s: float = 3600.0

    @property
    def mean(self) -> float:
        """Incidents that follow one, on average."""
        return self.share * self.size


class Moves(NamedTuple):
    """Where people of an area are in the hours of a week. M rows, those of area a from first[a] to first[a + 1]."""

    first: I8  # [areas + 1]
    share: F8  # [M] of the area's incidents, in those hours
    to: I4  # [M] area, -1 outside the study
    hours: B  # [M, 168]
    first_hour: int  # hour of the week of simulated time 0


@dataclass(frozen=True, slots=True, eq=False)
class Variation:
    """What a replication draws once and for all. S strata, N shapes, H hours, D days, Z seasons, G rates."""

    hourly: F8  # [N, H] mean weight of every hour
    follows: I1  # [N] urgency whose days a shape follows, -1 none
    day_sigma: float  # of the logarithm of a day's factor
    day_persistence: float  # correlation of that from one day to the next
    first_day: int  # ordinal number of the day that begins at simulated time 0
    season_key: I8  # [Z] names for draws
    season_factor: F8  # [Z, 3, D] 1 on days that the season is not about
    season_sd: F8  # [Z] relative spread of factor − 1
    rate_key: I8  # [G]
    rate_shape: F8  # [G] shape of the gamma distribution; infinite where nothing is drawn
    rate_of: I4  # [S] rate of a stratum, -1 none
    area_shape: F8  # [S] shape of the gamma distribution of the stratum itself; infinite where nothing is drawn
    clusters: Clusters
    moves: Moves | None

    def feed(self, digest: hashlib._Hash) -> None:
        """Add everything to a checksum."""
        for field in fields(self):
            value = getattr(self, field.name)
            for part in value if isinstance(value, tuple) else (value,):
                digest.update(np.ascontiguousarray(0 if part is None else part).tobytes())
            digest.update(field.name.encode())
