"""How records of two logs are compared: what is looked at, and what agreement is worth.

The score is that of Fellegi and Sunter. Whatever is compared falls into a band: the first whose limit the difference
does not exceed, or the rest. Of pairs that belong together the share m falls into it, of other pairs the share u; the
band is worth log₂(m/u) bits, and the score of a pair is the sum over all that both records say. What one of them does
not say is worth nothing. Bits add up as if the things compared were independent of each other, which place and
municipality are not: only the place counts where both have one.

I. P. Fellegi and A. B. Sunter, *A theory for record linkage*, Journal of the American Statistical Association 64 (1969)
1183–1210.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from beredt.model.settings_base import FromList, Section, Slug

Compared = Literal["time", "place", "municipality", "age", "sex", "patient"]

Probability = Annotated[float, Field(gt=0, lt=1)]


class Band(Section):
    """Differences up to `within`: of true pairs the share `m`, of others `u`.

    In minutes, metres or years; 0 for what agrees or not. The `u` of a time may be left out: moments of other records
    are taken to be spread evenly over the window.
    """

    within: Annotated[float, Field(ge=0)]
    m: Probability
    u: Probability | None = None


Bands = Annotated[tuple[Band, ...], FromList, Field(min_length=1)]


class Comparing(Section):
    """Bands of everything that is compared, with rising limits; what is beyond the last is the rest.

    The numbers that stand here are assumptions, good enough to begin with: two files of which some pairs are known, or
    `fit_weights`, give better ones.
    """

    time: Bands = (Band(within=5, m=0.55), Band(within=15, m=0.25), Band(within=30, m=0.12), Band(within=60, m=0.05))
    place: Bands = (
        Band(within=100, m=0.70, u=0.0005),
        Band(within=1_000, m=0.20, u=0.01),
        Band(within=10_000, m=0.08, u=0.3),
    )
    municipality: Bands = (Band(within=0, m=0.95, u=0.3),)
    age: Bands = (Band(within=0, m=0.90, u=0.013), Band(within=1, m=0.06, u=0.026), Band(within=5, m=0.02, u=0.1))
    sex: Bands = (Band(within=0, m=0.98, u=0.5),)
    patient: Bands = (Band(within=0, m=0.99, u=0.000001),)

    @model_validator(mode="after")
    def _are_shares(self) -> Self:
        for name in type(self).model_fields:
            bands: tuple[Band, ...] = getattr(self, name)
            limits = [band.within for band in bands]
            if limits != sorted(set(limits)):
                raise ValueError(f"the limits of {name} do not rise")
            if name != "time" and any(band.u is None for band in bands):
                raise ValueError(f"{name} needs u in every band")
            if sum(band.m for band in bands) >= 1 or sum(band.u or 0 for band in bands) >= 1:
                raise ValueError(f"the shares of {name} leave nothing for the rest: they must sum to less than 1")
        return self


class LinkRule(Section):
    """A link from the records of one log to those of another.

    A record begins between `earliest_min` and `latest_min` minutes after the other one's start or end. Pairs of
    `threshold_bits` or more are links. `expected_share` is how many of the smaller log are thought to have a partner:
    it makes a probability of a score.
    """

    source: Annotated[Slug, Field(alias="from")]
    target: Annotated[Slug, Field(alias="to")]
    measured: Literal["start", "end"] = "start"
    earliest_min: float = -15.0
    latest_min: float = 120.0
    threshold_bits: float = 8.0
    expected_share: Probability = 0.8
    compare: Comparing = Comparing()

    @model_validator(mode="after")
    def _is_a_window(self) -> Self:
        if self.earliest_min >= self.latest_min:
            raise ValueError("earliest_min is not before latest_min")
        if self.source == self.target:
            raise ValueError("a log is not linked with itself; see repeat callers")
        return self


class Weight(Section):
    """What a band is worth. `limit` is None for the rest."""

    limit: float | None
    m: float
    u: float

    @property
    def bits(self) -> float:
        """log₂(m/u)."""
        return math.log2(self.m / self.u)


Weights = Mapping[Compared, tuple[Weight, ...]]
"""Bands of everything compared, the rest last."""


def weights_of(rule: LinkRule) -> Weights:
    """The weights that a rule states, with the shares of the rest and of times worked out."""
    window = rule.latest_min - rule.earliest_min
    found: dict[Compared, tuple[Weight, ...]] = {}
    names: tuple[Compared, ...] = ("time", "place", "municipality", "age", "sex", "patient")
    for name in names:
        bands: tuple[Band, ...] = getattr(rule.compare, name)
        shares = [_share(rule, band, window) if band.u is None else band.u for band in bands]
        # The share of a time up to a limit holds the bands before it; that of a stated band does not.
        own = [share - (shares[n - 1] if n and bands[n].u is None else 0.0) for n, share in enumerate(shares)]
        weights = [Weight(limit=b.within, m=b.m, u=max(u, 1e-9)) for b, u in zip(bands, own, strict=True)]
        rest_m, rest_u = (max(1 - sum(getattr(one, key) for one in weights), 1e-9) for key in ("m", "u"))
        found[name] = (*weights, Weight(limit=None, m=rest_m, u=rest_u))
    return MappingProxyType(found)


def _share(rule: LinkRule, band: Band, window: float) -> float:
    """Share of the window within a distance of its beginning: 0, or the nearer end where 0 is not in it."""
    expected = min(max(0.0, rule.earliest_min), rule.latest_min)
    low, high = max(expected - band.within, rule.earliest_min), min(expected + band.within, rule.latest_min)
    return max(high - low, 0.0) / window
