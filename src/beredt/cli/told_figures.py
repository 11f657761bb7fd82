"""Shares and counts in the terminal: nothing that is not 0 is told as 0, and what is left out is said to be."""

from __future__ import annotations

LEAST_SHARE = 0.0005
"""That is not rounded to nothing in tenths of a per cent."""

LEAST_NUMBER = 0.05
"""That is not rounded to nothing in tenths."""


def percent(share: float) -> str:
    """A share in per cent; one that is not 0 is never told as 0, and one that is not 1 never as 100."""
    if 0.0 < share < LEAST_SHARE:
        return f"{100 * share:.2g} %"
    if 1.0 - LEAST_SHARE < share < 1.0:
        return f"{100 - float(f'{100 * (1.0 - share):.2g}'):g} %"
    return f"{100 * share:.1f} %"


def tenths(number: float) -> str:
    """A number that is expected, in tenths; one that is not 0 is never told as 0."""
    return f"{number:.2g}" if 0.0 < number < LEAST_NUMBER else f"{number:.1f}"


def count(number: int | None) -> str:
    """A count, or that it is left out."""
    return "left out" if number is None else str(number)


def not_counted(rows: int | None) -> str:
    """How many stand beside those that are counted: nothing where there are none, and that it is not told."""
    if rows == 0:
        return ""
    return ", how many not counted: left out" if rows is None else f", {rows} not counted"
