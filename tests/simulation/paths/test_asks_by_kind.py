"""What an incident asks for may depend on its kind, and boats come only near water."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from beredt.errors import StudyError
from beredt.model.ask import TOGETHER, Ask
from beredt.model.landing_point import LandingPoint
from beredt.model.unit_kind import UnitKind
from beredt.simulation.ask_rules import plan_asks
from beredt.simulation.incident_kinds import plan_incident_kinds
from beredt.simulation.pack_asks import pack_asks
from beredt.simulation.pack_incidents import is_transfer, pack_incidents, scene_areas
from beredt.simulation.pack_water import near_water, pack_water
from tests.simulation.paths.small_paths import CALLS, ROADS, SERVICE, rules_of, small_study

SHARES = [
    {"urgency": u, "kind": k, "share": s} for u in ("A", "H", "V") for k, s in (("acute", 0.9), ("maternity", 0.1))
]
KINDS = plan_incident_kinds(small_study(incident_kinds=SHARES).demand["incident_kinds"])
FIRST_DAY = date(2026, 1, 1)


def asked_by(*kinds: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which incidents ask for one unit more, where only incidents of some kinds do."""
    ask = Ask("midwife", TOGETHER, 1.0, stay_s=600.0, incident_kinds=kinds)
    rules = rules_of(SERVICE)
    incidents = pack_incidents(rules, CALLS)
    plan = plan_asks(replace(SERVICE, asks=(ask,)), FIRST_DAY, ROADS, KINDS)
    transfer, area = is_transfer(rules, CALLS), scene_areas(rules, CALLS)
    asks = pack_asks(plan, CALLS, area, transfer, incidents._replace(second=np.zeros_like(incidents.second)), 0.0)
    found = np.zeros(len(CALLS.k), np.bool_)
    found[asks.incident[asks.when == 0]] = True
    return found


def test_only_incidents_of_the_kind_ask() -> None:
    kind = KINDS.of(CALLS, is_transfer(rules_of(SERVICE), CALLS))
    np.testing.assert_array_equal(asked_by("maternity"), kind == KINDS.names.index("maternity"))
    np.testing.assert_array_equal(asked_by("maternity", "transfer"), (kind == 0) | asked_by("maternity"))
    assert asked_by().all()


def test_a_kind_that_nobody_knows_is_refused() -> None:
    with pytest.raises(StudyError, match="no kind of incident 'midwifery'"):
        asked_by("midwifery")


def test_a_boat_comes_to_areas_near_a_landing_point() -> None:
    boat = UnitKind("boat", "", "", False, True, False, False, False, floats=True, kmh=36.0, shore_km=0.2)
    area = SERVICE.areas[0]
    quay = LandingPoint("quay", "Quay", area.lat + 0.001, area.lon)
    service = replace(SERVICE, unit_kinds=(*SERVICE.unit_kinds, boat), landing_points=(quay,))
    near = near_water(service, ROADS, (boat, replace(boat, floats=False)))
    assert near[0, 0]
    assert not near[0].all()
    assert near[1].all()
    water = pack_water(service, ROADS)
    assert water is not None
    node = int(ROADS.areas(service.areas).node[0])
    assert water.shore_s[node] == pytest.approx(0.111 * 720, rel=0.01)
    assert water.s_per_km.tolist() == [100.0]
    assert pack_water(SERVICE, ROADS) is None
