"""Names of strata as numbers: what draws are keyed by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.model.urgency import URGENCIES

_URGENCY_BITS = 2


def stratum_numbers(area_ids: Sequence[str]) -> NDArray[np.int64]:
    """Number every area and urgency, by the area's id and not by its place in the table.

    Returns:
        int64[areas, 3]: 60 bits of the BLAKE2b digest of the id, and two bits for the urgency.
    """
    hashes = [int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") >> 4 for name in area_ids]
    first = np.array(hashes, np.int64).reshape(-1, 1) << _URGENCY_BITS
    return first + np.arange(len(URGENCIES))
