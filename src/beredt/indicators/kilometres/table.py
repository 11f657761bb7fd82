"""The table `service_km`: kilometres and carbon dioxide by station and kind of unit, by the log and by roads."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.indicators.area_groups import places_in
from beredt.indicators.kilometres.carbon import KG_PER_TONNE, Carbon
from beredt.indicators.kilometres.road_km import hospitals_of, road_km
from beredt.indicators.log.report_table import report_table
from beredt.indicators.observing.area_finder import make_area_finder
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.fleet import Fleet
from beredt.indicators.observing.stretches import unit_missions
from beredt.indicators.suppress import ALL, THRESHOLD, Counts, Names, Protected, protect_together
from beredt.indicators.suppression.names import MISSIONS
from beredt.missions.store import Store
from beredt.model.study import Study
from beredt.roads.network import Network

MOST_SAY = 0.9
"""From this share of missions on that tell their kilometres, the log's kilometres are the ones that count."""

LOG, ROADS, NOTHING = "log", "roads", "none"

KEYS = ("station", "kind")
ROAD_COLUMNS = ("out_km", "transport_km", "back_km")


def kilometres_table(
    store: Store,
    days: ServiceDays,
    fleet: Fleet,
    study: Study | None = None,
    network: Network | None = None,
    *,
    carbon: Carbon | None = None,
    threshold: int = THRESHOLD,
) -> pl.DataFrame:
    """Kilometres of the missions to calls in some days, of each kind of unit of each station, and of all.

    Args:
        store: the log.
        days: whose calls count.
        fleet: the units of the log.
        study: whose places positions and hospitals are; without it, and its network, nothing is known by roads.
        network: of the study; None where its roads are a graph.
        carbon: carbon dioxide per km.
        threshold: counts of missions below it are left out, with their kilometres.
    """
    asked = kilometres_counts(kilometres_of(store, days, fleet, study, network, carbon))
    return shown_kilometres(protect_together([asked], threshold)[0])


def kilometres_of(
    store: Store,
    days: ServiceDays,
    fleet: Fleet,
    study: Study | None = None,
    network: Network | None = None,
    carbon: Carbon | None = None,
) -> pl.DataFrame:
    """The same with all counts in it; see `kilometres_table`."""
    rows = _by_way(store, days, study)
    driven = _driven(rows, fleet, study, network).with_columns(
        station=pl.col("unit").replace_strict(
            dict(zip(fleet.unit, fleet.station, strict=True)), return_dtype=pl.String
        ),
        kind=pl.col("unit").replace_strict(dict(zip(fleet.unit, fleet.kind, strict=True)), return_dtype=pl.String),
    )
    parts = [driven.drop("unit")]
    for key in KEYS:
        parts += [part.with_columns(pl.lit(ALL).alias(key)) for part in parts]
    summed = pl.concat(parts, how="diagonal").group_by(KEYS).agg(pl.all().sum())
    return _with_carbon(summed, carbon or Carbon()).sort(KEYS)


def kilometres_counts(table: pl.DataFrame) -> Counts:
    """The table of `kilometres_of`, to be protected: kilometres go with the missions that they belong to."""
    told = [name for name in table.columns if name not in (*KEYS, "missions")]
    names = Names({"station": "station", "kind": "unit_kind"}, {"missions": (MISSIONS, {})})
    return Counts(table, KEYS, ["missions"], {"missions": told}, names=names)


def shown_kilometres(found: Protected) -> pl.DataFrame:
    """The table `service_km`, once it has been protected."""
    return report_table("service_km", found.table.with_columns(suppressed=found.hidden["missions"]))


def _by_way(store: Store, days: ServiceDays, study: Study | None) -> pl.DataFrame:
    """Missions and the kilometres that the log tells, by unit, area of the scene and destination."""
    area = pl.lit(-1, pl.Int32)
    if study is not None:
        finder = make_area_finder(study.service.areas)

        def rows_of(place: pl.Series) -> pl.Series:
            lat, lon = (place.struct.field(name).fill_null(float("nan")).to_numpy() for name in ("lat", "lon"))
            return pl.Series(finder.find(lat, lon))

        area = pl.struct("lat", "lon").map_batches(rows_of, return_dtype=pl.Int32, is_elementwise=True)
    km = pl.col("km").fill_nan(None)
    counted = (
        unit_missions(store)
        .filter(days.called(), ~pl.col("cancelled"))
        .select("unit", "destination", km.alias("km"), carried=pl.col("dest_t").is_not_null(), area=area)
        .group_by("unit", "area", "destination", "carried")
        .agg(
            missions=pl.len().cast(pl.Int64),
            with_km=pl.col("km").is_not_null().sum().cast(pl.Int64),
            log_km=pl.col("km").cast(pl.Float64).sum(),
        )
        .collect(engine="streaming")
    )
    return counted.with_columns(pl.col("unit", "destination").cast(pl.String).fill_null("")).sort(
        "unit", "area", "destination", "carried"
    )


def _driven(rows: pl.DataFrame, fleet: Fleet, study: Study | None, network: Network | None) -> pl.DataFrame:
    """The same with kilometres by roads, 0 where they are not known, and how many missions have them."""
    if study is None or network is None:
        nothing = [pl.lit(0.0).alias(name) for name in ROAD_COLUMNS]
        return rows.select("unit", "missions", "with_km", "log_km", pl.lit(0, pl.Int64).alias("with_roads"), *nothing)
    home = dict(zip(fleet.unit, fleet.station, strict=True))
    station = places_in([home[unit] for unit in rows["unit"].to_list()], [row.id for row in study.service.stations])
    area = rows["area"].to_numpy()
    hospital = hospitals_of(study, network, rows["destination"].to_list(), area, rows["carried"].to_numpy())
    found = road_km(study, network, station, area, hospital)
    known = np.isfinite(found.out)
    missions = rows["missions"].to_numpy()
    columns = {name: np.where(known, km, 0.0) * missions for name, km in zip(ROAD_COLUMNS, found, strict=True)}
    return rows.select("unit", "missions", "with_km", "log_km").with_columns(
        with_roads=pl.Series(np.where(known, missions, 0)),
        **{name: pl.Series(km) for name, km in columns.items()},
    )


def _with_carbon(summed: pl.DataFrame, carbon: Carbon) -> pl.DataFrame:
    """The kilometres that count, and the carbon dioxide of them."""
    by_log = pl.col("with_km") >= MOST_SAY * pl.col("missions")
    by_roads = pl.col("with_roads") >= MOST_SAY * pl.col("missions")
    basis = pl.when(by_log).then(pl.lit(LOG)).when(by_roads).then(pl.lit(ROADS)).otherwise(pl.lit(NOTHING))
    # Missions that do not tell are taken to be as long as those of the same row that do.
    scaled = {
        LOG: pl.col("log_km") * pl.col("missions") / pl.col("with_km"),
        ROADS: pl.sum_horizontal(ROAD_COLUMNS) * pl.col("missions") / pl.col("with_roads"),
    }
    km = pl.when(by_log).then(scaled[LOG]).when(by_roads).then(scaled[ROADS])
    return summed.with_columns(
        basis=basis,
        km=km,
        co2_low_t=km * (carbon.low / KG_PER_TONNE),
        co2_t=km * (carbon.usual / KG_PER_TONNE),
        co2_high_t=km * (carbon.high / KG_PER_TONNE),
    )
