"""Where incidents of a log are counted: by position, by the municipality's name, or nowhere."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from beredt.errors import UnknownIdError
from beredt.indicators.observed import NONE, Frame
from beredt.indicators.observing.area_words import areas_by_position, areas_by_words
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.frame import (
    EVERYWHERE,
    Local,
    Places,
    ground_of_log,
    ground_of_study,
    places_of_log,
    with_local,
)
from beredt.model.read import load_study
from beredt.model.study import Study

DAYS = ServiceDays("Europe/Oslo", date(2026, 1, 1), 1)
WORDS = pl.Schema(
    {"municipality": pl.Categorical(), "district": pl.Categorical(), "lat": pl.Float64(), "lon": pl.Float64()}
)


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study("asker-baerum")


def incidents(*rows: tuple[str, str, float | None, float | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=WORDS, orient="row")


def names(frame: Frame, found: pl.Series) -> list[str]:
    return ["" if row == NONE else frame.area_ids[row] for row in found.to_list()]


def test_positions_go_before_names_and_names_before_nothing(study: Study) -> None:
    frame = ground_of_study(study, DAYS)
    asker = next(area for area in study.service.areas if area.municipality == "asker")
    rows = incidents(
        ("Bærum", "", asker.lat, asker.lon),
        ("BÆRUM", "", None, None),
        ("3203", "", None, None),  # Asker by its number
        ("Bergen", "", None, None),
        ("", "", 60.39, 5.32),
    )
    assert names(frame, areas_by_position(frame, study)(rows)) == [
        asker.id, "baerum/unplaced", "asker/unplaced", "", "",
    ]  # fmt: skip


def test_what_is_only_known_by_its_municipality_belongs_to_its_groups_and_has_its_target(study: Study) -> None:
    frame = ground_of_study(study, DAYS)
    row = frame.area_ids.index("baerum/unplaced")
    groups = {frame.group_ids[g] for g in range(len(frame.group_ids)) if frame.groups[g, row]}
    assert groups == {"all", "asker-baerum", "baerum"}
    assert frame.area_target_s[row, 0] == 720.0
    assert frame.zone_ids[frame.area_zone[row]] == "baerum"
    half = frame.area_ids.index("oslo/unplaced")  # a group of some districts has not the whole of Oslo
    assert not frame.groups[frame.group_ids.index("oslo-west"), half]


def test_without_a_study_the_words_of_the_log_are_its_places() -> None:
    rows = incidents(
        ("Oslo", "Ullern", None, None), ("Asker", "", None, None), ("Oslo", "Ullern", 1.0, 1.0), ("", "", None, None)
    )
    places = places_of_log(rows.lazy())
    frame = ground_of_log(places, DAYS)
    assert places == Places(("Asker", "Oslo"), ("", "Ullern"))
    assert frame.zone_ids == ("Asker", "Ullern")
    assert names(frame, areas_by_words(frame)(rows)) == ["Oslo/Ullern", "Asker", "Oslo/Ullern", ""]


def test_a_log_that_names_no_place_is_one_place() -> None:
    rows = incidents(("", "", None, None))
    frame = ground_of_log(places_of_log(rows.lazy()), DAYS)
    assert names(frame, areas_by_words(frame)(rows)) == [EVERYWHERE]


@pytest.mark.parametrize(
    ("local", "said"), [(Local("nowhere", ()), "group of areas"), (Local("all", ("none",)), "station")]
)
def test_local_places_that_are_not_there_are_told(study: Study, local: Local, said: str) -> None:
    with pytest.raises(UnknownIdError, match=said):
        with_local(ground_of_study(study, DAYS), local)
