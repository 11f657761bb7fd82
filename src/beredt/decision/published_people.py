"""Published figures about people: how many live where, near which border, with which nearest station."""

from __future__ import annotations

import numpy as np

from beredt.decision.border_people import people_near_border
from beredt.decision.comparable import Found, Missing
from beredt.decision.place_terms import areas_named
from beredt.decision.today import Today
from beredt.errors import UnknownIdError
from beredt.roads.reach import people_per_nearest_site


def people(today: Today, arguments: str) -> Found | Missing:
    """People of a place: `<year>:<place>`."""
    year, _, place = arguments.partition(":")
    if not year.isdecimal() or not place:
        return Missing("bad_argument", arguments)
    return Found(float(today.people(int(year))[areas_named(place, today.study)].sum()), "people", "people")


def people_urban_share(today: Today, arguments: str) -> Found | Missing:
    """Share of the people of a place who live in urban areas, by true position: `<year>:<place>`."""
    year, _, place = arguments.partition(":")
    if not year.isdecimal() or not place:
        return Missing("bad_argument", arguments)
    there = today.people(int(year)) * areas_named(place, today.study)
    urban = np.array([area.urban for area in today.service.areas])
    if there.sum() <= 0.0:
        return Missing("not_in_results", f"nobody lives in {place}")
    return Found(float((there * urban).sum() / there.sum()), "share", "share")


def people_near(today: Today, arguments: str) -> Found | Missing:
    """People on both sides of a border between municipalities: `<year>:<km>:<municipality>:<municipality>`."""
    parts = arguments.split(":")
    if len(parts) != 4 or not parts[0].isdecimal() or not parts[1].replace(".", "", 1).isdecimal():
        return Missing("bad_argument", arguments)
    known = [municipality.id for municipality in today.service.municipalities]
    for one in parts[2:]:
        if one not in known:
            raise UnknownIdError("municipality", one, known)
    near = people_near_border(today.study, today.people(int(parts[0])), parts[2], parts[3], float(parts[1]))
    return Found(near, "people", "people")


def people_nearest(today: Today, arguments: str) -> Found | Missing:
    """People of a place with a station as the nearest staffed one by car: `<year>:<place>:<station>`."""
    year, _, rest = arguments.partition(":")
    place, _, station = rest.rpartition(":")
    if not year.isdecimal() or not place:
        return Missing("bad_argument", arguments)
    stations = today.staffed_stations()
    if station not in stations:
        raise UnknownIdError("staffed station", station, stations)
    inside = areas_named(place, today.study)
    residents = {
        area.id: float(count)
        for area, count, there in zip(today.service.areas, today.people(int(year)), inside, strict=True)
        if there
    }
    nearest = people_per_nearest_site(today.network, [f"station:{one}" for one in stations], residents)
    return Found(nearest[f"station:{station}"], "people", "people")
