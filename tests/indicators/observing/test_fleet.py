"""The units of a log, and how its words find the study's stations."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.indicators.observing.fleet import UNKNOWN, Fleet, fleet_of, plain
from beredt.model.read import load_study
from tests.indicators.made_store import make_store


def sent(unit: str, **more: object) -> dict[str, object]:
    return {"unit": unit, "call_t": 0.0, "alerted_t": 1.0} | more


def fleet(tmp_path: Path, *rows: dict[str, object], study: bool = False) -> Fleet:
    store = make_store(tmp_path / "store", rows)
    return fleet_of(store.missions(), load_study("asker-baerum").service if study else None)


def test_a_unit_belongs_where_most_of_its_missions_say(tmp_path: Path) -> None:
    found = fleet(tmp_path, sent("b", station="North"), sent("a", station="South"), sent("a", station="South"),
                  sent("a", station="North"), sent("c"))  # fmt: skip
    assert found.unit == ("a", "b", "c")
    assert found.station == ("South", "North", UNKNOWN)
    assert found.missions == (3, 1, 1)
    assert found.moved == 1


def test_a_word_counts_more_than_many_empty_cells(tmp_path: Path) -> None:
    found = fleet(tmp_path, sent("a"), sent("a"), sent("a", station="South"))
    assert found.station == ("South",)


def test_rows_that_are_no_unit_response_make_no_unit(tmp_path: Path) -> None:
    assert fleet(tmp_path, {"unit": "ghost", "call_t": 0.0}, sent("a")).unit == ("a",)


def test_stations_and_owners_of_the_study_are_found_by_name(tmp_path: Path) -> None:
    found = fleet(tmp_path, sent("a", station="SØNDRE FOLLO (Frogn)"), sent("b", station="Bærum"),
                  sent("c", station="Nowhere"), study=True)  # fmt: skip
    assert found.station == ("sondre-follo", "baerum", "Nowhere")
    assert found.organisation == ("ous", "ous", UNKNOWN)
    assert found.unmatched_stations == ("Nowhere",)


@pytest.mark.parametrize(
    ("kind", "first", "stops", "stops_too"),
    [
        ("ambulance", True, True, True),
        ("", True, True, True),  # a log that does not tell kinds has ambulances
        ("single_responder", False, False, True),
        ("doctor", False, False, True),
        ("patient_transport", False, False, False),
        ("boat", False, True, True),
    ],
)
def test_kinds_do_what_they_can(tmp_path: Path, kind: str, first: bool, stops: bool, stops_too: bool) -> None:
    found = fleet(tmp_path, sent("a", unit_kind=kind))
    assert found.can_go_first().tolist() == [first]
    assert found.stops_clock(responders=False).tolist() == [stops]
    assert found.stops_clock(responders=True).tolist() == [stops_too]


def test_words_are_compared_without_accents_cases_and_signs() -> None:
    assert plain("Søndre Follo (Frogn)") == plain("SONDRE-FOLLO frogn")
    assert plain("Ullevål") == plain("ulleval")
