"""The units that a log knows: where each belongs, what it is, and what it may do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.missions.incident_table import RESPONDERS, STOPS_CLOCK
from beredt.missions.store import is_unit_response
from beredt.model.service import Service

UNKNOWN = "unknown"
"""Id of a station or kind that the log does not name."""

CAN_GO_FIRST = frozenset({"ambulance", UNKNOWN})
"""Kinds that count as a free unit: those that can be sent alone to an acute incident and bring the patient in.

A log that does not tell kinds has ambulances.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Fleet:
    """U units of a log, in order of their names.

    `station`, `kind` and `organisation` hold what most of a unit's missions say; stations and organisations are ids
    of the study where the log's word is the id or name of one, else the log's own word, and `UNKNOWN` where there is
    none. `moved` counts missions that name another station than their unit's. `unmatched_stations` are the words
    that no station of the study answers to.
    """

    unit: tuple[str, ...]
    station: tuple[str, ...]
    kind: tuple[str, ...]
    organisation: tuple[str, ...]
    missions: tuple[int, ...]
    moved: int
    unmatched_stations: tuple[str, ...]

    def can_go_first(self) -> NDArray[np.bool_]:
        """Which units count as a free one, bool[U]."""
        return np.array([kind in CAN_GO_FIRST for kind in self.kind], np.bool_)

    def stops_clock(self, *, responders: bool) -> NDArray[np.bool_]:
        """Which units end the response time, bool[U]; `responders` says whether single responders do, too."""
        kinds = {kind or UNKNOWN for kind in (STOPS_CLOCK + RESPONDERS if responders else STOPS_CLOCK)}
        return np.array([kind in kinds for kind in self.kind], np.bool_)


def fleet_of(missions: pl.LazyFrame, service: Service | None = None) -> Fleet:
    """Find the units of a log.

    Args:
        missions: the store's table.
        service: of the study whose stations and organisations the log's words are looked up among.
    """
    words = ["station", "unit_kind", "organisation"]
    seen = (
        missions.filter(is_unit_response())
        .group_by("unit", *words)
        .len()
        .collect(engine="streaming")
        .with_columns(pl.col("unit", *words).cast(pl.String).fill_null(""))
        .group_by("unit", *words)
        .agg(pl.col("len").sum())
    )
    most = {word: _most(seen, word) for word in words}
    total = seen.group_by("unit").agg(pl.col("len").sum()).sort("unit")
    units = tuple(total["unit"].to_list())
    stations = lookup((row.id, row.name) for row in service.stations) if service else {}
    owners = lookup((row.id, row.name) for row in service.organisations) if service else {}
    names = [most["station"][unit] for unit in units]
    station = tuple(stations.get(plain(name), name) or UNKNOWN for name in names)
    return Fleet(
        unit=units,
        station=station,
        kind=tuple(most["unit_kind"][unit] or UNKNOWN for unit in units),
        organisation=tuple(
            _owner(most["organisation"][unit], own, owners, service) for unit, own in zip(units, station, strict=True)
        ),
        missions=tuple(total["len"].to_list()),
        moved=sum(row["len"] for row in seen.to_dicts() if row["station"] != most["station"][row["unit"]]),
        unmatched_stations=tuple(sorted({name for name in names if service and name and plain(name) not in stations})),
    )


def lookup(rows: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """From plain spellings of ids and names to ids; an id goes before a name."""
    pairs = list(rows)
    return {plain(name): key for key, name in pairs} | {plain(key): key for key, _ in pairs}


def plain(text: str) -> str:
    """A word as it is compared: small letters and digits alone, so that `Søndre Follo` is `sondre-follo`."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_NORDIC))
    return "".join(char for char in folded if char.isalnum())


_NORDIC = str.maketrans({"ø": "o", "æ": "ae", "å": "a"})


def _most(seen: pl.DataFrame, word: str) -> Mapping[str, str]:
    """What most missions of each unit say; the first in the alphabet of several, and nothing only where all do."""
    ranked = (
        seen.group_by("unit", word)
        .agg(pl.col("len").sum())
        .sort(pl.col(word) == "", pl.col("len"), word, descending=[False, True, False])
    )
    return dict(ranked.unique("unit", keep="first", maintain_order=True).select("unit", word).iter_rows())


def _owner(word: str, station: str, owners: Mapping[str, str], service: Service | None) -> str:
    """The organisation that the log names, else the one that the study has for the station."""
    if word:
        return owners.get(plain(word), word)
    of_station = {row.id: row.organisation for row in service.stations} if service else {}
    return of_station.get(station, UNKNOWN)
