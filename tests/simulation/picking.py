"""Random numbers for small worlds, rounded so that ties are common where they are wanted."""

from __future__ import annotations

import random


class Picker:
    """A stream of random numbers of its own; with a grid all times are multiples of it, and all factors plain."""

    def __init__(self, seed: int | str, grid_s: int) -> None:
        self.random = random.Random(seed)
        self.grid_s = grid_s

    def time(self, low_s: float, high_s: float) -> float:
        """Seconds, a multiple of the grid or of a millisecond."""
        drawn_s = self.random.uniform(low_s, high_s)
        return float(round(drawn_s / self.grid_s) * self.grid_s) if self.grid_s else round(drawn_s, 3)

    def factor(self) -> float:
        """A factor on car seconds; plain with a grid, so that sums stay on it."""
        return self.random.choice([1.0, 1.0, 0.5, 2.0]) if self.grid_s else self.random.uniform(0.6, 1.6)

    def chance(self, share: float) -> bool:
        """True with this probability."""
        return self.random.random() < share
