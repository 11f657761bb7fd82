"""From what people write of a place to the area that stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from beredt.decision.major_incident.major_incident import Scene
from beredt.errors import OptionError, UnknownIdError
from beredt.model.study import Study

FARTHEST_KM = 5.0
"""A place farther than this from the middle of every area is outside the study."""

_DEGREES = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$")
_KM_PER_DEGREE = 111.2


def find_scene(study: Study, text: str) -> Scene:
    """Find a place.

    Args:
        study: the study.
        text: `LAT,LON` in degrees; the id of an area; or the id or name of a place on the road, station or hospital.

    Raises:
        OptionError: degrees outside the study.
        UnknownIdError: nothing is called so.
    """
    found = _DEGREES.match(text)
    if found:
        return _scene_at(study, f"{found[1]}, {found[2]}", float(found[1]), float(found[2]))
    for number, area in enumerate(study.service.areas):
        if area.id == text:
            return Scene(text, number, text, area.lat, area.lon)
    named = list(_named(study))
    for key, name, lat, lon in named:
        if text.casefold() in (key.casefold(), name.casefold()):
            return _scene_at(study, name, lat, lon)
    known = [*(key for key, *_ in named), *(name for _, name, *_ in named), *(one.id for one in study.service.areas)]
    raise UnknownIdError("place", text, known)


def _named(study: Study) -> Iterator[tuple[str, str, float, float]]:
    for station in study.service.stations:
        yield station.id, station.name, station.lat, station.lon
    for hospital in study.service.hospitals:
        yield hospital.id, hospital.name, hospital.lat, hospital.lon
    if not study.places.is_empty():
        yield from study.places.select("id", "name", "lat", "lon").iter_rows()


def _scene_at(study: Study, name: str, lat: float, lon: float) -> Scene:
    """The area whose middle is nearest as the crow flies."""
    areas = study.service.areas
    north = np.array([area.lat for area in areas]) - lat
    east = (np.array([area.lon for area in areas]) - lon) * np.cos(np.radians(lat))
    km = np.hypot(north, east) * _KM_PER_DEGREE
    nearest = int(km.argmin())
    if km[nearest] > FARTHEST_KM:
        message = f"the nearest area of the study is {km[nearest]:.1f} km away"
        raise OptionError("place", name, message, "give a place inside the study, as LAT,LON")
    return Scene(name, nearest, areas[nearest].id, lat, lon)
