"""Layouts without a simulation: scores made up of known worths and of noise that a block and a layout name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.decision.search.layout import Layout, Slot, make_layout

F8 = NDArray[np.float64]


def pretended_layouts(number: int) -> list[Layout]:
    """Layouts that differ in the number of units at one site."""
    return [make_layout({Slot("ambulance", "a", "all-day"): i + 1}) for i in range(number)]


class NoisyScores:
    """Worth + what a block does to all (common random numbers) + what it does to one layout."""

    def __init__(self, worth: Mapping[Layout, float], seed: int, own_sd: float = 0.4, shared_sd: float = 2.0) -> None:
        self._worth, self._seed = dict(worth), seed
        self._number = {layout: i for i, layout in enumerate(self._worth)}
        self._own_sd, self._shared_sd = own_sd, shared_sd
        self.asked: list[tuple[Layout, int]] = []

    def __call__(self, layouts: Sequence[Layout], blocks: Sequence[int]) -> F8:
        self.asked += [(layout, block) for layout in layouts for block in blocks]
        return np.array([[self._score(layout, block) for block in blocks] for layout in layouts])

    def _score(self, layout: Layout, block: int) -> float:
        shared = np.random.default_rng((self._seed, block)).normal(0.0, self._shared_sd)
        own = np.random.default_rng((self._seed, block, self._number[layout])).normal(0.0, self._own_sd)
        return float(self._worth[layout] + shared + own)
