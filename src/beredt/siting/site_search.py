"""The best k sites by Lagrangean bounds: branch and bound for models in which every area goes to its best open site.

What such a model costs is Σ_i min_{j open} c_ij: the time to the nearest station, or the demand that nobody covers. Let
every area pay u_i to be served, and drop the rule that it is served once [1]_ [2]_. Then whatever u is,

    L(u) = Σ_i u_i + Σ of the k lowest prices ρ_j,    ρ_j = Σ_i min(0, c_ij − u_i)

is at most the cost of the best k sites. The u that make L large are found by subgradient steps with a memory [3]_; the
sites with the lowest prices, improved by exchanges, give answers. A site whose price is so high that choosing it would
lift L above the best answer is left out for good, and one without which L would be as high is opened for good. What is
left is split by opening and closing the site that the relaxation is least sure of.

References:
    .. [1] Cornuejols, G., Fisher, M. L. & Nemhauser, G. L. (1977). Location of bank accounts to optimize float: an
       analytic study of exact and approximate algorithms. Management Science 23(8), 789–810.
       doi:10.1287/mnsc.23.8.789
    .. [2] Galvão, R. D. & ReVelle, C. (1996). A Lagrangean heuristic for the maximal covering location problem.
       European Journal of Operational Research 88(1), 114–123. doi:10.1016/0377-2217(94)00159-6
    .. [3] Camerini, P. M., Fratta, L. & Maffioli, F. (1975). On improving relaxation methods by modified gradient
       techniques. Mathematical Programming Study 3, 26–34. doi:10.1007/BFb0120697
"""

from __future__ import annotations

import heapq
from dataclasses import replace
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from beredt.siting.site_model import Incumbent, Node, Rules, SiteModel, Watch

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def find_root(model: SiteModel, opened: I8, free: I8, k: int, best: Incumbent, rules: Rules, watch: Watch) -> Node:
    """Bound the whole problem and leave out what cannot be in a better answer.

    Args:
        model: what is to be solved.
        opened, free: numbers of sites; all others stay closed.
        k: how many of the free sites are to be chosen, at most.
        best: an answer; made better on the way.
        rules, watch: see there.

    Returns:
        The root; its bound is at least `best.cutoff` when the answer is proved.
    """
    node = Node(opened, free, -inf, model.first_u(k), -inf, np.zeros(free.size), np.zeros(free.size))
    length = 2.0
    for attempt in range(rules.root_tries):
        before = node.bound
        chosen_left = k - (node.opened.size - opened.size)
        node = _climb(model, node, chosen_left, best, rules.root_rounds, rules.root_patience, length, look=10)
        node = _fixed(node, chosen_left, best.cutoff)
        gained = node.bound - before
        if node.bound >= best.cutoff or watch(best.cost, node.bound):
            break
        if attempt > 1 and gained < 0.02 * (best.cutoff - node.bound):
            break
        length = 0.3
    return node


def price(model: SiteModel, node: Node, u: F8, k: int, cutoff: float) -> Node:
    """Bound a node by given multipliers, such as the prices of a linear programme, and leave out what they allow.

    Args:
        model: what is to be solved.
        node: whose sites are meant.
        u: (N,) multipliers of all areas.
        k: how many sites are open in all, at most.
        cutoff: see :class:`Incumbent`.
    """
    part = model.relax(node.opened, node.free)
    held = np.clip(u[part.areas], 0.0, part.most)
    prices = part.prices(held)
    left = min(k - node.opened.size, node.free.size)
    value = part.constant + float(held.sum()) + float(np.sort(prices)[:left].sum())
    whole = u.copy()
    whole[part.areas] = held
    priced = replace(node, bound=max(node.bound, value), u=whole, value=value, price=prices)
    return _fixed(priced, left, cutoff)


