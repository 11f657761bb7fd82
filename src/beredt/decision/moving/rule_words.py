"""Rules for free units that are compared, as people name them."""

from __future__ import annotations

from beredt.errors import OptionError

DDSM = "ddsm"
"""A rule that is a table made here, of the dynamic double standard model."""

DEFAULT_RULES = ("home", "standby", "dmexclp", "zhang", DDSM)
"""Compared unless others are named; the first is what others are held against."""

OUTER_TIMES = 2.0
"""The outer standard of that table, where none is given: so many times the driving of the first one. An assumption."""


def outer_times_of(rule: str) -> float | None:
    """How many times the driving of the first standard the outer one allows; None for any other rule.

    Args:
        rule: `ddsm`, `ddsm:TIMES`, or another.

    Raises:
        OptionError: what follows `ddsm:` is no number of at least 1.
    """
    word, colon, parameter = (part.strip() for part in rule.partition(":"))
    if word != DDSM:
        return None
    if not colon:
        return OUTER_TIMES
    try:
        times = float(parameter)
    except ValueError:
        times = 0.0
    if not 1.0 <= times < float("inf"):
        message = f"{parameter!r} is no outer standard"
        remedy = "give how many times the driving of the first standard it allows, at least 1, such as ddsm:2"
        raise OptionError("--rule", rule, message, remedy)
    return times
