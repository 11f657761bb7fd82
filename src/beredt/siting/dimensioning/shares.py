"""What a fleet keeps: shares of acute calls per station and band, replication by replication, held against the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.siting.catchment_tally import Acute, CatchmentTally
from beredt.siting.dimensioning.rule import DimensionRule

F8 = NDArray[np.float64]
B = NDArray[np.bool_]

NEAREST, TARGET = 0, 1
"""The two parts of the rule, on axes of two."""

PARTS = ("nearest", "target")

_OF_NEAREST = {"held": Acute.HELD, "free": Acute.FREE, "answered": Acute.ANSWERED}


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """What was counted. S stations, P bands, R replications.

    `calls`, `kept`: float64 (2, S, P, R): acute calls that each part of the rule is about, and those for which it was
    kept.
    """

    calls: F8
    kept: F8

    def share(self) -> F8:
        """Kept by calls over all replications, float64 (2, S, P); 1 where there was no call."""
        return _ratio(self.kept.sum(axis=-1), self.calls.sum(axis=-1))

    def by_replication(self) -> F8:
        """The same in each replication, float64 (2, S, P, R)."""
        return _ratio(self.kept, self.calls)

    def overall(self) -> F8:
        """The same over all stations and bands, float64 (2, R)."""
        return _ratio(self.kept.sum(axis=(1, 2)), self.calls.sum(axis=(1, 2)))


def _ratio(kept: F8, calls: F8) -> F8:
    return np.where(calls > 0.0, kept / np.maximum(calls, 1.0), 1.0)


def shares_of(tallies: Sequence[CatchmentTally], rule: DimensionRule) -> Shares:
    """Add up the hours of every band.

    Args:
        tallies: one per replication.
        rule: its bands, and what counts as kept.
    """
    acute = np.stack([tally.acute for tally in tallies], axis=-1).astype(np.float64)  # [S, 24, what, R]
    bands = np.stack([acute[:, list(band.hours)].sum(axis=1) for band in rule.bands], axis=1)  # [S, P, what, R]
    nearest = _OF_NEAREST[rule.nearest_means]
    return Shares(
        calls=np.stack([bands[:, :, Acute.CALLS], bands[:, :, Acute.WITH_TARGET]]),
        kept=np.stack([bands[:, :, nearest], bands[:, :, Acute.WITHIN_TARGET]]),
    )


def wanted_shares(rule: DimensionRule) -> F8:
    """The two shares of the rule, float64 (2, 1, 1)."""
    return np.array([rule.nearest_share, rule.target_share]).reshape(2, 1, 1)


def asked_of(ample: Shares, rule: DimensionRule) -> B:
    """Where the rule is asked for, bool (2, S, P): what an ample fleet reaches, the target with something to spare."""
    spare = np.array([0.0, rule.target_spare]).reshape(2, 1, 1)
    asked: B = ample.share() >= wanted_shares(rule) + spare
    return asked


def breaks(shares: Shares, rule: DimensionRule, asked: B) -> B:
    """Where the rule is broken, bool (2, S, P); only cells that are `asked` for can be."""
    broken: B = asked & (shares.share() < wanted_shares(rule))
    return broken


def breaks_by_replication(shares: Shares, rule: DimensionRule, asked: B) -> B:
    """Where each replication by itself breaks the rule, bool (2, S, P, R)."""
    broken: B = asked[..., np.newaxis] & (shares.by_replication() < wanted_shares(rule)[..., np.newaxis])
    return broken
