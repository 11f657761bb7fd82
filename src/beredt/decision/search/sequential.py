"""Is one layout better than another? A test that may be looked at after every block.

The paired differences d_1, d_2, … of two layouts are independent, since blocks are, and each is a mean over thousands
of incidents, so they are taken to be normal with unknown mean δ and unknown variance. Whoever looks at Student's t
after each block and stops when it is large is wrong far more often than the level says. The confidence sequence used
here holds at all numbers of blocks at once:

    P(some n: δ outside I_n) ≤ α

It comes of mixing the t-likelihood ratio over the standardised effect δ/σ with a normal prior N(0, c²) and the right
Haar prior on σ, a nonnegative martingale under the null [1], [2]; by Ville's inequality it ever reaches 1/α with
probability at most α. With g = 1 + n·c², ν = n − 1 and t the usual statistic the ratio is

    E_n(t) = g^(−1/2) · ((1 + t²/ν) / (1 + t²/(g·ν)))^((ν+1)/2)

which is 1/α where t²/ν = (q − 1) / (1 − q/g), q = (√g / α)^(2/(ν+1)); where q ≥ g nothing can be said yet.

A race may thus be stopped, taken up again, or looked at whenever one likes, without any correction for looking.

[1] T. L. Lai, On confidence sequences, *Annals of Statistics* 4 (1976), 265–280. doi:10.1214/aos/1176343406
[2] H. Wang and A. Ramdas, Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance,
    2023. arXiv:2310.03722
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, inf, isnan, log, nan, sqrt

EFFECT = 0.7
"""c: the standardised effect that is expected, in standard deviations of a block's difference. Any value is valid;
intervals are narrowest near n = 1/c² times a few."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Paired differences so far: their number, their mean, and the sum of squares about it.

    Evidence is never thrown away: that of later blocks is added.
    """

    blocks: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def and_also(self, differences: Iterable[float]) -> Evidence:
        """With further differences. Those that are not a number (a group without an incident) are left out."""
        n, mean, squares = self.blocks, self.mean, self.squares
        for one in differences:
            if isnan(one):
                continue
            n += 1
            step = one - mean
            mean += step / n
            squares += step * (one - mean)
        return Evidence(n, mean, squares)

    @property
    def error(self) -> float:
        """Standard error of the mean; NaN with fewer than two blocks."""
        return sqrt(self.squares / (self.blocks - 1) / self.blocks) if self.blocks > 1 else nan

    def interval(self, alpha: float) -> tuple[float, float]:
        """The confidence sequence at this number of blocks; infinite while nothing can be said.

        It misses the true difference at any number of blocks with probability `alpha` at most.
        """
        half = half_width(self.blocks, self.error, alpha)
        return self.mean - half, self.mean + half


def half_width(blocks: int, error: float, alpha: float, effect: float = EFFECT) -> float:
    """Half the width of the confidence sequence.

    Args:
        blocks: n.
        error: standard error of the mean, s/√n.
        alpha: the level, above 0 and below 1.
        effect: c above.
    """
    if blocks < 2 or isnan(error):
        return inf
    g, freedom = 1.0 + blocks * effect**2, blocks - 1
    log_q = 2.0 * (0.5 * log(g) - log(alpha)) / (freedom + 1)
    if log_q >= log(g):
        return inf
    q = exp(log_q)
    return sqrt(freedom * (q - 1.0) / (1.0 - q / g)) * error
