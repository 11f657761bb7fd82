"""What lies beside the report: Excel, GeoPackage and figures, as those who open them find them."""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pyogrio
import pytest
import shapely

from beredt.model.study import Study
from beredt.report.chapters.parts import FEWEST
from beredt.report.geopackage.area_columns import plain
from beredt.report.page.standalone_svg import standalone_svg, view_box
from beredt.report.results import read_results
from beredt.report.words import load_words
from beredt.report.write_index import sha256_of
from beredt.report.write_outputs import write_outputs


def write(results_dir: Path, study: Study, out: Path, *languages: str, jobs: int = 1) -> Path:
    shutil.copytree(results_dir.parent, out, ignore=shutil.ignore_patterns("results.json"))
    shutil.copy(results_dir.parent / "results.json", out / "results")
    facts = json.loads((out / "results" / "results.json").read_text(encoding="utf-8"))
    facts["files"] = {path.name: sha256_of(path) for path in (out / "results").glob("*.parquet")}
    (out / "results" / "results.json").write_text(json.dumps(facts), encoding="utf-8")
    write_outputs(out, study, languages, lambda stage, done, total: None, jobs=jobs)
    return out


@pytest.fixture(scope="module")
def out(tiny: Study, results_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(results_dir, tiny, tmp_path_factory.mktemp("outputs") / "out", "nb", "en")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def test_everything_is_there_named_in_the_index_and_the_same_again(
    out: Path, tiny: Study, results_dir: Path, tmp_path: Path
) -> None:
    index = json.loads((out / "results.json").read_text(encoding="utf-8"))
    pages = {f"report{one}.{form}" for one in ("", ".en") for form in ("html", "pdf")}
    assert pages | {"tables.xlsx", "areas.gpkg"} <= set(index["files"])
    there = {name for name in contents(out) if name not in ("results.json", "results/results.json")}
    assert set(index["files"]) == there
    assert all(sha256_of(out / name) == checksum for name, checksum in index["files"].items())
    # Made again by two processes instead of one.
    assert contents(write(results_dir, tiny, tmp_path / "again", "nb", "en", jobs=2)) == contents(out)


def test_what_an_earlier_run_wrote_is_removed_and_nothing_else(out: Path, tiny: Study, tmp_path: Path) -> None:
    again = tmp_path / "out"
    shutil.copytree(out, again)
    (again / "mine.html").write_text("mine")
    (again / "figures" / "99-mine.txt").write_text("mine")
    write_outputs(again, tiny, ("en",), lambda stage, done, total: None)
    assert not (again / "report.en.html").exists()
    assert (again / "mine.html").exists()
    assert (again / "figures" / "99-mine.txt").exists()


def test_excel_holds_every_table_below_a_head_that_says_what_each_column_means(out: Path) -> None:
    tables = read_results(out).tables
    names = pl.read_excel(out / "tables.xlsx", sheet_id=0, has_header=False, raise_if_empty=False)
    assert {name[:31] for name in tables if name != "data_dictionary"} <= set(names)
    assert {load_words("nb")("workbook.contents"), load_words("nb")("workbook.dictionary")} <= set(names)
    units = pl.read_excel(out / "tables.xlsx", sheet_name="units", read_options={"header_row": 1})
    assert units.columns == tables["units"].columns
    np.testing.assert_allclose(units["km"].cast(pl.Float64), tables["units"]["km"], rtol=1e-12)
    assert names["units"].row(0)[0]


def test_excel_leaves_out_small_counts_of_single_places(out: Path) -> None:
    flows = read_results(out).tables["flows"]
    small = (flows["value"] > 0) & (flows["value"] < FEWEST)
    assert small.any()
    sheet = pl.read_excel(out / "tables.xlsx", sheet_name="flows", read_options={"header_row": 1, "dtypes": "string"})
    assert set(sheet.filter(small)["value"].to_list()) == {"<\u202f5"}
    assert "<\u202f5" not in sheet.filter(~small)["value"].to_list()


def test_the_layers_of_the_geopackage_are_those_of_the_study(out: Path, tiny: Study) -> None:
    path = out / "areas.gpkg"
    names = [name for name, _ in pyogrio.list_layers(path)]
    assert names == ["areas", "stations", "standby_points", "municipalities", "districts"]
    meta, _, shapes, columns = pyogrio.raw.read(path, layer="areas")
    fields = dict(zip(meta["fields"], columns, strict=True))
    assert list(fields["area"]) == [area.id for area in tiny.service.areas]
    assert meta["crs"] == "EPSG:25833"
    squares = shapely.from_wkb(shapes)
    np.testing.assert_allclose(shapely.area(squares), [area.size_m**2 for area in tiny.service.areas], rtol=1e-9)
    for area, square in zip(tiny.service.areas, squares, strict=True):
        assert square.covers(_utm(area.lat, area.lon)), area.id


def _utm(lat: float, lon: float) -> shapely.Point:
    from pyproj import Transformer

    return shapely.Point(*Transformer.from_crs("EPSG:4326", "EPSG:25833", always_xy=True).transform(lon, lat))


def test_areas_carry_the_figures_of_every_alternative(out: Path) -> None:
    table = read_results(out).tables["areas"]
    meta, _, _, columns = pyogrio.raw.read(out / "areas.gpkg", layer="areas")
    fields = dict(zip(meta["fields"], columns, strict=True))
    for alternative in sorted(set(table["alternative"].to_list())):
        own = table.filter((pl.col("alternative") == alternative) & (pl.col("urgency") == "A"))
        known = {area: (often, mean) for area, often, mean in own.select("area", "incidents", "mean_s").iter_rows()}
        name = f"{plain(alternative)}_A"
        for area, often, mean in zip(
            fields["area"], fields[f"{name}_incidents"], fields[f"{name}_mean_s"], strict=True
        ):
            few = known[area][0] < FEWEST
            assert np.isnan(often) if few else often == pytest.approx(known[area][0])
            assert np.isnan(mean) if few else mean == pytest.approx(known[area][1])
        assert f"{plain(alternative)}_centre" in fields
    assert plain("0+") == "alt_0plus"
    assert plain("today") == "today"


def test_stations_stand_in_every_alternative(out: Path, tiny: Study) -> None:
    meta, _, shapes, columns = pyogrio.raw.read(out / "areas.gpkg", layer="stations")
    fields = dict(zip(meta["fields"], columns, strict=True))
    today = fields["alternative"] == "today"
    assert list(fields["id"][today]) == [station.id for station in tiny.service.stations]
    assert sum(fields["units"][today]) == len(tiny.service.units)
    assert len(shapes) == len(today)


def test_every_figure_is_a_file_of_its_own_that_fits_a_slide(out: Path) -> None:
    drawings = sorted((out / "figures").glob("*.svg"))
    assert len(drawings) >= 8
    assert [path.stem for path in sorted((out / "figures").glob("*.png"))] == [path.stem for path in drawings]
    for path in drawings:
        root = ElementTree.parse(path).getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "var(" not in path.read_text(encoding="utf-8")
        width, height = struct.unpack(">II", path.with_suffix(".png").read_bytes()[16:24])
        assert 2558 <= width <= 2562 or 1438 <= height <= 1442
        assert width <= 2562
        assert height <= 1442


def test_a_drawing_alone_has_a_size_and_the_light_colours() -> None:
    svg = '<svg viewBox="0 0 200 100" class="strip" aria-hidden="true"><path class="level-1" fill="var(--ink)"/></svg>'
    alone = standalone_svg(svg)
    root = ElementTree.fromstring(alone)
    assert root.get("class") == "strip"
    assert float((root.get("width") or "").removesuffix("pt")) == 2 * float(
        (root.get("height") or "").removesuffix("pt")
    )
    assert 'fill="#16191d"' in alone
    assert ".level-1{fill:#3fa34d}" in alone
    with pytest.raises(ValueError, match="viewBox"):
        view_box("<svg></svg>")
