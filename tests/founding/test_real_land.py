"""Asker and Bærum founded on real squares and borders, beside the bundled study that was made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import polars as pl
import pyogrio
import pytest
import shapely

from beredt.founding.found_study import found_study
from beredt.model.read import load_study
from tests.fetch.real_forms import json_stat
from tests.founding.made_land import dimensions, fetched_folder, place

pytestmark = pytest.mark.reference
NUMBERS = {"3201": "Bærum", "3203": "Asker"}


def _grid(folder: Path, cells: pl.DataFrame) -> bytes:
    path = folder / "grid.gml"
    east, north = cells["easting"].to_numpy(), cells["northing"].to_numpy()
    squares = shapely.box(east - 125, north - 125, east + 125, north + 125)
    pyogrio.raw.write(
        path, shapely.to_wkb(squares), [cells["pop_2022"].to_numpy(), cells["SSBID0250M"].to_numpy().astype(str)],
        ["popTot", "ssbid250m"], geometry_type="Polygon", crs="EPSG:25833", driver="GML",
    )  # fmt: skip
    archive = folder / "grid.zip"
    with ZipFile(archive, "w") as packed:
        packed.write(path, "Befolkning.gml")
    return archive.read_bytes()


def test_people_are_those_of_the_bundled_study(tmp_path: Path, reference_data: Path) -> None:
    data = reference_data
    cells = pl.read_csv(data / "asker-baerum/population_grid_250m.csv", schema_overrides={"kommunenummer": pl.String})
    around = cells.filter(pl.col("kommunenummer").is_in([*NUMBERS, "0301", "3312"]))
    ages = pl.read_csv(data / "norway/population_municipality_age.csv", schema_overrides={"kommunenummer": pl.String})
    ages = ages.filter(pl.col("kommunenummer").is_in(list(NUMBERS))).sort("kommunenummer", "age")
    land = json.loads((data / "asker-baerum/municipalities.geojson").read_text(encoding="utf-8"))
    bands = [f"{age:03d}" for age in range(ages.height // 2)]
    numbers = [feature["properties"]["kommunenummer"] for feature in land["features"]]
    borders = {
        number: {"kommunenummer": number, "kommunenavn": NUMBERS[number], "omrade": feature["geometry"]}
        for number, feature in zip(numbers, land["features"], strict=True)
        if number in NUMBERS
    }
    stations = [place("Bærum", 59.893, 10.524), place("Asker", 59.835, 10.43)]
    hospitals = [place("Bærum sykehus", 59.893, 10.524), place("Drammen", 59.745, 10.195)]
    counted = ages["2022"].cast(pl.Float64).to_list()
    instead = {
        "population-grid": _grid(tmp_path, around),
        "population-age": json_stat(
            dimensions([f"K-{one}" for one in NUMBERS], ["1"], bands, ["Personer1"], ["2022"]), counted
        ),
        "ambulance-stations": json.dumps({"elements": stations}).encode(),
        "hospitals": json.dumps({"elements": hospitals}).encode(),
        "projection": json_stat(dimensions(list(NUMBERS), ["1"], ["000"], ["Personer"], ["2030"]), [1.0, 1.0]),
        "health-trusts": b'{"correspondenceItems": []}',
        **{f"borders/{number}.json": json.dumps(told).encode() for number, told in borders.items()},
    }
    source = fetched_folder(tmp_path / "data", instead, numbers=())
    founded = load_study(found_study(source, list(NUMBERS), tmp_path / "study").folder)
    bundled = load_study("asker-baerum")
    for name in ("asker", "baerum"):
        mine = {one.id for one in founded.service.areas if one.municipality == name}
        theirs = {one.id for one in bundled.service.areas if one.municipality == name}
        people = founded.population.filter((pl.col("year") == 2022) & pl.col("area").is_in(list(mine)))["people"].sum()
        known = bundled.population.filter((pl.col("year") == 2022) & pl.col("area").is_in(list(theirs)))["people"].sum()
        # These borders are of land alone: a square on the shore whose middle lies in the water is nobody's here.
        assert people == pytest.approx(known, rel=0.02)
    shares = founded.age_shares.filter(pl.col("region") == "baerum")["share"].to_numpy()
    known_shares = bundled.age_shares.filter((pl.col("region") == "baerum") & (pl.col("year") == 2022))[
        "share"
    ].to_numpy()
    np.testing.assert_allclose(shares, known_shares, atol=1e-6)
    assert all(one.urban for one in founded.service.municipalities)
