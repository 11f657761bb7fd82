"""How the compiled functions of the rules and the kernel are made.

Settings beyond `cache`, all measured (docs/decisions 14 and 43). A function is compiled in *one form*, however wide the
numbers are that it is given. *Dividing by 0* gives infinity as in numpy: a test before every division would cost, and
nothing here divides by what may be 0. *Reference counting* is off (`_nrt=False`): numba otherwise counts every array
taken out of a tuple, which took six of seven parts of the running time. It is safe since no compiled function here
makes an array: all memory is made beforehand in `new_state`, and the caller holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numba import njit, types

F = TypeVar("F", bound=Callable[..., Any])

_PLAIN: dict[str, Any] = {"cache": True, "_nrt": False, "error_model": "numpy"}


def _one_form(made: Any) -> Any:
    """Let a compiled function be called in one form, whatever the width of the numbers that it is given.

    To numba an `int16` out of a record, the constant 0 and a default value are all other types than a whole number, and
    a function is compiled anew for each, with all that it calls.
    """
    template = made.get_call_template

    def get_call_template(arguments: Any, named: Any) -> Any:
        _, folded = made._compiler.fold_argument_types(arguments, named)
        return template(tuple(_wide(argument) for argument in folded), {})

    made.get_call_template = get_call_template
    return made


def _wide(argument: Any) -> Any:
    plain = types.unliteral(argument)
    if isinstance(plain, types.Omitted):
        plain = {bool: types.boolean, int: types.int64, float: types.float64}[type(plain.value)]
    if isinstance(plain, types.Integer):
        return types.int64
    return types.float64 if isinstance(plain, types.Float) else plain


@_one_form
@njit(forceinline=True, **_PLAIN)  # type: ignore[untyped-decorator]  # as all of numba's
def whole(number: int) -> int:
    """A whole number of 64 bits, however wide it was stored: what stays in a variable is then of one type."""
    wide: int = np.int64(number)  # type: ignore[assignment]  # numpy's numbers are no int to mypy
    return wide


_INSIDE: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def part(function: F) -> F:
    """A part of the kernel, compiled by itself; the optimiser calls it, or puts it into its callers where it is short.

    It takes its tuples by `lay_down`, as few numbers. It can be called by compiled code only: a call from Python would
    end the process, since nothing is made that takes Python's arguments apart.
    """
    made: F = _one_form(njit(**_PLAIN, **_INSIDE)(function))
    return made


def compiled(function: F) -> F:
    """A short rule on few arrays: put into its caller by the optimiser. Python may call it, too."""
    made: F = _one_form(njit(forceinline=True, **_PLAIN)(function))
    return made


def leaf(function: F) -> F:
    """A short part: put into its caller before anything is compiled, so that nothing is compiled for it alone."""
    made: F = njit(inline="always", **_PLAIN)(function)
    return made


def apart(function: F) -> F:
    """A part that is rarely run or long: compiled once by itself and called, on few arrays."""
    made: F = _one_form(njit(**_PLAIN)(function))
    return made


def entry_point(function: F) -> F:
    """A compiled function that Python calls; other threads run meanwhile, so that one of them may cancel it."""
    made: F = njit(nogil=True, **_PLAIN)(function)
    return made
