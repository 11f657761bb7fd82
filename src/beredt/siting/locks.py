"""Sites that are fixed beforehand, as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from beredt.errors import OptionError
from beredt.siting.problem import CLOSED, OPEN, SitingProblem

EXISTING = "existing"
"""Stands for all stations of today."""


def with_locks(problem: SitingProblem, locks: Iterable[str]) -> SitingProblem:
    """Lock sites: `ID` or `open:ID` must be open, `closed:ID` must not; `existing` stands for all stations of today.

    Args:
        problem: its own locks stay, but for sites that are named.
        locks: later ones hold over earlier ones, so that `existing` and then `closed:ID` is all but one.

    Raises:
        UnknownIdError: there is no such site.
        OptionError: `existing` where there is no station of today.
    """
    locked = problem.locked.copy()
    for lock in locks:
        word, parted, rest = lock.partition(":")
        state = CLOSED if parted and word == "closed" else OPEN
        name = rest if parted and word in ("open", "closed") else lock
        if name == EXISTING:
            if not problem.existing.any():
                raise OptionError("--lock", lock, "there is no station of today", "name sites by their ids")
            locked[problem.existing] = state
        else:
            locked[problem.site_number(name)] = state
    return replace(problem, locked=np.asarray(locked, np.int8))
