"""Borders of municipalities, from the register of municipalities one by one, or from the map of the whole country."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from beredt.errors import FoundingError
from beredt.fetch.forms.vector import addresses
from beredt.founding.sources import FetchedFiles
from beredt.model.issue import Issue

NAMES = ("kommunenavn", "navn", "kommunenavnNorsk", "name")
NUMBER = "kommunenummer"
LETTERS = {"å": "a", "æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"}
"""Letters that are no accented ones to Unicode."""


@dataclass(frozen=True, slots=True, eq=False)
class Municipality:
    """A municipality: its slug, official number, name, and its land in degrees (WGS 84)."""

    id: str
    number: str
    name: str
    land: shapely.Geometry


def read_municipalities(files: FetchedFiles, numbers: Iterable[str]) -> tuple[Municipality, ...]:
    """The municipalities of these numbers, in their order. Raises FoundingError with all that are not there."""
    wanted = tuple(dict.fromkeys(numbers))
    found: dict[str, tuple[str, shapely.Geometry]] = {}
    for path in files.list_of("municipality-borders"):
        number, name, land = _from_register(path)
        found[number] = (name, land)
    for path in files.list_of("municipalities"):
        found = _from_map(path, wanted) | found
    missing = [
        Issue(
            "borders", None, NUMBER, number, 1, "no border of this municipality is there",
            f"beredt fetch municipality-borders --municipalities {number}; numbers change when municipalities merge",
        )
        for number in wanted
        if number not in found
    ]  # fmt: skip
    if missing or not wanted:
        raise FoundingError(missing or [Issue("borders", None, None, None, 1, "no municipality is named", "name one")])
    return _with_ids([(number, *found[number]) for number in wanted])


def slug(name: str) -> str:
    """A name as an id: small letters, digits and hyphens; å, æ, ø and accents as the letters they come from."""
    plain = "".join(LETTERS.get(letter, letter) for letter in re.sub(r"\W", " ", name.lower()))
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "x"


def _with_ids(found: list[tuple[str, str, shapely.Geometry]]) -> tuple[Municipality, ...]:
    """Two of the same name, such as Våler, are told apart by their numbers."""
    slugs = [slug(name) for _, name, _ in found]
    return tuple(
        Municipality(one if slugs.count(one) == 1 else f"{one}-{number}", number, name, land)
        for one, (number, name, land) in zip(slugs, found, strict=True)
    )


def _from_register(path: Path) -> tuple[str, str, shapely.Geometry]:
    told = json.loads(path.read_bytes())
    name = next(told[key] for key in NAMES if key in told)
    return told[NUMBER], _first_name(name), shapely.make_valid(shapely.from_geojson(json.dumps(told["omrade"])))


def _from_map(path: Path, wanted: tuple[str, ...]) -> dict[str, tuple[str, shapely.Geometry]]:
    found: dict[str, tuple[str, shapely.Geometry]] = {}
    for address in addresses(path):
        for layer, _ in pyogrio.list_layers(address):
            info = pyogrio.read_info(address, layer=layer)
            named = [key for key in NAMES if key in info["fields"]]
            if NUMBER not in info["fields"] or not named:
                continue
            meta, _, shapes, columns = pyogrio.raw.read(address, layer=layer, columns=[NUMBER, named[0]])
            by_name = dict(zip(meta["fields"], columns, strict=True))
            numbers = [str(one) for one in by_name[NUMBER]]
            for place, number in enumerate(numbers):
                if number in wanted and shapes[place] is not None:
                    land = in_degrees(shapely.from_wkb(shapes[place]), info["crs"])
                    found[number] = (_first_name(str(by_name[named[0]][place])), shapely.make_valid(land))
    return found


def in_degrees(shape: shapely.Geometry, crs: str | None) -> shapely.Geometry:
    """A shape in longitude and latitude, whatever it is in."""
    from pyproj import CRS, Transformer

    given = CRS.from_user_input(crs or "EPSG:4326")
    if given.is_geographic:
        return shape
    turn = Transformer.from_crs(given, 4326, always_xy=True)
    return shapely.transform(shape, lambda points: np.column_stack(turn.transform(points[:, 0], points[:, 1])))


def _first_name(name: str) -> str:
    """Of names in several languages, "Kárášjohka - Karasjok", the last: in the language that most readers have."""
    return name.rsplit(" - ", maxsplit=1)[-1].strip()
