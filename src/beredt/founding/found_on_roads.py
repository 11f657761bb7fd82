"""From an extract of OpenStreetMap and three tables of one's own to a study, anywhere on earth."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from beredt.founding.ages import BANDS, rounded_shares
from beredt.founding.borders import Municipality, slug
from beredt.founding.found_study import (
    TEMPLATE,
    FoundedStudy,
    add_roads,
    checked,
    draft_of,
    empty_tables,
    founded_study,
    write_study,
)
from beredt.founding.growth import SCHEMA
from beredt.founding.outlines import outlines_of
from beredt.founding.own_tables import OwnTables, read_own_tables
from beredt.founding.settings_text import settings_text, template_of
from beredt.founding.squares import grid_of, land_of, spread, squares_of
from beredt.founding.tables import COPIED, Founded, own_units, tables_of_cells
from beredt.founding.trusts import Trust
from beredt.model.issue import Issue
from beredt.model.read import find_study_folder
from beredt.roads.imported.folder import load_roads

LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
SERVICE = ("service", "Ambulance service (to be named)")
UNTOLD = "untold"
"""The official number of a municipality that nobody has told."""
VERB = "beredt study init --roads"


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What somebody brings: `roads`, an extract; three tables; the year they are of.

    `country`: whose speed limits hold without a sign, None to find it; `spread`: whether people of a row live along
    the streets around it, not all in one place.
    """

    roads: Path
    people: Path
    stations: Path
    hospitals: Path
    year: int
    country: str | None = None
    spread: bool = False


def found_on_roads(files: OwnFiles, out: Path) -> FoundedStudy:
    """Read an extract and three tables, and write a study that can be checked and simulated.

    Raises:
        FoundingError: With everything that is wrong in the tables; nothing is written then.
        ForeignFilesError: The extract cannot be read.
    """
    own = read_own_tables(files.people, files.stations, files.hospitals)
    template = find_study_folder(TEMPLATE)
    with draft_of(out) as draft:
        lost = add_roads(draft, files.roads, LICENCE, files.country)
        grid = grid_of(_middle(own.people["lat"]), _middle(own.people["lon"]))
        placed, alone = spread(own.people, load_roads(draft).roads, grid) if files.spread else (own.people, 0)
        squares = _squares(placed, grid)
        founded = _founded(own, squares, grid, files.year)
        homes = {one.name: one.id for one in founded.municipalities}
        squares = squares.with_columns(pl.col("municipality").replace_strict(homes, return_dtype=pl.String))
        tables = tables_of_cells(founded, squares, template) | {
            "projection": pl.DataFrame(schema=SCHEMA),
            "age_shares": _ages_of(template, founded),
        }
        if own.cars is not None:
            tables["units"] = own_units(founded.stations, own.cars)
        name = slug(out.resolve().name)
        settings = settings_text(founded, tables["areas"], tables["municipalities"], name, has_roads=True, verb=VERB)
        texts = {
            "study.toml": settings,
            "outlines.geojson": outlines_of(founded.municipalities, grid),
            "SOURCES.md": _sources_text(files, own),
        }
        write_study(draft, empty_tables(has_roads=True) | tables, texts)
        issues = checked(draft)
    return founded_study(out, tables, files.year, (*issues, *lost, *_left_in_place(files, alone)))


def _middle(column: pl.Series) -> float:
    return float(column.to_numpy().mean())


def _squares(people: pl.DataFrame, grid: int) -> pl.DataFrame:
    lat, lon, counted = (people[name].to_numpy() for name in ("lat", "lon", "people"))
    return squares_of(lat, lon, counted, people["municipality"].to_list(), grid)


def _founded(own: OwnTables, squares: pl.DataFrame, grid: int, year: int) -> Founded:
    lands = land_of(squares, grid)
    names = sorted(lands)
    slugs = [slug(name) for name in names]
    ids = [one if slugs.count(one) == 1 else f"{one}-{number}" for number, one in enumerate(slugs, 1)]
    municipalities = tuple(Municipality(one, UNTOLD, name, lands[name]) for one, name in zip(ids, names, strict=True))
    return Founded(
        municipalities=municipalities,
        stations=own.stations,
        hospitals=own.hospitals,
        trusts=(Trust(*SERVICE, tuple(ids), assumed=True),),
        year=year,
    )


def _ages_of(template: Path, founded: Founded) -> pl.DataFrame:
    """The shares of ages of all people of the bundled study, for every municipality: an assumption."""
    read = {name: pl.read_csv(template / f"{name}.csv") for name in ("areas", "population", "age_shares")}
    year = int(str(read["age_shares"]["year"].max()))
    people = (
        read["population"]
        .filter(pl.col("year") == year)
        .join(read["areas"].select(area="id", region=pl.coalesce("district", "municipality")), on="area")
        .group_by("region")
        .agg(pl.col("people").sum())
    )
    ages = read["age_shares"].filter(pl.col("year") == year).join(people, on="region")
    counts = ages.group_by("age_band").agg((pl.col("share") * pl.col("people")).sum())
    by_band: Mapping[str, float] = dict(zip(counts["age_band"].to_list(), counts["share"].to_list(), strict=True))
    shares = rounded_shares(pl.Series([by_band[band] for band in BANDS]).to_numpy())
    rows = [
        (one.id, founded.year, band, share)
        for one in founded.municipalities
        for band, share in zip(BANDS, shares, strict=True)
    ]
    return pl.DataFrame(rows, schema=["region", "year", "age_band", "share"], orient="row")


def _sources_text(files: OwnFiles, own: OwnTables) -> str:
    paths = (files.roads, files.people, files.stations, files.hospitals)
    rows = [f"| {path.name} | {hashlib.sha256(path.read_bytes()).hexdigest()} |" for path in paths]
    told = own.cars is not None
    return template_of("SOURCES_roads.template.md").substitute(
        files="\n".join(rows),
        copied=", ".join(f"`{name}`" for name in COPIED),
        people="Spread" if files.spread else "Where the table says",
        spread=(
            "**That people live along the residential streets nearest to each row, evenly by length.**"
            if files.spread
            else "That all people of a row live in its place."
        ),
        units="As the table of stations tells: ambulances round the clock." if told else "",
        cars=(
            "That all of them stand there round the clock."
            if told
            else "**All of it**: a car round the clock at every station and for 48,000 people, and one more from 8 to "
            "20 for 30,000, as in the bundled study."
        ),
    )


def _left_in_place(files: OwnFiles, alone: int) -> tuple[Issue, ...]:
    if not alone:
        return ()
    message = "no residential street lies nearest to these rows: their people stay where the table says"
    remedy = "nothing, or take a wider extract"
    return (Issue(files.people.name, None, None, None, alone, message, remedy, severity="warning"),)
