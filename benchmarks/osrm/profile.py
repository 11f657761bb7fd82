"""A profile for OSRM that says the same as the tables of this program: access, directions, limits and speeds by class.

The tables are handed over; what is made of them is written here once more, in Lua and from the comments of the tables,
not from the reader of this program. So both sides share figures, and a fault in how tags are read shows as a
difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files

from beredt.roads.imported.road_class import ROAD_CLASSES
from beredt.roads.osm.way_rules import UNPAVED
from beredt.roads.profile.limits import Limits
from beredt.roads.profile.profile import Profile
from beredt.roads.profile.speed_text import KMH, LEAST_KMH, MOST_KMH, NO_LIMIT_KMH, UNSIGNED
from beredt.roads.speeds.speed_table import SpeedTable

PURPOSE, PERIOD = "V", "free"
"""An ordinary car without traffic."""
SLOWER = 10.0
"""OSRM counts tenths of seconds on every segment: driven so much slower, what it rounds is a hundredth."""
TEMPLATE = "ambulance.template.lua"


def lua_profile(profile: Profile, limits: Limits, speeds: SpeedTable) -> str:
    """The whole profile as Lua. `limits`: the same in built-up places and outside, which Lua cannot tell apart."""
    hour = speeds.hour[speeds.periods.index(PERIOD)]
    traffic = 1.0 - (1.0 - hour) * speeds.gives_way[PURPOSE]
    factor = speeds.share * traffic * speeds.factor[PURPOSE]
    by_class = {
        name: {"limit": float(limits.rural[number]), "factor": float(factor[number]),
               "most": float(speeds.most_kmh[number])}
        for number, name in enumerate(ROAD_CLASSES)
    }  # fmt: skip
    tables: dict[str, object] = {
        "slower": SLOWER,
        "highway": {value: {"class": name, "stop": stop} for value, (name, stop) in profile.classes.items()},
        "if_opened": _set(profile.if_opened),
        "if_opened_class": profile.if_opened_class,
        "by_class": by_class,
        "least_kmh": speeds.least_kmh,
        "unpaved": _set(UNPAVED),
        "unpaved_factor": speeds.unpaved_factor,
        "unpaved_most_kmh": speeds.unpaved_most_kmh,
        "access_keys": list(profile.keys),
        "closed": _set(profile.closed),
        "opens": {key: _set(values) for key, values in profile.opens.items()},
        "slow_classes": _set(profile.slow_classes),
        "slow_keys": _set(profile.slow_keys),
        "along": _set(profile.along),
        "against": _set(profile.against),
        "uncertain": _set(profile.uncertain),
        "both_ways_if_no": list(profile.both_ways_if_no),
        "junctions": _set(profile.implied_by_junction),
        "one_way_highways": _set(profile.implied_by_highway),
        "gate_s": dict(profile.gate_s),
        "walls": _set(profile.walls),
        "walls_unless_opened": _set(profile.walls_unless_opened),
        "ferry_kmh": profile.ferry_kmh,
        "boarding_s": profile.boarding_s,
        "ferry_closed_keys": list(profile.ferry_closed_keys),
        "general": dict(limits.general),
        "walk_kmh": limits.walk,
        "units": dict(KMH),
        "unsigned": _set(UNSIGNED),
        "no_limit_kmh": NO_LIMIT_KMH,
        "least_limit": LEAST_KMH,
        "most_limit": MOST_KMH,
        "not_for": sorted(profile.bans_not_for),
    }
    template = (files("benchmarks.osrm") / TEMPLATE).read_text("utf-8")
    return template.replace("--[[TABLES]]", "local T = " + _lua(tables))


def _set(values: Iterable[str]) -> dict[str, object]:
    return dict.fromkeys(sorted(values), True)


def _lua(value: object) -> str:
    """A value as Lua writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return repr(float(value))
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"[{_lua(str(key))}] = {_lua(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "{" + ", ".join(_lua(one) for one in value) + "}"
    raise TypeError(type(value).__name__)
