"""scipy's special functions, imported in half the time.

On its first import scipy looks at every name of numpy, which brings in numpy's Fortran tools (`numpy.f2py`) with
hundreds of regular expressions: a tenth of the start of a simulation. A placeholder keeps them out meanwhile; whoever
imports `numpy.f2py` gets the real one, then and later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np


@contextmanager
def _without_fortran_tools() -> Iterator[None]:
    """Keep `numpy.f2py` from being imported by being looked at, for the length of a `with` block."""
    if "f2py" in vars(np):
        yield
        return
    placeholder = object()
    np.f2py = placeholder  # type: ignore[assignment]  # any object does: nobody uses it
    try:
        yield
    finally:
        if vars(np).get("f2py") is placeholder:
            del np.f2py


with _without_fortran_tools():
    from scipy.special import betainc, gammaincinv, ndtri, pdtr, stdtrit

__all__ = ["betainc", "gammaincinv", "ndtri", "pdtr", "stdtrit"]
