"""A log whose incidents and missions are placed by a study, so that indicators can ask what is urban."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from beredt.indicators.catalogue.count import Log, log_of
from beredt.indicators.catalogue.expression.names import Value
from beredt.indicators.log.codes import UNKNOWN, chosen
from beredt.indicators.log.places.place_finder import KINDS, PlaceFinder, find_places
from beredt.indicators.log.rows import LogSource
from beredt.indicators.observed import I1
from beredt.missions.store import Store
from beredt.model.study import Study

_NEW = {"urban": pl.Boolean(), "urban_place": pl.Boolean()}
NAMES: Mapping[str, Value] = MappingProxyType({name: Value("truth", pl.col(name)) for name in _NEW})
"""Names that a study adds: whether the municipality counts as urban, and whether the place itself is."""


def placed_log(store: Store, study: Study) -> Log:
    """The tables of a store with municipality, district and tettsted as the study knows them.

    A position decides before a name, as everywhere. What nobody knows is empty, and in `urban` null.

    Args:
        store: Whole.
        study: Its municipalities, districts, areas and outlines.
    """
    finder = find_places(study, LogSource(store).words())

    def place(rows: pl.DataFrame) -> pl.DataFrame:
        found = finder.find(rows)
        words = {kind: chosen(finder.words[kind].ids, getattr(found, kind)) for kind in KINDS}
        return rows.with_columns(
            *(column.fill_null("").alias(kind) for kind, column in words.items()),
            urban=_truth(np.append(finder.municipality_urban, np.int8(UNKNOWN))[found.municipality]),
            urban_place=_urban_place(finder, found.area),
        )

    def placed(rows: pl.LazyFrame) -> pl.LazyFrame:
        schema = pl.Schema({**rows.collect_schema(), **_NEW})
        return rows.map_batches(place, schema=schema, streamable=True, projection_pushdown=False)

    own = log_of(store)
    return own._replace(incidents=placed(own.incidents), missions=placed(own.missions), extra=NAMES)


def _urban_place(finder: PlaceFinder, area: np.ndarray[tuple[int, ...], np.dtype[np.int32]]) -> pl.Series:
    return _truth(np.append(finder.area_urban, np.int8(UNKNOWN))[area])


def _truth(codes: I1) -> pl.Series:
    """1 is true, 0 false, anything else not known."""
    return pl.Series(codes == 1).set(pl.Series(codes == UNKNOWN), None)
