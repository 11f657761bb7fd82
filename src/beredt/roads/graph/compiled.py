"""How the loops over road graphs are compiled.

Compiled functions run without Python's lock, so that threads share the work, and without reference counting, since
they make no arrays: all room is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

_PLAIN: dict[str, Any] = {"cache": True, "_nrt": False}


def compiled(function: F) -> F:
    """A compiled function that Python calls, other threads running meanwhile."""
    made: F = njit(nogil=True, **_PLAIN)(function)
    return made


def inlined(function: F) -> F:
    """A small part of a compiled function, compiled into it."""
    made: F = njit(forceinline=True, **_PLAIN)(function)
    return made
