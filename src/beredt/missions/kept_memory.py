"""Memory that was used once is kept for what comes next, instead of being given back and asked for again.

A large log is worked on in arrays of megabytes, thousands of them one after the other. By default each is given back to
the system as soon as it is done with, and the next one is handed out page by page, every page wiped: that is a fifth of
all work. What is kept is reused, by whichever thread asks next: so the most that is ever held does not grow.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping
from typing import Final

POLARS_SETTING: Final = "_RJEM_MALLOC_CONF"
KEEP_MS: Final = 10_000
"""How long polars keeps memory that it has no use for; its own choice is half a second."""

KEPT_BY_POLARS: Final = f"dirty_decay_ms:{KEEP_MS},muzzy_decay_ms:{KEEP_MS},oversize_threshold:0,narenas:1"
"""Columns of eight megabytes and more are kept as well, and all threads share what is kept (jemalloc's TUNING.md)."""

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_MMAP_MAX: Final = -4
_ARENA_MAX: Final = -8
"""Names of settings of `mallopt(3)`."""

LARGEST_KEPT: Final = 32 << 20
"""Bytes of an array up to which it is kept where large arrays are not: the most that the C library allows."""

MOST_AT_A_TIME: Final = 65_536
"""How many arrays may be handed out one by one: what the C library begins with."""

MOST_KEPT: Final = 256 << 20
"""Bytes at the end of numpy's memory that are not given back."""


def keep_memory() -> None:
    """Let this process keep what it frees. To be called before polars is imported; what the user has set stays.

    Where the C library is another than that of GNU, only polars is told. Processes that are started later keep polars'
    setting, and have to call this for the rest.
    """
    os.environ.setdefault(POLARS_SETTING, KEPT_BY_POLARS)
    # One heap for all threads: those of other threads are given back whenever they are empty, and no large array is
    # taken from them.
    _set({_ARENA_MAX: 1, _MMAP_MAX: 0, _TRIM_THRESHOLD: MOST_KEPT})


def give_back_large_arrays() -> None:
    """Let this process give numpy's largest arrays back from now on.

    For what is so large that there is no room for a heap with holes in it.
    """
    _set({_MMAP_THRESHOLD: LARGEST_KEPT, _MMAP_MAX: MOST_AT_A_TIME})


def _set(settings: Mapping[int, int]) -> None:
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    for name, value in settings.items():
        mallopt(name, value)
