"""How the compiled functions of the rules and the kernel are made.

Three settings beyond `cache` matter, all measured (docs/decisions). *Inlining* is forced, since the tuples of arrays
are too wide to hand from call to call. *Dividing by 0* gives infinity as in numpy: a test before every division would
cost, and nothing here divides by what may be 0. *Reference counting* is off (`_nrt=False`): numba otherwise counts
every array taken out of a tuple, which took six of seven parts of the running time. It is safe since no compiled
function here makes an array: all memory is made beforehand in `new_state`, and the caller holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

_PLAIN: dict[str, Any] = {"cache": True, "_nrt": False, "error_model": "numpy"}


@njit(forceinline=True, **_PLAIN)  # type: ignore[untyped-decorator]  # as all of numba's
def whole(number: int) -> int:
    """A whole number of 64 bits, however wide it was stored: so a function is compiled in one form, not several."""
    wide: int = np.int64(number)  # type: ignore[assignment]  # numpy's numbers are no int to mypy
    return wide


_INSIDE: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def part(function: F) -> F:
    """A part of the kernel, compiled by itself and put into its callers by the optimiser.

    It can be called by compiled code only: a call from Python would end the process, since nothing is made that takes
    Python's arguments apart. For tuples of many arrays that alone takes seconds to compile.
    """
    made: F = njit(forceinline=True, **_PLAIN, **_INSIDE)(function)
    return made


def seldom(function: F) -> F:
    """As `part`, for what runs seldom: it is called, not put into its callers."""
    made: F = njit(**_PLAIN, **_INSIDE)(function)
    return made


def compiled(function: F) -> F:
    """A rule or a part of the kernel: compiled into its caller, without reference counting."""
    made: F = njit(forceinline=True, **_PLAIN)(function)
    return made


def leaf(function: F) -> F:
    """A short part: put into its caller before anything is compiled, so that nothing is compiled for it alone."""
    made: F = njit(inline="always", **_PLAIN)(function)
    return made


def apart(function: F) -> F:
    """A part that is rarely run or long: compiled once by itself and called, on few arrays."""
    made: F = njit(**_PLAIN)(function)
    return made


def entry_point(function: F) -> F:
    """A compiled function that Python calls; other threads run meanwhile, so that one of them may cancel it."""
    made: F = njit(nogil=True, **_PLAIN)(function)
    return made
