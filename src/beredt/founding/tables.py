"""All tables of a founded study, as frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import polars as pl

from beredt.founding.ages import read_age_shares
from beredt.founding.areas import gather_areas, with_area_ids
from beredt.founding.borders import Municipality
from beredt.founding.cells import read_cells
from beredt.founding.fleet import assumed_units
from beredt.founding.growth import read_projection
from beredt.founding.places import Place
from beredt.founding.sources import FetchedFiles
from beredt.founding.trusts import Trust
from beredt.founding.urban import LEAST_IN_CLUSTER, cluster_people, urban_municipalities

RATE_REGION, TEMPLATE_RATE_REGION = "region", "outside"
URGENCIES = ("A", "H", "V")
COPIED = ("unit_kinds", "profile", "needs", "intervals", "speeds", "age_rates")
"""Tables of the bundled study that are taken over as they are: labelled assumptions until a log is there."""
ROSTERS = (("all-day", "mon-sun", "00:00", "24:00"), ("day", "mon-sun", "08:00", "20:00"))
ASSUMED_BORDER = {
    "A": ("own_first", 0, 120, "stale", 300),
    "H": ("own_first", 900, 120, "stale", 300),
    "V": ("own_only", 0, 0, "live", 0),
}
"""How centres meet where nobody has said how: as the bundled study assumes between two centres."""


@dataclass(frozen=True, slots=True, eq=False)
class Founded:
    """What a study is made of, before it becomes tables."""

    municipalities: tuple[Municipality, ...]
    stations: tuple[Place, ...]
    hospitals: tuple[Place, ...]
    trusts: tuple[Trust, ...]
    year: int


def study_tables(founded: Founded, files: FetchedFiles, template: Path) -> dict[str, pl.DataFrame]:
    """Every table of the study by name. `template`: folder of the study whose assumptions are taken over.

    Raises FoundingError for fetched files that do not hold what is needed.
    """
    cells = read_cells(files.get("population-grid"), founded.municipalities)
    return tables_of_cells(founded, cells, template) | {
        "projection": read_projection(files.find("projection"), founded.municipalities),
        "age_shares": read_age_shares(files.get("population-age"), founded.municipalities, founded.year),
    }


def tables_of_cells(founded: Founded, cells: pl.DataFrame, template: Path) -> dict[str, pl.DataFrame]:
    """Every table but those of ages. `cells`: squares with people, as `read_cells` tells them."""
    cells = with_area_ids(cells)
    cells = cells.with_columns(
        urban=pl.Series(cluster_people(cells) >= LEAST_IN_CLUSTER), district=pl.lit(None, pl.String)
    )
    areas = gather_areas(cells)
    of_municipality = {one: trust.id for trust in founded.trusts for one in trust.municipalities}
    tables = {name: _of_template(template, name) for name in COPIED}
    tables |= {
        "areas": _areas(areas, of_municipality),
        "population": _population(areas, founded.year),
        "municipalities": _municipalities(founded.municipalities, urban_municipalities(cells)),
        "organisations": _frame(["id", "name"], [(one.id, one.name) for one in founded.trusts]),
        "centres": _frame(
            ["id", "name", "organisation", "reserve_units"],
            [(one.id, f"AMK {one.name}", one.id, 1) for one in founded.trusts],
        ),
        "stations": _stations(founded, of_municipality),
        "units": assumed_units(founded.stations, areas),
        "rosters": _frame(["id", "weekdays", "start", "end"], ROSTERS),
        "hospitals": _hospitals(founded, of_municipality),
        "hospital_choice": _hospital_choice(founded),
        "rates": _rates(template),
        "border_rules": _border_rules(founded.trusts),
    }
    return tables


def own_units(stations: Sequence[Place], cars: Mapping[str, int]) -> pl.DataFrame:
    """The table `units` as somebody told it: so many ambulances round the clock at each station."""
    rows = [
        (f"{one.id}-{number}", one.id, "ambulance", ROSTERS[0][0], "published")
        for one in stations
        for number in range(1, cars[one.id] + 1)
    ]
    return _frame(["id", "station", "kind", "roster", "basis"], rows)


def _frame(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)


def _of_template(template: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(template / f"{name}.csv", infer_schema=False)


def _areas(areas: pl.DataFrame, trust: Mapping[str, str]) -> pl.DataFrame:
    home = pl.col("municipality").replace_strict(trust)
    return areas.select(
        pl.col("area").alias("id"), "lat", "lon", "size_m", "municipality", "district", "urban",
        hospital_zone=home, rate_region=pl.lit(RATE_REGION), centre=home, organisation=home,
    )  # fmt: skip


def _population(areas: pl.DataFrame, year: int) -> pl.DataFrame:
    return areas.select("area", year=pl.lit(year, pl.Int64), people=pl.col("people").round(1)).sort("area")


def _municipalities(municipalities: Sequence[Municipality], urban: set[str]) -> pl.DataFrame:
    rows = [(one.id, one.number, one.name, int(one.id in urban)) for one in municipalities]
    return _frame(["id", "number", "name", "urban"], rows)


def _stations(founded: Founded, trust: Mapping[str, str]) -> pl.DataFrame:
    homes = [trust.get(str(one.municipality), founded.trusts[0].id) for one in founded.stations]
    rows = [
        (one.id, one.name, one.lat, one.lon, home, home, "published")
        for one, home in zip(founded.stations, homes, strict=True)
    ]
    return _frame(["id", "name", "lat", "lon", "organisation", "centre", "basis"], rows)


def _hospitals(founded: Founded, trust: Mapping[str, str]) -> pl.DataFrame:
    """One outside the study belongs to the first trust: only where patients are taken matters there."""
    rows = [
        (one.id, one.name, one.lat, one.lon, trust.get(str(one.municipality), founded.trusts[0].id), 1)
        for one in founded.hospitals
    ]
    return _frame(["id", "name", "lat", "lon", "organisation", "emergency"], rows)


def _hospital_choice(founded: Founded) -> pl.DataFrame:
    nearest = ";".join(one.id for one in founded.hospitals)
    rows = [(trust.id, urgency, nearest, 1) for trust in founded.trusts for urgency in URGENCIES]
    return _frame(["hospital_zone", "urgency", "hospitals", "share"], rows)


def _rates(template: Path) -> pl.DataFrame:
    return (
        _of_template(template, "rates")
        .filter(pl.col("rate_region") == TEMPLATE_RATE_REGION)
        .with_columns(rate_region=pl.lit(RATE_REGION))
    )


def _border_rules(trusts: Sequence[Trust]) -> pl.DataFrame:
    rows = [
        (asking.id, owning.id, urgency, *ASSUMED_BORDER[urgency])
        for asking, owning in permutations(trusts, 2)
        for urgency in URGENCIES
    ]
    columns = ["asking_centre", "owning_centre", "urgency", "policy", "margin_s", "ask_s", "view", "view_age_s"]
    return _frame(columns, rows) if rows else pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
