"""Levers turn what they say and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from beredt.decision.levers import ask_settings, has_new_border, unit_settings
from beredt.errors import EditError
from beredt.model.study import Study
from tests.decision.pretended import services_of


def test_only_an_alternative_that_moves_a_border_has_a_new_one(tiny: Study) -> None:
    services = services_of(tiny)
    assert not has_new_border(services["0+"], services["0+"])
    assert has_new_border(services["2"], services["0+"])


def test_a_new_owner_alone_is_no_new_border(tiny: Study) -> None:
    base = tiny.service
    station = replace(base.stations[1], organisation="trust-west")
    assert not has_new_border(replace(base, stations=(base.stations[0], station, *base.stations[2:])), base)
    moved = replace(station, centre="centre-west")
    assert has_new_border(replace(base, stations=(base.stations[0], moved, *base.stations[2:])), base)


def test_asking_is_set_on_own_first_borders_only(tiny: Study) -> None:
    base = tiny.service
    settings = ask_settings(base, [120.0, 0.0, 120.0])
    assert [setting.level for setting in settings] == [0.0, 120.0]
    for before, after in zip(base.border_rules, settings[1].service.border_rules, strict=True):
        expected = 120.0 if before.policy == "own_first" else before.ask_s
        assert after == replace(before, ask_s=expected)
    assert replace(settings[1].service, border_rules=base.border_rules) == base


def test_without_an_own_first_border_there_is_nothing_to_ask(tiny: Study) -> None:
    seamless = tuple(replace(rule, policy="seamless") for rule in tiny.service.border_rules)
    assert ask_settings(replace(tiny.service, border_rules=seamless), [0.0, 60.0]) == ()


def test_units_go_down_as_far_as_there_are_any_and_up_as_far_as_asked(tiny: Study) -> None:
    settings = unit_settings(tiny.service, "st-west", "ambulance", "all-day", 2)
    assert [setting.level for setting in settings] == [-1.0, 0.0, 1.0, 2.0]
    at_home = [[u.id for u in s.service.units if u.station == "st-west"] for s in settings]
    assert at_home == [[], ["w-1"], ["w-1", "break-even-1"], ["w-1", "break-even-1", "break-even-2"]]
    assert settings[1].service == tiny.service


def test_a_unit_of_another_roster_is_left_alone(tiny: Study) -> None:
    settings = unit_settings(tiny.service, "st-east", "ambulance", "all-day", 3)
    fewest = settings[0]
    assert fewest.level == -1.0
    assert [u.id for u in fewest.service.units if u.station == "st-east"] == ["e-2", "e-3"]


def test_names_that_are_taken_are_not_used_again(tiny: Study) -> None:
    taken = replace(tiny.service, units=(*tiny.service.units, replace(tiny.service.units[0], id="break-even-1")))
    added = unit_settings(taken, "st-west", "ambulance", "all-day", 2)[-1].service.units[-2:]
    assert [unit.id for unit in added] == ["break-even-2", "break-even-3"]


def test_an_unknown_station_is_a_complaint(tiny: Study) -> None:
    with pytest.raises(EditError, match="st-moon"):
        unit_settings(tiny.service, "st-moon", "ambulance", "all-day", 1)
