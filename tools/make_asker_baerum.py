"""Make the tables of the bundled study that follow from public files.

    python -m tools.make_asker_baerum FOLDER [--out DIR]

FOLDER holds the public files (see `asker_baerum/public_files.py`; BEREDT_REFERENCE_DATA names it as well). Written
are areas, population, municipalities, districts, age_shares, age_rates, profile and outlines. All other tables of
the study are facts and labelled assumptions that people write: they are not touched.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import polars as pl

from beredt.founding.areas import gather_areas, with_area_ids
from beredt.founding.urban import LEAST_IN_CLUSTER, cluster_people, urban_municipalities
from tools.asker_baerum.ages import age_rates, age_shares, read_ages
from tools.asker_baerum.districts import read_oslo_districts, with_districts
from tools.asker_baerum.grid import YEARS, read_cells
from tools.asker_baerum.outlines import outlines, write_outlines
from tools.asker_baerum.profile import profile
from tools.asker_baerum.public_files import PublicFiles
from tools.asker_baerum.regions import ASKER_PARTS, MUNICIPALITIES, OSLO_DISTRICTS, responsibility

PEOPLE, COUNTED = "people_2026", "people_2022"
"""People who weigh in the study's year, and those who were counted."""
STUDY = Path(__file__).resolve().parent.parent / "src" / "beredt" / "studies" / "asker_baerum"


def make_study_tables(files: PublicFiles, out: Path) -> None:
    """Write the tables that follow from the public files to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    districts = read_oslo_districts(files.oslo_districts)
    cells = with_districts(with_area_ids(read_cells(files.grid), PEOPLE), districts)
    cells = cells.with_columns(urban=pl.Series(cluster_people(cells, COUNTED) >= LEAST_IN_CLUSTER))
    areas = gather_areas(cells, PEOPLE, [COUNTED])
    municipality_ages = read_ages(files.municipality_ages, "kommunenummer")
    district_ages = read_ages(files.district_ages, "location_code")
    tables = {
        "areas": area_table(areas),
        "population": population_table(areas),
        "municipalities": municipality_table(urban_municipalities(cells, COUNTED)),
        "districts": district_table(),
        "age_shares": age_shares(municipality_ages, district_ages),
        "age_rates": age_rates(municipality_ages),
        "profile": profile(),
    }
    for name, table in tables.items():
        table.write_csv(out / f"{name}.csv")
    write_outlines(outlines(files.municipality_borders, files.country_borders, districts), out / "outlines.geojson")


def area_table(areas: pl.DataFrame) -> pl.DataFrame:
    """The table `areas`, with who is responsible today."""
    answers = [
        responsibility(municipality, district)._asdict()
        for municipality, district in areas.select("municipality", "district").rows()
    ]
    columns = ["lat", "lon", "size_m", "municipality", "district", "urban"]
    return pl.concat([areas.select(pl.col("area").alias("id"), *columns), pl.DataFrame(answers)], how="horizontal")


def population_table(areas: pl.DataFrame) -> pl.DataFrame:
    """The table `population`: area, year, people."""
    years = [
        areas.select("area", pl.lit(year, dtype=pl.Int64).alias("year"), pl.col(f"people_{year}").alias("people"))
        for year in YEARS
    ]
    return pl.concat(years).sort("area", "year")


def municipality_table(urban: set[str]) -> pl.DataFrame:
    """The table `municipalities`."""
    rows = [(key, number, name, int(key in urban)) for number, (key, name) in MUNICIPALITIES.items()]
    return pl.DataFrame(rows, schema=["id", "number", "name", "urban"], orient="row")


def district_table() -> pl.DataFrame:
    """The table `districts`: Oslo's districts and the three parts of Asker."""
    rows = [(key, name, "oslo") for key, name in OSLO_DISTRICTS.values()]
    rows += [(key, name, "asker") for key, name in ASKER_PARTS.items()]
    return pl.DataFrame(rows, schema=["id", "name", "municipality"], orient="row")


def main() -> int:
    """Read the arguments, make the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=os.environ.get("BEREDT_REFERENCE_DATA"), help="public files")
    parser.add_argument("--out", type=Path, default=STUDY, help="folder to write to (default: the bundled study)")
    arguments = parser.parse_args()
    if arguments.folder is None:
        parser.error("name the folder of public files, or set BEREDT_REFERENCE_DATA to it")
    files = PublicFiles(Path(arguments.folder))
    missing = files.missing()
    if missing:
        print("These public files are missing:", *missing, sep="\n  ", file=sys.stderr)
        return 1
    make_study_tables(files, arguments.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
