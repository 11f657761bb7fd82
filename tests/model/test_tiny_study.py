"""The tiny study itself: complete, without issues, and read into the objects it describes."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from beredt.model.edits.apply import apply_edits
from beredt.model.find import bundled_studies
from beredt.model.read import load_study, read_study
from beredt.model.roster_row import RosterRow
from tests.tiny_study import ORDINARY_TABLES, tiny_files, write_tiny_study


def test_is_read_without_any_issue(tmp_path: Path) -> None:
    study, issues = read_study(write_tiny_study(tmp_path))
    assert issues == ()
    assert study is not None


def test_has_every_table_that_it_needs() -> None:
    assert {f"{name}.csv" for name in ORDINARY_TABLES} <= set(tiny_files())


def test_rows_become_objects(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path))
    service = study.service
    counts = (service.areas, service.centres, service.stations, service.units, service.hospitals)
    assert [len(rows) for rows in counts] == [12, 2, 3, 5, 2]
    first = service.areas[0]
    assert (first.id, first.lat, first.urban, first.district, first.need_factor) == ("e1", 59.9, True, "ost-by", 1.0)
    assert service.areas[-1].district is None
    assert service.standby_points[0].home_stations == ("st-east", "st-west")
    assert RosterRow("weekend-night", (6, 7), 18 * 3600, 4 * 3600) in service.rosters
    assert service.hospital_choice[1].hospitals == ("hosp-west", "hosp-east")
    assert service.dispatch.divert == (("A", "H"), ("A", "V"))
    assert service.misrouting.delay_max_s == 90
    assert service.noise_sigma == 0.25


def test_frames_are_typed(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path))
    assert study.population.schema == {"area": pl.String, "year": pl.Int64, "people": pl.Float64}
    assert study.population.height == 24
    assert study.age_shares.columns == ["region", "year", "age_band", "share"]
    assert study.links.item(0, "factor") == 1.2
    assert study.water["seq"].to_list() == [1, 2, 3]
    assert study.published[0].value == 86.0
    assert len(study.outlines["features"]) == 6


def test_alternatives_and_sensitivities_stand_on_the_base(tmp_path: Path) -> None:
    study = load_study(write_tiny_study(tmp_path))
    assert [alternative.id for alternative in study.alternatives] == ["0+", "2"]
    before = study.service.checksum()
    after = apply_edits(study.service, study.get_alternative("2").edits)
    assert [station.id for station in after.stations] == ["st-east", "st-west", "st-south", "st-mid"]
    assert after.stations[1].centre == "centre-west"
    assert {area.centre for area in after.areas if area.municipality == "vest"} == {"centre-west"}
    assert [(s.id, s.decides, len(s.edits)) for s in study.sensitivities] == [("busier", True, 1)]
    assert study.service.checksum() == before != after.checksum()


@pytest.mark.parametrize("name", sorted(bundled_studies()))
def test_bundled_studies_have_no_errors(name: str) -> None:
    load_study(name)
