"""A study places the rows of a log, by position before name, and says what is urban."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from beredt.indicators.catalogue.placed_log import placed_log
from beredt.model.find import find_study_folder
from beredt.model.read import read_study
from tests.indicators.made_store import make_store


def test_positions_decide_before_names(tmp_path: Path) -> None:
    study, _ = read_study(find_study_folder("asker-baerum"))
    assert study is not None
    area = next(area for area in study.service.areas if area.municipality == "asker" and not area.urban)
    rows: list[dict[str, Any]] = [
        {"call_t": 0, "lat": area.lat, "lon": area.lon, "municipality": "Bærum"},
        {"call_t": 1, "municipality": "BÆRUM"},
        {"call_t": 2, "municipality": "Atlantis"},
        {"call_t": 3},
    ]
    log = placed_log(make_store(tmp_path / "store", rows), study)
    for table in (log.incidents, log.missions):
        found = table.sort("incident").select("municipality", "urban", "urban_place").collect()
        assert found["municipality"].cast(str).to_list() == ["asker", "baerum", "Atlantis", ""]
        assert found["urban"].to_list() == [True, True, None, None]
        assert found["urban_place"].to_list() == [False, None, None, None]
        assert table.collect_schema() == table.collect().schema
