"""People where they are: how many are there, and what decisions weigh when a study asks for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.decision.staffing.call_load import incidents_by_hour
from beredt.demand.calls_by_hour import calls_by_hour
from beredt.demand.people_by_hour import people_by_hour
from beredt.demand.weighed_calls import weighed_calls
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.simulation.study_roads import TableRoads
from beredt.siting.catchments import catchments_of
from beredt.siting.from_study import Wish, problem_of
from beredt.siting.study.week_parts import WeekPart
from tests.demand.varied_study import Rows, varied
from tests.tiny_study import write_tiny_study

ROWS: Rows = [
    {"id": "o", "from_area": "e1", "to_area": "w4", "people": 1500.0, "weekdays": [1, 2, 3], "start": 28_800,
     "end": 57_600},
    {"id": "v", "to_area": "s1", "people": 900.0, "weekdays": [7], "start": 79_200, "end": 7_200},
]  # fmt: skip
DAY = tuple(range(8, 16))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return varied(load_study(write_tiny_study(tmp_path_factory.mktemp("weighed") / "tiny")), {"commuters": ROWS})


@pytest.fixture(scope="module")
def there(home: Study) -> Study:
    """The same study, which asks for people where they are."""
    demand = home.settings.demand.model_copy(update={"weighed_by": "present"})
    return replace(home, settings=home.settings.model_copy(update={"demand": demand}))


def test_people_are_there_who_live_there_less_who_is_away_and_who_has_come(home: Study) -> None:
    found = people_by_hour(home, home.service)
    place = {area.id: number for number, area in enumerate(home.service.areas)}
    at_home = people_by_hour(varied(home, {"commuters": []}), home.service)
    moved = found - at_home
    on_work = np.zeros(168)
    on_work[[day * 24 + hour for day in range(3) for hour in range(8, 16)]] = 1500.0
    np.testing.assert_array_equal(moved[place["e1"]], -on_work)
    np.testing.assert_array_equal(moved[place["w4"]], on_work)
    assert np.flatnonzero(moved[place["s1"]]).tolist() == [0, 1, 166, 167]
    assert np.count_nonzero(moved.any(axis=1)) == 3


def test_by_default_decisions_weigh_those_who_live_there(home: Study, there: Study) -> None:
    by_home, by_place = weighed_calls(home, home.service), weighed_calls(there, there.service)
    plain = varied(home, {"commuters": []})
    np.testing.assert_array_equal(by_home, weighed_calls(plain, plain.service))
    np.testing.assert_array_equal(by_place, calls_by_hour(there, there.service))
    nobody = replace(there, demand=plain.demand)
    np.testing.assert_array_equal(weighed_calls(nobody, nobody.service), by_home)


def test_sites_catchments_and_answering_weigh_those_who_are_there(home: Study, there: Study) -> None:
    roads = TableRoads(build_network(home))
    calls = calls_by_hour(home, home.service)
    row = [area.id for area in home.service.areas].index("w4")
    whole, day = Wish(), Wish(parts=(WeekPart("day", DAY),))
    for wish, hours in ((whole, range(168)), (day, DAY)):
        demand = problem_of(there, there.service, roads, wish).demand
        np.testing.assert_allclose(demand[0], calls[:, 0, list(hours)].sum(axis=1) * 8760 / 168)
        assert demand[0, row] > problem_of(home, home.service, roads, wish).demand[0, row]
    stations = [one.id for one in home.service.stations]
    by_home, by_place = (
        catchments_of(one, one.service, roads, stations, borders=True).calls_per_h for one in (home, there)
    )
    np.testing.assert_allclose(by_place.sum(axis=0), calls.sum(axis=0))
    assert np.abs(by_place - by_home).max() > 0.05 * by_home.mean()
    answered = sum(one.sum() for one in incidents_by_hour(there, there.service).values())
    known = sum(one.sum() for one in incidents_by_hour(home, home.service).values())
    assert answered - known == pytest.approx(
        calls.sum(axis=0)[:2].sum() - weighed_calls(home, home.service)[:, :2].sum()
    )
