"""A siting problem refuses what cannot be, and says what and where; a study makes one of what it holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from beredt.cli.checked_study import load_checked_study
from beredt.errors import OptionError, OutOfRangeError, UnknownIdError
from beredt.simulation.study_roads import load_or_build_roads, study_roads
from beredt.siting.from_study import Wish, problem_of
from beredt.siting.locks import with_locks
from beredt.siting.problem import make_problem
from tests.tiny_study import write_tiny_study


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"travel_s": [[1, -2]]}, r"travel_s\[0, 1\] is -2.0"),
        ({"travel_s": [1, 2]}, "shape of travel_s"),
        ({"demand": [1.0, np.nan]}, r"demand\[0, 1\] is nan"),
        ({"demand": [1.0]}, "shape of demand"),
        ({"target_s": 0.0}, "target_s"),
        ({"locked": 2}, r"locked\[0\] is 2"),
        ({"locked": [0, 0]}, "shape of locked"),
        ({"permitted": 1.5}, "permitted"),
        ({"capacity": -1}, "capacity"),
        ({"moving_cost": np.inf}, "moving_cost"),
        ({"budget": -1.0}, "budget"),
        ({"area_ids": ["a", "a"]}, "there twice"),
        ({"site_ids": ["a", "b"]}, "sites 2"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], message: str) -> None:
    parts: dict[str, object] = {"travel_s": [[1.0, 2.0]], "demand": [1.0, 1.0]}
    with pytest.raises(OutOfRangeError, match=message):
        make_problem(**{**parts, **change})  # type: ignore[arg-type]


def test_locks_are_read_in_their_order() -> None:
    problem = make_problem(np.ones((3, 2)), [1, 1], site_ids=["a", "b", "c"], existing=[True, True, False])
    assert with_locks(problem, ["existing", "closed:b", "c"]).locked.tolist() == [1, -1, 1]
    with pytest.raises(UnknownIdError, match="did you mean"):
        with_locks(make_problem(np.ones((1, 1)), [1], site_ids=["asker"]), ["open:askr"])
    with pytest.raises(OptionError, match="no station of today"):
        with_locks(make_problem(np.ones((1, 1)), [1]), ["existing"])


def test_a_study_makes_a_problem_of_its_own_roads_and_rates(tmp_path: Path) -> None:
    study = load_checked_study(str(write_tiny_study(tmp_path)))
    roads = study_roads(study, load_or_build_roads(study))
    problem = problem_of(study, study.service, roads, Wish(urgencies=("A", "H"), minutes=8.0, lattice_km=1.5))
    stations = [row.id for row in study.service.stations]
    assert list(problem.site_ids[: len(stations)]) == stations
    assert any(site.startswith("area:") for site in problem.site_ids)
    assert problem.area_ids == tuple(area.id for area in study.service.areas)
    assert problem.class_ids == ("A", "H")
    by_purpose = {row.purpose: row.factor for row in study.service.speeds}
    factor = by_purpose["A"]
    # Eight minutes without lights are a shorter way: told in seconds of driving with them.
    np.testing.assert_allclose(problem.target_s, np.array([[480.0], [480.0 * factor / by_purpose["H"]]]) * np.ones(12))
    trip_s = roads.trip_s(roads.sites("station", study.service.stations), roads.areas(study.service.areas))
    np.testing.assert_allclose(problem.travel_s[: len(stations)], trip_s.T * factor, rtol=1e-6)
    closed = problem_of(study, study.service, roads, Wish(minutes=8.0, borders="closed"))
    own = [[area.centre == row.centre for area in study.service.areas] for row in study.service.stations]
    assert (closed.permitted[: len(stations)] == np.array(own, np.float64)).all()
    with pytest.raises(OptionError, match="no targets"):
        problem_of(study, study.service, roads, Wish(urgencies=("V",)))
