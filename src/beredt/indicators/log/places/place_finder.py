"""The municipality, district, tettsted and area of missions and incidents.

A position comes before a name: what the log calls the municipality counts only where it gives no position that lies in
the study. Of a position, the outlines of the study decide; a municipality or district without an outline is that of the
position's area. Tettsteder that the study does not outline are those that the log names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.log.codes import UNKNOWN, Words, words_of
from beredt.indicators.observing.area_finder import AreaFinder, make_area_finder
from beredt.model.study import Study

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from beredt.indicators.log.places.outline_grid import OutlineGrid

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]

MUNICIPALITY, DISTRICT, TETTSTED = "municipality", "district", "tettsted"
KINDS = (MUNICIPALITY, DISTRICT, TETTSTED)
"""Kinds of place that have outlines, and columns of a store."""

BY_NOTHING, BY_POSITION, BY_NAME = 0, 1, 2
"""How the municipality was found, in `Places.how`."""


class Places(NamedTuple):
    """Where N rows are, as codes into the ids of a `PlaceFinder`; -1 where nothing is known."""

    municipality: I4
    district: I4
    tettsted: I4
    area: I4
    how: I1  # BY_NOTHING, BY_POSITION or BY_NAME


@dataclass(frozen=True, slots=True, eq=False)
class PlaceFinder:
    """Everything that is known of where things are.

    `words`: municipalities, districts and tettsteder by kind, those of the study first and then those that only the log
    names. `grids`: outlines by kind, with `outline_code` their codes. `areas` is None without a study; `area_ids` [A],
    `area_codes` the codes of each area's municipality and district. By code: `municipality_urban`, 1 where the national
    indicator counts the municipality as urban, 0 where not, -1 where nothing is known; `area_urban` [A] the same of the
    area itself; `district_municipality` the municipality of a district, -1 for none.
    """

    words: Mapping[str, Words]
    grids: Mapping[str, OutlineGrid]
    outline_code: Mapping[str, I4]
    areas: AreaFinder | None
    area_ids: tuple[str, ...]
    area_codes: Mapping[str, I4]
    municipality_urban: I1
    area_urban: I1
    district_municipality: I4

    def find(self, rows: pl.DataFrame, *, areas: bool = True) -> Places:
        """Where rows are.

        Args:
            rows: Of a store, with lat, lon, municipality, district and tettsted.
            areas: Whether the area of every row is wanted. If not, it is looked up only where no outline tells the
                municipality, and unknown elsewhere.
        """
        lat = rows["lat"].fill_null(np.nan).to_numpy()
        lon = rows["lon"].fill_null(np.nan).to_numpy()
        found = {kind: self._by_outline(kind, lat, lon) for kind in KINDS}
        outlined = found[MUNICIPALITY] != UNKNOWN
        area = self._area(lat, lon, np.arange(lat.size) if areas else np.flatnonzero(~outlined))
        for kind, of_area in self.area_codes.items():
            # Where a kind has outlines, a place outside all of them, but in a known municipality, is in none.
            asked = found[kind] == UNKNOWN if kind not in self.grids else ~outlined & (found[kind] == UNKNOWN)
            found[kind] = np.where(asked, np.append(of_area, np.int32(UNKNOWN))[area], found[kind])
        placed = found[MUNICIPALITY] != UNKNOWN
        for kind in KINDS:
            # What positions cannot tell is taken from the log even where the position is known.
            told = placed if kind in self.grids or kind in self.area_codes else np.zeros_like(placed)
            found[kind] = np.where(told, found[kind], self.words[kind].codes(rows[kind]))
        how = np.where(placed, BY_POSITION, np.where(found[MUNICIPALITY] != UNKNOWN, BY_NAME, BY_NOTHING))
        return Places(found[MUNICIPALITY], found[DISTRICT], found[TETTSTED], area, how.astype(np.int8))

    def _by_outline(self, kind: str, lat: F8, lon: F8) -> I4:
        if kind not in self.grids:
            return np.full(lat.size, UNKNOWN, np.int32)
        return np.append(self.outline_code[kind], np.int32(UNKNOWN))[self.grids[kind].find(lat, lon)]

    def _area(self, lat: F8, lon: F8, wanted: NDArray[np.int64]) -> I4:
        area = np.full(lat.size, UNKNOWN, np.int32)
        if self.areas is not None and wanted.size:
            area[wanted] = self.areas.find(lat[wanted], lon[wanted])
        return area


def find_places(study: Study | None, seen: Mapping[str, Iterable[str]]) -> PlaceFinder:
    """Make ready to find places.

    Args:
        study: Its outlines, areas, municipalities and districts; None: only what the log names is known.
        seen: Words that occur in the store, by kind.
    """
    if study is None:
        words = {kind: words_of((), seen=seen.get(kind, ())) for kind in KINDS}
        nothing = np.full(len(words[MUNICIPALITY].ids), UNKNOWN, np.int8)
        no_districts = np.full(len(words[DISTRICT].ids), UNKNOWN, np.int32)
        return PlaceFinder(words, {}, {}, None, (), {}, nothing, np.zeros(0, np.int8), no_districts)
    # Only a study has outlines.
    from beredt.indicators.log.places.outline_grid import outline_grid

    service, outlines = study.service, _outlines(study)
    ids = {
        MUNICIPALITY: [row.id for row in service.municipalities],
        DISTRICT: [row.id for row in service.districts],
        TETTSTED: [name for name, _ in outlines.get(TETTSTED, ())],
    }
    also = {
        MUNICIPALITY: {word.lower(): row.id for row in service.municipalities for word in (row.name, row.number)},
        DISTRICT: {row.name.lower(): row.id for row in service.districts},
        TETTSTED: {},
    }
    words = {kind: words_of(ids[kind], also[kind], seen.get(kind, ())) for kind in KINDS}
    code = {kind: {name: number for number, name in enumerate(words[kind].ids)} for kind in KINDS}
    urban = np.full(len(words[MUNICIPALITY].ids), UNKNOWN, np.int8)
    urban[: len(service.municipalities)] = [row.urban for row in service.municipalities]
    lies_in = np.full(len(words[DISTRICT].ids), UNKNOWN, np.int32)
    lies_in[: len(service.districts)] = [code[MUNICIPALITY][row.municipality] for row in service.districts]
    of_area = {
        MUNICIPALITY: [code[MUNICIPALITY][area.municipality] for area in service.areas],
        DISTRICT: [code[DISTRICT].get(area.district or "", UNKNOWN) for area in service.areas],
    }
    return PlaceFinder(
        words=words,
        grids={kind: outline_grid([outline for _, outline in named]) for kind, named in outlines.items()},
        outline_code={
            kind: np.array([code[kind][name] for name, _ in named], np.int32) for kind, named in outlines.items()
        },
        areas=make_area_finder(service.areas) if service.areas else None,
        area_ids=tuple(area.id for area in service.areas),
        area_codes={kind: np.array(codes, np.int32) for kind, codes in of_area.items()} if service.areas else {},
        municipality_urban=urban,
        area_urban=np.array([area.urban for area in service.areas], np.int8),
        district_municipality=lies_in,
    )


def _outlines(study: Study) -> dict[str, list[tuple[str, BaseGeometry]]]:
    """Polygons of the study by kind, with their ids."""
    from shapely.geometry import shape

    found: dict[str, list[tuple[str, BaseGeometry]]] = {}
    for feature in study.outlines["features"]:
        kind, name = feature["properties"]["kind"], feature["properties"]["id"]
        if kind in KINDS and feature["geometry"]["type"] in ("Polygon", "MultiPolygon"):
            found.setdefault(kind, []).append((name, shape(feature["geometry"])))
    return found
