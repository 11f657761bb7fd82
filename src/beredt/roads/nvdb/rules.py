"""What NVDB's words mean to an ambulance: the table `nvdb.toml`, and the few rules over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from beredt.roads.imported.road_class import RoadFlag

_LETTERS = str.maketrans("æøå", "aoa")


@dataclass(frozen=True, slots=True)
class NvdbRules:
    """The table `nvdb.toml`, whose comments tell what each part means."""

    table: Mapping[str, Any]

    def class_of(self, type_of_road: str, category: str, kmh: float) -> tuple[str, int] | str:
        """Class and flags of a road; or `not_driven` or `unknown_class`, names of reasons.

        `kmh`: the limit, NaN if unknown.
        """
        what = self.table["type"].get(plain(type_of_road))
        if what is None:
            return "unknown_class"
        if what == "not_driven":
            return "not_driven"
        if what == "ferry":
            return "ferry", int(RoadFlag.FERRY | RoadFlag.NO_STOP)
        if what not in ("road", "link", "roundabout"):
            return what, 0
        classes = self.table["category"].get(category)
        if classes is None:
            return "unknown_class"
        motorway = self.table["motorway"]
        if plain(type_of_road) in motorway["types"] and kmh >= motorway["least_kmh"]:
            return "motorway", int(RoadFlag.NO_STOP)
        if what == "link":
            return classes[1], int(RoadFlag.NO_STOP) if classes[1].endswith("_link") else 0
        return classes[0], int(RoadFlag.ROUNDABOUT) if what == "roundabout" else 0

    def lanes(self, lanes: Sequence[str]) -> tuple[bool, bool, bool]:
        """Whether there are lanes ahead and back that an ambulance drives, and whether all of them are bus lanes."""
        ahead = back = False
        only_bus = True
        for lane in lanes:
            found = re.match(r"(\d+)([A-ZÆØÅ]*)", lane.upper())
            if found is None or any(letter in found[2] for letter in self.table["lanes"]["not_driven"]):
                continue
            odd = int(found[1]) % 2 == 1
            ahead, back = ahead or odd, back or not odd
            only_bus = only_bus and any(letter in found[2] for letter in self.table["lanes"]["bus"])
        return ahead, back, only_bus and (ahead or back)


def load_rules() -> NvdbRules:
    """The bundled rules."""
    return NvdbRules(tomllib.loads((files("beredt.roads.nvdb") / "nvdb.toml").read_text("utf-8")))


def plain(text: str) -> str:
    """Lower case, letters only, æøå as aoa: the same word of all versions of the API."""
    return re.sub(r"[^a-z]", "", text.lower().translate(_LETTERS))
