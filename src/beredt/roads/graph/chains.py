"""Compiled: follow roads from one decision node to the next."""

from __future__ import annotations

from typing import Any

from beredt.roads.graph.compiled import compiled, inlined


@inlined
def _onward(first: Any, end: Any, before: int, here: int) -> int:
    """The step that leaves `here`, a node inside a chain, not back to `before`."""
    step: int = first[here]
    if end[step] == before:
        step += 1
    return step


@compiled
def keep_loops(first: Any, end: Any, kept: Any) -> None:
    """Keep the first node of every chain that comes back to the decision node it began at, effective at once."""
    for node in range(kept.shape[0]):
        if kept[node] == 0:
            continue
        for step in range(first[node], first[node + 1]):
            before, here = node, end[step]
            while kept[here] == 0:
                onward = _onward(first, end, before, here)
                before, here = here, end[onward]
            if here == node:
                kept[end[step]] = 1


@compiled
def trace_arcs(
    first: Any, end: Any, kept: Any, arc_from: Any, arc_to: Any, arc_first: Any, chain_node: Any, arc_steps: Any
) -> int:
    """List the reduced arcs: decision nodes ascending, their next nodes ascending; returns their number.

    `arc_from`, `arc_to` and `arc_first` (one longer) as in `Reduction`, with room for every step; `chain_node` takes
    the nodes inside the arcs, `arc_steps` their steps: those of arc a begin at `arc_first[a] + a`.
    """
    arcs, places = 0, 0
    for node in range(kept.shape[0]):
        if kept[node] == 0:
            continue
        for step in range(first[node], first[node + 1]):
            arc_from[arcs] = node
            arc_first[arcs] = places
            arc_steps[places + arcs] = step
            before, here = node, end[step]
            while kept[here] == 0:
                chain_node[places] = here
                onward = _onward(first, end, before, here)
                places += 1
                arc_steps[places + arcs] = onward
                before, here = here, end[onward]
            arc_to[arcs] = here
            arcs += 1
    arc_first[arcs] = places
    return arcs


@compiled
def sum_along(arc_first: Any, arc_steps: Any, weight: Any, arc_sum: Any, chain_sum: Any) -> None:
    """Add the weights of the steps along every arc, from 0: up to each place inside it, and to its end."""
    for arc in range(arc_sum.shape[0]):
        total = 0.0
        for place in range(arc_first[arc], arc_first[arc + 1]):
            total += weight[arc_steps[place + arc]]
            chain_sum[place] = total
        arc_sum[arc] = total + weight[arc_steps[arc_first[arc + 1] + arc]]
