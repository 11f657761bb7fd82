"""Norwegian public holidays: demand differs from other days, clinics are closed, and no planned trip is made."""

from __future__ import annotations

from datetime import date, timedelta

FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
"""Month and day: New Year's Day, Labour Day, Constitution Day, Christmas."""

AFTER_EASTER = (-3, -2, 0, 1, 39, 49, 50)
"""Days from Easter Sunday: Maundy Thursday, Good Friday, Easter, Ascension Day, Whitsun."""


def public_holidays(year: int) -> frozenset[date]:
    """All of a year (lov om 1. og 17. mai; helligdagsfredloven § 2), those on Saturdays and Sundays among them."""
    easter = easter_sunday(year)
    moving = (easter + timedelta(days=after) for after in AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in FIXED), *moving))


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.

    Meeus (1991), Astronomical Algorithms, chapter 8.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    p = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * p) // 451
    month, day = divmod(h + p - 7 * m + 114, 31)
    return date(year, month, day + 1)
