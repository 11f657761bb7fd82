"""How likely a number of units of a group of equal ones are all busy: what independent units would get wrong."""

from __future__ import annotations

import numpy as np

from beredt.coverage.erlang import F8


def log_all_busy(units: int, load: float, *, queue: bool) -> F8:
    """Logarithm of the chance that M given units of a group of equal ones are all busy, for M = 0 to N.

    Without a queue H(M) = B(N, a)/B(N − M, a). With one, all units are busy with Erlang's C, and otherwise the number
    of busy ones is that of N − 1 units without a queue:

        H(M) = C + (1 − C)·(N − M)/N·B(N − 1, a)/B(N − 1 − M, a)

    Args:
        units: N, 1 or more.
        load: a, erlangs above 0; with a queue below N.
        queue: whether calls wait for the group.

    Returns:
        [N + 1], from 0 downwards.
    """
    inverse = np.zeros(units + 1)  # log 1/B(n, a)
    for n in range(1, units + 1):
        inverse[n] = np.logaddexp(0.0, np.log(n / load) + inverse[n - 1])
    if not queue:
        return np.asarray(inverse[::-1] - inverse[-1])
    lost = np.exp(-inverse[units])
    waiting = units * lost / (units - load * (1.0 - lost))
    rest = np.arange(units, 0, -1)
    some = np.log1p(-waiting) + np.log(rest / units) + inverse[units - 1 :: -1] - inverse[units - 1]
    return np.append(np.logaddexp(np.log(waiting), some), np.log(waiting))
