"""Road graphs reach the kernel in the form that it was compiled for."""

from __future__ import annotations

import numpy as np

from beredt.dispatch import roads as kernel_roads
from beredt.roads.graph import road_graph


def test_records_of_chain_nodes_are_alike_on_both_sides() -> None:
    """The kernel may not know the room of roads, so each has the form by itself; the compiled code needs one."""
    for name in ("SPOT", "SPOT_KM"):
        ours, theirs = getattr(kernel_roads, name), getattr(road_graph, name)
        assert ours == theirs, name
        assert [ours.fields[field][1] for field in ours.names] == [theirs.fields[field][1] for field in theirs.names]
        assert np.zeros(1, ours).itemsize == np.zeros(1, theirs).itemsize
