"""The network data set of NVDB for route planning, or any like it, in SpatiaLite or GeoPackage, to drawn roads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.errors import ForeignFilesError
from beredt.model.issue import Issue
from beredt.roads.imported.drawn_roads import DrawnRoads
from beredt.roads.imported.line_builder import Line, LineBuilder
from beredt.roads.imported.tally import Fault, Tally
from beredt.roads.nvdb.rules import NvdbRules, load_rules, plain
from beredt.roads.profile.limits import Limits

Region = tuple[float, float, float, float]
NAN = float("nan")
ROWS_AT_ONCE = 50_000
ENDINGS = (".gpkg", ".sqlite", ".db", ".spatialite")


@dataclass(frozen=True, slots=True)
class _Row:
    """Fields of a link by meaning, None where the data set does not have them."""

    values: dict[str, Any]

    def number(self, name: str) -> float:
        try:
            return float(self.values.get(name))  # type: ignore[arg-type]  # None becomes NaN below
        except (TypeError, ValueError):
            return NAN

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value).strip()


def read_ruteplan(path: Path, limits: Callable[[Region], Limits], tally: Tally) -> tuple[DrawnRoads, Limits]:
    """The links of the first layer with the fields of such a data set; read some thousands at a time.

    Times of the data set become speeds, so that classes, purposes and hours still matter. Raises ForeignFilesError
    where no layer has links.
    """
    import pyogrio

    rules = load_rules()
    layer, names = _find_layer(path, rules)
    info = pyogrio.read_info(str(path), layer=layer, force_total_bounds=True)
    to_degrees = _to_degrees(info.get("crs"))
    bounds = info.get("total_bounds")
    if info.get("crs") is None and bounds is not None and max(abs(float(edge)) for edge in bounds) > 360:
        raise _no_links(path, "it does not say in which coordinate system its links are")
    lines = LineBuilder()
    total = int(info["features"])
    for begin in range(0, max(total, 1), ROWS_AT_ONCE):
        _take_rows(path, layer, names, begin, rules, to_degrees, lines, tally)
    drawn = lines.build()
    if not len(drawn.lon):
        return drawn, limits((60.0, 10.0, 60.0, 10.0))
    return drawn, limits(
        (float(drawn.lat.min()), float(drawn.lon.min()), float(drawn.lat.max()), float(drawn.lon.max()))
    )


def _find_layer(path: Path, rules: NvdbRules) -> tuple[str, dict[str, str]]:
    """The layer with links, and the name of each field by meaning."""
    import pyogrio

    meanings: dict[str, list[str]] = rules.table["ruteplan"]
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(str(path)) if kind and "LineString" in str(kind)]
    except pyogrio.errors.DataSourceError as fault:
        raise _no_links(path, f"the file cannot be opened: {fault}") from fault
    for layer in layers:
        fields = {str(name).lower(): str(name) for name in pyogrio.read_info(str(path), layer=layer)["fields"]}
        names = {
            meaning: next((fields[name] for name in known if name in fields), "") for meaning, known in meanings.items()
        }
        if names["one_way"] and (names["minutes_ahead"] or names["kmh_ahead"]):
            return layer, {meaning: name for meaning, name in names.items() if name}
    raise _no_links(path, "no layer of lines has a one-way field and driving times or speeds")


def _no_links(path: Path, message: str) -> ForeignFilesError:
    remedy = "give the network data set for route planning (SpatiaLite or GeoPackage), or name its fields in nvdb.toml"
    return ForeignFilesError([Issue(path.name, None, None, None, 1, message, remedy)])


def _take_rows(
    path: Path,
    layer: str,
    names: dict[str, str],
    begin: int,
    rules: NvdbRules,
    to_degrees: Any,
    lines: LineBuilder,
    tally: Tally,
) -> None:
    import shapely
    from pyogrio.raw import read

    meta, _, geometry, columns = read(
        str(path), layer=layer, columns=sorted(set(names.values())), skip_features=begin, max_features=ROWS_AT_ONCE
    )
    by_name = dict(zip((str(name) for name in meta["fields"]), columns, strict=True))
    shapes = shapely.from_wkb(geometry, on_invalid="ignore")
    for index, shape in enumerate(shapes):
        row = _Row({meaning: by_name[name][index] for meaning, name in names.items()})
        known = row.number("id")
        source = begin + index + 1 if isnan(known) else int(known)
        places = None if shape is None else _places(shape, to_degrees)
        if places is None:
            tally.read += 1
            tally.add(Fault("unreadable_line", source, NAN, NAN, 1, "no line"))
            continue
        _take(row, source, places, rules, lines, tally)


def _take(
    row: _Row, source: int, places: NDArray[np.float64], rules: NvdbRules, lines: LineBuilder, tally: Tally
) -> None:
    steps = len(places) - 1
    tally.read += steps
    found = _line(row, source, rules)
    if isinstance(found, str):
        if found == "unknown_class":
            tally.add(Fault(found, source, float(places[0, 1]), float(places[0, 0]), steps, row.text("form")))
        else:
            tally.leave_out(found, steps)
        return
    keys = [row.text(name) or tuple(np.round(places[at, :2], 6)) for name, at in (("start", 0), ("end", -1))]
    lines.add(found, places, keys[0], keys[1])


def _line(row: _Row, source: int, rules: NvdbRules) -> Line | str:
    """A link as a line: B both ways, FT or TF one way, N closed; −1 minutes is not allowed, too."""
    one_way = row.text("one_way").upper()
    minutes = row.number("minutes_ahead"), row.number("minutes_back")
    ahead = one_way not in ("TF", "N") and not minutes[0] < 0
    back = one_way not in ("FT", "N") and not minutes[1] < 0
    if not (ahead or back):
        return "closed"
    road = row.text("road")[:1].upper()
    kmh = [row.number("kmh_ahead"), row.number("kmh_back")]
    metres = row.number("metres")
    for side in (0, 1):
        if isnan(kmh[side]) and minutes[side] > 0 and metres > 0:
            kmh[side] = metres * 0.06 / minutes[side]
    known = [one for one in kmh if one > 0]
    form = row.text("form")
    has_form = plain(form) in rules.table["type"]
    category = road if road in rules.table["category"] else "K"
    found = rules.class_of(form if has_form else "enkelbilveg", category, max(known, default=NAN))
    if isinstance(found, str):
        return found
    told = [one if one > 0 else NAN for one in kmh]
    return Line(source, found[0], ahead, back, found[1], told[0], told[1], length_m=metres if metres > 0 else NAN)


def _places(shape: Any, to_degrees: Any) -> NDArray[np.float64] | None:
    """Longitude, latitude, height of a line, or of the only line of several, (k, 3)."""
    import shapely

    if shape.geom_type == "MultiLineString" and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    if shape.geom_type != "LineString" or shape.is_empty:
        return None
    places = shapely.get_coordinates(shape, include_z=True)
    if to_degrees is not None:
        places[:, 0], places[:, 1] = to_degrees.transform(places[:, 0], places[:, 1])
    return places if np.isfinite(places[:, :2]).all() else None


def _to_degrees(crs: str | None) -> Any:
    from pyproj import CRS, Transformer

    if crs is None or CRS(crs).is_geographic:
        return None
    return Transformer.from_crs(CRS(crs).to_2d(), "EPSG:4326", always_xy=True)
