"""Memory that was used once is kept for what comes next, instead of being given back and asked for again.

A large log is worked on in arrays of megabytes, thousands of them one after the other. By default each is given back to
the system as soon as it is done with, and the next one is handed out page by page, every page wiped: that is a fifth of
all work. What is kept is reused; the most that is ever held grows by little.
"""

from __future__ import annotations

import ctypes
import os
from typing import Final

POLARS_SETTING: Final = "_RJEM_MALLOC_CONF"
KEEP_MS: Final = 10_000
"""How long polars keeps memory that it has no use for; its own choice is half a second."""

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
"""Names of settings of `mallopt(3)`."""

LARGEST_KEPT: Final = 32 << 20
"""Bytes of an array up to which numpy's memory is reused: the most that the C library allows."""

MOST_KEPT: Final = 256 << 20
"""Bytes at the end of numpy's memory that are not given back."""


def keep_memory() -> None:
    """Let this process keep what it frees. To be called before polars is imported; what the user has set stays.

    Where the C library is another than that of GNU, only polars is told.
    """
    os.environ.setdefault(POLARS_SETTING, f"dirty_decay_ms:{KEEP_MS},muzzy_decay_ms:{KEEP_MS}")
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(_MMAP_THRESHOLD, LARGEST_KEPT)
    mallopt(_TRIM_THRESHOLD, MOST_KEPT)
