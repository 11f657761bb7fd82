"""Edits that put something outside the region of a study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from beredt.model.edits.edit import Edit
from beredt.model.settings_sections import Region


class Outside(NamedTuple):
    """An edit by its number in the list (from 1), the place it names (degrees), what is wrong and what to do."""

    number: int
    edit: Edit
    lat: float
    lon: float
    message: str
    remedy: str

    @property
    def place(self) -> str:
        """The place as it is shown."""
        return f"{self.lat:g}, {self.lon:g}"


def list_outside(region: Region, edits: Sequence[Edit], numbers: Sequence[int]) -> Iterator[Outside]:
    """The edits whose place the region does not hold."""
    for number, edit in zip(numbers, edits, strict=True):
        given = edit.given()
        lat, lon = given.get("lat"), given.get("lon")
        if not isinstance(lat, float) or not isinstance(lon, float) or region.holds(lat, lon):
            continue
        swapped = region.holds(lon, lat)
        message = "lat and lon are swapped" if swapped else "the place lies outside the region"
        remedy = "put the latitude in lat" if swapped else "correct the coordinates, or widen study.region"
        yield Outside(number, edit, lat, lon, message, remedy)