def branch(
    model: SiteModel, root: Node, k: int, best: Incumbent, rules: Rules, watch: Watch, nodes: int | None = None
) -> float:
    """Split the root until nothing better can be left.

    Args:
        model: what is to be solved.
        root: as from :func:`find_root`.
        k: how many sites are open in all, at most, those that `root` has opened included.
        best: an answer; made better on the way.
        rules, watch: see there.
        nodes: most nodes to look at [default: as many as it takes].

    Returns:
        The proved bound: `best.cutoff` or more when the search came to its end.
    """
    if root.bound >= best.cutoff:
        return root.bound
    open_nodes: list[tuple[float, int, Node]] = [(root.bound, 0, root)]
    count, looked = 1, 0
    while open_nodes:
        bound = open_nodes[0][0]
        if watch(best.cost, min(bound, best.cutoff)) or (nodes is not None and looked >= nodes):
            return min(bound, best.cutoff)
        node = heapq.heappop(open_nodes)[2]
        if node.bound >= best.cutoff:
            break  # The lowest bound of all that are left: nothing better is to be found.
        looked += 1
        look = 20 if looked % 20 == 1 else 0
        left = k - node.opened.size
        node = _climb(model, node, left, best, rules.node_rounds, rules.node_patience, 0.3, look=look)
        node = _fixed(node, left, best.cutoff)
        if node.bound >= best.cutoff:
            continue
        left = k - node.opened.size
        if left <= 0 or node.free.size <= left:
            _end(model, node, left, best)
            continue
        for child in _children(node):
            heapq.heappush(open_nodes, (child.bound, count, child))
            count += 1
    # What was left out on the way would have cost at least this.
    return best.cutoff


def _end(model: SiteModel, node: Node, left: int, best: Incumbent) -> None:
    """Nothing is left to choose: what is open is an answer."""
    chosen = node.opened if left <= 0 else np.concatenate([node.opened, node.free])
    cost = model.cost(chosen)
    if cost < best.cost:
        best.chosen, best.cost = np.sort(chosen), cost


def _climb(
    model: SiteModel, node: Node, k: int, best: Incumbent, rounds: int, patience: int, length: float, *, look: int
) -> Node:
    """Subgradient steps from the node's multipliers; every `look` steps the chosen sites are offered as an answer."""
    part = model.relax(node.opened, node.free)
    u = np.minimum(node.u[part.areas], part.most)
    k = min(k, node.free.size)
    bound, held, price = -inf, u, node.price
    share = np.zeros(node.free.size)
    since, direction = 0, np.zeros_like(u)
    for step in range(rounds):
        prices = part.prices(u)
        chosen = np.argpartition(prices, k - 1)[:k] if 0 < k < prices.size else np.arange(k)
        value = part.constant + float(u.sum()) + float(prices[chosen].sum())
        share *= 0.9 if step else 0.0
        share[chosen] += 0.1 if step else 1.0
        since += 1
        if value > bound:
            if not isfinite(bound) or value > bound + 1e-4 * abs(best.cost - bound):
                since = 0
            bound, held, price = value, u, prices
        if look and step % look == 0:
            best.offer(model, np.concatenate([node.opened, node.free[chosen]]))
        if bound >= best.cutoff:
            break
        if since > patience:
            # Begin again from the best so far, with shorter steps.
            length, since, u, direction = length / 1.6, 0, held, np.zeros_like(u)
            if length < 0.02:
                break
            continue
        slope = 1.0 - part.served(u, chosen)
        slope[(u >= part.most) & (slope > 0.0)] = 0.0
        slope[(u <= 0.0) & (slope < 0.0)] = 0.0
        direction = slope if not direction.any() else 0.7 * slope + 0.3 * direction
        # Not by a scalar product: numpy hands that to threads, which wait for each other on a busy machine.
        steepness = float(np.square(direction).sum())
        if steepness == 0.0:
            break
        u = np.clip(u + length * (best.cost - value) / steepness * direction, 0.0, part.most)
    whole = node.u.copy()
    whole[part.areas] = held
    return replace(node, bound=max(bound, node.bound), u=whole, value=bound, price=price, share=share)


def _fixed(node: Node, k: int, cutoff: float) -> Node:
    """Open and leave out the sites that every better answer opens and leaves out.

    With the prices of the bound L: choosing one that is not among the k lowest makes it L + ρ_j − ρ_(k); not choosing
    one that is makes it L + ρ_(k+1) − ρ_j.
    """
    if node.free.size <= k or k <= 0 or node.bound >= cutoff:
        return node
    slack = cutoff - node.value
    ordered = np.sort(node.price)
    out = node.price - ordered[k - 1] > slack
    into = ordered[k] - node.price > slack
    kept = ~(out | into)
    return replace(
        node,
        opened=np.concatenate([node.opened, node.free[into]]),
        free=node.free[kept],
        price=node.price[kept],
        share=node.share[kept],
    )


def _children(node: Node) -> tuple[Node, Node]:
    """Open, and close, the site that the relaxation chooses about every second time."""
    unsure = int(np.argmin(np.abs(node.share - 0.5)))
    site = node.free[unsure : unsure + 1]
    rest = replace(
        node,
        free=np.delete(node.free, unsure),
        price=np.delete(node.price, unsure),
        share=np.delete(node.share, unsure),
    )
    return replace(rest, opened=np.concatenate([node.opened, site])), rest
