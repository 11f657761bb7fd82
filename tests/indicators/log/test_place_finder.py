"""Where things are: by outline, else by area, else by name."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from beredt.indicators.log.places.place_finder import BY_NAME, BY_NOTHING, BY_POSITION, PlaceFinder, Places, find_places
from beredt.model.read import load_study
from beredt.model.study import Study


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study("asker-baerum")


def rows(*places: tuple[float | None, float | None, str]) -> pl.DataFrame:
    lat, lon, names = zip(*places, strict=True)
    words = {"municipality": list(names), "district": [""] * len(names), "tettsted": ["Askjem"] * len(names)}
    floats = {"lat": pl.Float64, "lon": pl.Float64}
    table = pl.DataFrame({"lat": lat, "lon": lon, **words}, schema_overrides=floats)
    return table.with_columns(pl.col(pl.String).cast(pl.Categorical))


def named(finder: PlaceFinder, kind: str, codes: np.ndarray[tuple[int, ...], np.dtype[np.int32]]) -> list[str | None]:
    ids = finder.words[kind].ids
    return [ids[code] if code >= 0 else None for code in codes]


def test_every_area_is_found_again(study: Study) -> None:
    """Where people live is in the municipality that the study says, but for cells that a simplified border cuts."""
    areas = study.service.areas
    finder = find_places(study, {})
    found = finder.find(rows(*((area.lat, area.lon, "") for area in areas)))
    municipalities = named(finder, "municipality", found.municipality)
    assert np.mean([a == b.municipality for a, b in zip(municipalities, areas, strict=True)]) > 0.99
    assert np.mean([a == b.id for a, b in zip(np.array(finder.area_ids)[found.area], areas, strict=True)]) > 0.99


def test_position_before_name_and_name_before_nothing(study: Study) -> None:
    finder = find_places(study, {"municipality": ["Oslo", "Nowhere"], "tettsted": ["Askjem"]})
    table = rows((59.8331, 10.4392, "Oslo"), (None, None, "Oslo"), (63.4, 10.4, "Nowhere"), (None, 10.4, ""))
    found = finder.find(table)
    assert named(finder, "municipality", found.municipality) == ["asker", "oslo", "Nowhere", None]
    assert found.how.tolist() == [BY_POSITION, BY_NAME, BY_NAME, BY_NOTHING]
    assert set(named(finder, "tettsted", found.tettsted)) == {"Askjem"}


def test_districts_only_where_there_are_any(study: Study) -> None:
    finder = find_places(study, {})
    found = finder.find(rows((59.9285, 10.7000, ""), (59.8899, 10.5234, "")))
    assert named(finder, "municipality", found.municipality) == ["oslo", "baerum"]
    district = named(finder, "district", found.district)
    assert district[0] is not None
    assert district[1] is None


def test_areas_only_where_they_are_wanted(study: Study) -> None:
    finder = find_places(study, {})
    table = rows((59.8331, 10.4392, ""), (59.9139, 10.7522, ""))
    whole, part = finder.find(table), finder.find(table, areas=False)
    assert (whole.area >= 0).all()
    assert (part.area < 0).all()
    assert _same(whole, part)


def test_without_a_study_the_log_is_all_there_is() -> None:
    finder = find_places(None, {"municipality": ["Richmond", "RICHMOND "], "tettsted": ["Askjem"]})
    found = finder.find(rows((59.9, 10.7, "Richmond"), (None, None, "RICHMOND "), (None, None, "")))
    assert named(finder, "municipality", found.municipality)[2] is None
    assert len(set(named(finder, "municipality", found.municipality)[:2])) == 1


def _same(one: Places, other: Places) -> bool:
    return all((a == b).all() for a, b in zip(one[:3], other[:3], strict=True))
