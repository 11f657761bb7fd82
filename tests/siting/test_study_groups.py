from __future__ import annotations

import dataclasses

import pytest

from beredt.errors import OptionError, UnknownIdError
from beredt.model.area import Area
from beredt.siting.problem import make_problem
from beredt.siting.settings_given import SettingsGiven, check_settings, model_settings, two_criteria
from beredt.siting.study_groups import GROUPINGS, study_groups


def area(name: str, municipality: str, district: str | None, *, urban: bool) -> Area:
    """An area of which only the place in the map matters."""
    given: dict[str, object] = {"id": name, "municipality": municipality, "district": district, "urban": urban}
    fields = {field.name: given.get(field.name, "x") for field in dataclasses.fields(Area)}
    return Area(**fields)  # type: ignore[arg-type]


AREAS = [
    area("1", "oslo", "frogner", urban=True),
    area("2", "asker", None, urban=True),
    area("3", "asker", None, urban=False),
]


def test_areas_are_grouped_by_what_is_asked_for() -> None:
    problem = make_problem([[1, 1, 1]], [1, 1, 1], 5, area_ids=("3", "1", "2"))
    found = {by: study_groups(problem, AREAS, by) for by in GROUPINGS}
    assert found["area"].group_ids == ("3", "1", "2")
    assert found["municipality"].group_ids == ("asker", "oslo")
    assert found["municipality"].of_area.tolist() == [0, 1, 0]
    assert found["district"].group_ids == ("asker", "frogner")
    assert found["urban"].of_area.tolist() == [0, 1, 1]
    assert found["centre"].group_ids == ("x",)


def test_other_groupings_and_areas_are_refused() -> None:
    problem = make_problem([[1]], [1], 5, area_ids=("9",))
    with pytest.raises(OptionError, match="give one of area, municipality"):
        study_groups(problem, AREAS, "county")
    with pytest.raises(OptionError, match="area 9 is not the study's"):
        study_groups(problem, AREAS, "urban")


def test_options_of_the_call_become_settings() -> None:
    given = SettingsGiven(mission_min=50.0, reliability=0.9, outer_min=25.0, curve="valenzuela", before_s=120.0)
    made = model_settings(given, None, "survival")
    assert (made.mission_s, made.outer_s, made.survival_curve().curve_id) == (3000.0, 1500.0, "valenzuela")
    assert (made.reliability, made.inner_share) == (0.9, 0.8)  # the default where nothing was given
    assert two_criteria("covered, cost") == ("covered", "cost")
    assert two_criteria(None) is None
    with pytest.raises(OptionError, match="two criteria"):
        two_criteria("covered")
    with pytest.raises(OptionError, match="no limit to keep"):
        model_settings(SettingsGiven(busy=0.1), None, "equity")
    with pytest.raises(UnknownIdError):
        model_settings(SettingsGiven(curve="nobody"), None, "survival")


def test_options_that_nothing_asked_for_reads_are_refused() -> None:
    check_settings(SettingsGiven(busy=0.1, mission_min=50.0), "mexclp", None)
    check_settings(SettingsGiven(busy=0.1, groups="urban"), "mclp", ("worst", "cost"))
    check_settings(SettingsGiven(curve="de_maio"), "mclp", ("survival:A", "cost"))
    with pytest.raises(OptionError, match=r"--first-weight 0.3: mexclp does not know .* that does: bacop2"):
        check_settings(SettingsGiven(busy=0.1, first_weight=0.3), "mexclp", None)
    with pytest.raises(OptionError, match="--busy"):
        check_settings(SettingsGiven(busy=0.1), "bacop1", ("covered", "cost"))
