"""Who would be hurt: places are told only where chance does not explain them."""

from __future__ import annotations

from math import nan

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.places_changed import effect_at, places_changed_table, widened
from beredt.indicators.estimate import estimate
from beredt.model.study import Study

SAME = (0.0, 0.0, 0.0)


def results(study: Study, share: dict[str, tuple[float, float, float]]) -> dict[str, pl.DataFrame]:
    """Four hundred acute incidents in every place, and differences of alternative 2 where they are given."""
    places = sorted({area.district or area.municipality for area in study.service.areas})
    keys = {"urgency": "A", "hour": -1}
    levels = [{"alternative": "0+", "measure": "incidents", "group": one, "value": 400.0, **keys} for one in places]
    differences = []
    for place in places:
        for measure, (value, low, high) in (
            ("share_within_target", share.get(place, SAME)), ("response_mean_s", SAME)
        ):  # fmt: skip
            row = {"baseline": "0+", "alternative": "2", "measure": measure, "group": place, "replications": 20}
            differences.append({**row, "value": value, "low": low, "high": high, **keys})
    return {"indicators": pl.DataFrame(levels), "differences": pl.DataFrame(differences)}


def test_a_place_that_loses_is_told_with_its_people(tiny: Study) -> None:
    places = sorted({area.district or area.municipality for area in tiny.service.areas})
    hurt = places[0]
    tables = results(tiny, {hurt: (-0.05, -0.06, -0.04)})
    table = places_changed_table(tiny, tables, ["0+", "2"], "0+", "A")
    assert dict(table.select("place", "effect").iter_rows()) == {
        one: "worse" if one == hurt else "same" for one in places
    }
    (row,) = table.filter(pl.col("place") == hurt).iter_rows(named=True)
    own = [area.id for area in tiny.service.areas if (area.district or area.municipality) == hurt]
    lived = tiny.population.filter(pl.col("area").is_in(own), pl.col("year") == tiny.settings.study.year)[
        "people"
    ].sum()
    assert row["people"] == pytest.approx(lived)
    assert row["late_more"] == pytest.approx(20.0)
    assert row["late_low"] < 20.0 < row["late_high"]


def test_what_chance_explains_among_many_places_is_not_told() -> None:
    # Alone it would be clear: 0.02 ∓ 0.019. Among thirty places it is not.
    assert widened(-0.02, -0.039, -0.001, 20, 1)[2] == pytest.approx(-0.001)
    assert effect_at(widened(-0.02, -0.039, -0.001, 20, 1), SAME) == "worse"
    assert effect_at(widened(-0.02, -0.039, -0.001, 20, 30), SAME) == "unclear"


def test_one_loss_weighs_more_than_a_gain() -> None:
    assert effect_at((0.05, 0.04, 0.06), (30.0, 20.0, 40.0)) == "worse"
    assert effect_at((0.05, 0.04, 0.06), SAME) == "better"
    assert effect_at((nan, nan, nan), (nan, nan, nan)) == "unclear"
    assert effect_at(SAME, SAME) == "same"


@given(st.integers(1, 60), st.integers(2, 40))
def test_hardly_any_place_stands_out_where_nothing_changes(places: int, replications: int) -> None:
    value, low, high = widened(1.0, 0.0, 2.0, replications, places)
    assert value == 1.0
    assert high - value == pytest.approx(value - low)
    assert high >= 2.0 - 1e-9


def test_chance_alone_is_told_once_in_twenty_runs() -> None:
    """Twenty places that do not change at all, a thousand times: one in twenty runs tells of any, or fewer."""
    values = np.random.default_rng(8).normal(size=(1000, 20, 10))
    found = estimate(values)
    told = 0
    for run in range(1000):
        rows = zip(found.value[run], found.low[run], found.high[run], strict=True)
        told += any(effect_at(SAME, widened(*row, 10, 20)) == "worse" for row in rows)
    assert told <= 50


def test_one_replication_tells_nothing() -> None:
    assert effect_at(widened(-0.5, nan, nan, 1, 3), (nan, nan, nan)) == "unclear"
