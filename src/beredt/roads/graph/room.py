"""Memory for the large tables."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

CACHE_LINE = 64


def room_for(shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """An array without content that begins where a cache line begins.

    numpy asks the system for large pages, where there are any: tables are then faster to fill and to look up.
    """
    kind = np.dtype(dtype)
    size = math.prod(shape) * kind.itemsize
    raw = np.empty(size + CACHE_LINE, dtype=np.uint8)
    skip = -raw.ctypes.data % CACHE_LINE
    made: NDArray[Any] = raw[skip : skip + size].view(kind).reshape(shape)
    return made
