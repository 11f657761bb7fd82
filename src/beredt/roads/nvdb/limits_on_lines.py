"""Speed limits of NVDB, which lie on stretches of link sequences, looked up for a stretch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

NAN = float("nan")
LIMIT_PROPERTY = 2021
"""Id of the property "Fartsgrense" of NVDB's object type 105."""

Stretch = tuple[float, float, float, str]
"""From and to (parts of the sequence), km/h, and MED, MOT or nothing for both directions."""


class LimitsOnLines:
    """Stretches with limits, by link sequence."""

    def __init__(self) -> None:
        self._by_sequence: dict[int, list[Stretch]] = defaultdict(list)
        self.read = 0

    def add(self, found: Mapping[str, Any]) -> bool:
        """Take an object of type 105; False where it has no limit that can be read."""
        kmh = next((_number(one.get("verdi")) for one in found.get("egenskaper", ()) if _is_limit(one)), None)
        places = list(_places(found))
        if kmh is None or not places:
            return False
        for place in places:
            stretch = (
                float(place["startposisjon"]),
                float(place["sluttposisjon"]),
                kmh,
                str(place.get("retning") or ""),
            )
            self._by_sequence[int(place["veglenkesekvensid"])].append(stretch)
        self.read += 1
        return True

    def kmh(self, sequence: int, start: float, end: float, direction: str) -> float:
        """The limit on most of a stretch in a direction (MED or MOT), NaN where none is known there."""
        best, most = NAN, 0.0
        for low, high, kmh, way in self._by_sequence.get(sequence, ()):
            shared = min(end, high) - max(start, low)
            if shared > most and way in ("", direction):
                best, most = kmh, shared
        return best


def _is_limit(one: Mapping[str, Any]) -> bool:
    return one.get("id") == LIMIT_PROPERTY or one.get("navn") == "Fartsgrense"


def _number(value: object) -> float | None:
    try:
        number = float(str(value).split()[0])
    except (ValueError, IndexError):
        return None
    return number if 3 <= number <= 200 else None


def _places(found: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Where the object lies: both versions of the API name it `stedfestinger`, older answers `vegsegmenter`."""
    location = found.get("lokasjon") or {}
    places = location.get("stedfestinger") or found.get("vegsegmenter") or ()
    return [place for place in places if {"veglenkesekvensid", "startposisjon", "sluttposisjon"} <= set(place)]
