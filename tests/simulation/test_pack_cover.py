"""Sets of demand cross into arrays without loss."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from beredt.coverage.cover_sets import CoverSets
from beredt.simulation.pack_cover import pack_cover


@given(st.integers(0, 9), st.integers(0, 6), st.data())
def test_every_pair_of_a_base_and_a_set_is_there(sets: int, bases: int, data: st.DataObject) -> None:
    covers = data.draw(arrays(np.bool_, (sets, bases)))
    cover = pack_cover(CoverSets(covers, np.arange(1.0, sets + 1.0)), 0.4, units=2)
    assert cover.set_weight.tolist() == list(range(1, sets + 1))
    assert cover.power.tolist() == [0.6, 0.4 * 0.6, 0.4**2 * 0.6, 0.4**3 * 0.6]
    for b in range(bases):
        mine = cover.base_sets[cover.base_first[b] : cover.base_first[b + 1]].tolist()
        assert mine == np.flatnonzero(covers[:, b]).tolist()
        near = cover.near_bases[cover.near_first[b] : cover.near_first[b + 1]].tolist()
        assert near == [other for other in range(bases) if (covers[:, b] & covers[:, other]).any()]
