"""Speed limits as people write them: numbers, units, and zones such as NO:urban."""

from __future__ import annotations

import re
from math import isnan

from beredt.roads.profile.limits import Limits

KMH = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852, "kn": 1.852}
UNSIGNED = frozenset({"signals", "variable", "default", "implicit"})
"""Values that say that there is a limit, but not which: no fault, and no limit."""
NO_LIMIT_KMH = 130.0
LEAST_KMH, MOST_KMH = 3.0, 200.0

_NUMBER = re.compile(r"^(\d+(?:[.,]\d+)?)\s*([a-z/]*)$")
_ZONE = re.compile(r"^[a-z]{2}(?:-[a-z]+)?:(?:zone:?)?([a-z_]+|\d+)$")


def read_kmh(text: str, limits: Limits) -> float | None:
    """A limit in km/h; NaN where the text says that none is known; None where it cannot be read.

    "50", "50 km/h", "30 mph", "5 knots", "walk", "none" (`NO_LIMIT_KMH`), "NO:urban", "DE:zone:30"; of several limits
    with bars or semicolons between them (lanes), the highest.
    """
    plain = text.strip().lower()
    if plain in UNSIGNED or not plain:
        return float("nan")
    if plain == "none":
        return NO_LIMIT_KMH
    if plain in ("walk", "walking"):
        return limits.walk
    if "|" in plain or ";" in plain:
        parts = [read_kmh(part, limits) for part in re.split(r"[|;]", plain) if part.strip()]
        known = [part for part in parts if part is not None and not isnan(part)]
        return max(known) if known and None not in parts else None
    if found := _NUMBER.match(plain):
        unit = KMH.get(found[2])
        kmh = float(found[1].replace(",", ".")) * unit if unit else None
        return kmh if kmh is not None and LEAST_KMH <= kmh <= MOST_KMH else None
    if found := _ZONE.match(plain):
        return float(found[1]) if found[1].isdigit() else limits.general.get(found[1])
    return None
