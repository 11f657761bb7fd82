"""Rules of dispatch and relocation as arrays."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest

from beredt.dispatch.move_limits import NO_LIMIT, MoveLimits, may_move
from beredt.dispatch.opening import is_open
from beredt.model.read import load_study
from beredt.model.relocation_rules import RelocationRules
from beredt.model.service import Service
from beredt.simulation.pack_policies import (
    pack_compliance,
    pack_least_loss,
    pack_limits,
    pack_moved,
    pack_priority_list,
    pack_standby_hours,
    pack_travel_hours,
    pack_unit_prices,
)
from tests.model.policy_study import write_policy_study
from tests.tiny_study import write_tiny_study

EAST, WEST, SOUTH = 0, 1, 2


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return load_study(write_policy_study(tmp_path_factory.mktemp("policy"))).service


def with_rule(service: Service, rules: RelocationRules) -> Service:
    return replace(service, relocation=rules)


def test_a_study_that_says_nothing(tmp_path: Path) -> None:
    service = load_study(write_tiny_study(tmp_path)).service
    assert pack_limits(service) == MoveLimits(NO_LIMIT, inf, inf, inf, 0, 0)
    assert may_move(pack_limits(service), 10**9, 1e9, 1e9, 1e9, 0.0)
    assert pack_moved(service).units.tolist() == [1] * 5
    assert pack_moved(service).bases.tolist() == [1] * 3
    assert pack_priority_list(service)[0].size == 0
    assert pack_compliance(service).first_slot.tolist() == [0]
    assert pack_unit_prices(service).tolist() == [[0.0] * 3] * 5
    assert (pack_travel_hours(service) == 1.0).all()
    days, start_s, end_s = pack_standby_hours(service)[0]
    assert all(is_open(days, start_s, end_s, 3, half * 1800.0) for half in range(400))
    assert pack_least_loss(service).tolist() == [0, 0, 0]


def test_the_list_and_the_table_that_are_followed(service: Service) -> None:
    ranked, earlier = pack_priority_list(with_rule(service, RelocationRules("priority_list")))
    assert ranked.tolist() == [EAST, WEST, EAST]
    assert earlier.tolist() == [0, 0, 1]
    table = pack_compliance(with_rule(service, RelocationRules("compliance", table="small")))
    slots = [
        [table.slot_base[table.first_slot[k] : table.first_slot[k + 1]].tolist() for k in range(first, last)]
        for first, last in zip(table.first_configuration[:-1], table.first_configuration[1:], strict=True)
    ]
    assert slots == [[], [[WEST]], [[EAST, WEST]], [[EAST, WEST]], [[EAST, EAST, WEST]], [[EAST, EAST, WEST]]]


def test_one_centre_only(service: Service) -> None:
    moved = pack_moved(with_rule(service, RelocationRules("dmexclp", only_centre="centre-west")))
    assert moved.units.tolist() == [0, 0, 0, 0, 1]
    assert moved.bases.tolist() == [0, 0, 1]


def test_limits(service: Service) -> None:
    rules = RelocationRules("dmexclp", 0.3, "", "", 2.0, 900.0, 9.0, 60.0, 79_200, 21_600)
    assert pack_limits(with_rule(service, rules)) == MoveLimits(2, 900.0, 9.0, 60.0, 79_200, 21_600)


def test_prices_hours_and_rules(service: Service) -> None:
    assert pack_unit_prices(service).tolist() == [[0.0] * 3, [0.0] * 3, [0.0, 300.0, inf], [0.0] * 3, [0.0] * 3]
    factors = pack_travel_hours(service)
    assert factors[:, 7].tolist() == [1.4, 1.2]
    assert factors[:, 8].tolist() == [1.5, 1.0]
    assert np.count_nonzero(factors != 1.0) == 3
    rules = replace(service.dispatch, rule="least_loss", least_loss_for=("H", "V"))
    assert pack_least_loss(replace(service, dispatch=rules)).tolist() == [0, 1, 1]
