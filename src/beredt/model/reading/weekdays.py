"""Weekdays as rosters write them."""

from __future__ import annotations

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Days, 1 = Monday to 7, ascending, of `mon-fri`, `sat;sun` or `fri-mon;wed` (a range may run over the weekend).

    Raises ValueError for anything else, and for a day that is named twice.
    """
    days: list[int] = []
    for part in text.lower().split(";"):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        begin = DAYS.index(first)
        end = DAYS.index(last) if dash else begin
        days += [(begin + step) % 7 + 1 for step in range((end - begin) % 7 + 1)]
    if len(set(days)) < len(days):
        raise ValueError(f"{text!r} names a day twice")
    return tuple(sorted(days))
