"""From results to effects, regret and ranks, on results small enough to be worked out by hand."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.decision.comparison.compare_alternatives import compare_alternatives
from beredt.decision.comparison.criterion import parse_where

ALTERNATIVES = ("0+", "2", "3")


def criteria(*, weigh_gate: bool = False) -> dict[str, pl.DataFrame]:
    """Acute help as the gate, and two criteria more; `weigh_gate` gives the gate's own measure a step as well."""
    measures: list[dict[str, Any]] = [
        measure("within", "acute", "indicators", "measure=share;group=all", "more", 0.01 if weigh_gate else None),
        measure("km", "resources", "indicators", "measure=km;group=all", "less", 100.0),
        measure("people", "staff", "staff", "organisation=all", "less", 12.0),
    ]
    order = ("acute", "resources", "staff")
    return {
        "criteria": pl.DataFrame(
            [{"id": one, "position": place, "gate": one == "acute"} for place, one in enumerate(order)]
        ),
        "criterion_measures": pl.DataFrame(measures, infer_schema_length=None),
    }


def measure(name: str, criterion: str, table: str, where: str, better: str, swing: float | None) -> dict[str, Any]:
    return {
        "id": name, "criterion": criterion, "source_table": table, "where": where, "column": "value",
        "better": better, "swing": swing,
    }  # fmt: skip


def results(
    within: dict[str, float], km: dict[str, float], people: dict[str, float], **verdicts: str
) -> dict[str, pl.DataFrame]:
    """Results with four replications that all give the same."""
    levels, differences, replications = [], [], []
    for name, values in (("share", within), ("km", km)):
        for one, value in values.items():
            keys = {"measure": name, "urgency": "", "group": "all", "hour": -1}
            levels.append({"alternative": one, **keys, "value": value, "low": value, "high": value})
            gap = value - values["0+"]
            if one != "0+":
                changed = {"baseline": "0+", "alternative": one, **keys}
                differences.append({**changed, "value": gap, "low": gap, "high": gap})
            measured = "within" if name == "share" else name
            replications += [{"id": measured, "alternative": one, "replication": r, "value": value} for r in range(4)]
    staff = [
        {"alternative": one, "organisation": "all", "value": value, "low": value - 1.0, "high": value + 1.0}
        for one, value in people.items()
    ]
    return {
        "indicators": pl.DataFrame(levels),
        "differences": pl.DataFrame(differences),
        "replications": pl.DataFrame(replications),
        "staff": pl.DataFrame(staff),
        "verdicts": pl.DataFrame(
            {"alternative": list(verdicts), "verdict": list(verdicts.values())},
            schema={"alternative": pl.String, "verdict": pl.String},
        ),
    }


def compared(tables: dict[str, pl.DataFrame], **kind: bool) -> dict[str, pl.DataFrame]:
    return compare_alternatives(criteria(**kind), tables, ALTERNATIVES, "0+", seed=3)


PLAIN = results(
    {"0+": 0.70, "2": 0.80, "3": 0.70},
    {"0+": 1000.0, "2": 900.0, "3": 1100.0},
    {"0+": 100.0, "2": 112.0, "3": 88.0},
    **{"2": "meets", "3": "meets"},
)


def test_effects_say_what_is_better_and_worse() -> None:
    effects = compared(PLAIN)["effects"]
    found = {(row["measure"], row["alternative"]): row["effect"] for row in effects.iter_rows(named=True)}
    assert found == {
        ("within", "0+"): "baseline", ("within", "2"): "better", ("within", "3"): "same",
        ("km", "0+"): "baseline", ("km", "2"): "better", ("km", "3"): "worse",
        ("people", "0+"): "baseline", ("people", "2"): "worse", ("people", "3"): "better",
    }  # fmt: skip
    assert effects["criterion"].to_list() == ["acute"] * 3 + ["resources"] * 3 + ["staff"] * 3


def test_a_range_that_is_alike_for_all_does_not_blur_a_difference() -> None:
    row = (
        compared(PLAIN)["effects"]
        .filter(pl.col("measure") == "people", pl.col("alternative") == "2")
        .row(0, named=True)
    )
    assert (row["low"], row["high"]) == (111.0, 113.0)
    assert (row["difference"], row["difference_low"], row["difference_high"]) == (12.0, 12.0, 12.0)


def test_one_step_against_one_step_splits_the_weights() -> None:
    # 2 gains one step of kilometres and loses one of staff; 3 the other way round; 0+ is never first.
    ranks = compared(PLAIN)["ranks"].filter(pl.col("pool") == "meets", pl.col("rank") == 1)
    shares = dict(ranks.select("alternative", "share").iter_rows())
    assert shares["0+"] == 0.0
    assert shares["2"] == pytest.approx(0.5, abs=0.02)
    assert shares["2"] + shares["3"] == pytest.approx(1.0)


def test_the_undecided_are_ranked_in_a_pool_of_their_own() -> None:
    tables = PLAIN | {"verdicts": pl.DataFrame({"alternative": ["2", "3"], "verdict": ["undecided", "meets"]})}
    ranks = compared(tables)["ranks"]
    pools = {pool: set(part["alternative"]) for (pool,), part in ranks.group_by("pool")}
    assert pools == {"meets": {"0+", "3"}, "meets_or_undecided": {"0+", "2", "3"}}


def test_a_figure_that_is_not_there_is_shown_as_unknown_and_not_weighed() -> None:
    tables = PLAIN | {"staff": PLAIN["staff"].filter(pl.col("alternative") != "2")}
    found = compared(tables)
    effects = found["effects"].filter(pl.col("measure") == "people")
    assert dict(effects.select("alternative", "effect").iter_rows()) == {
        "0+": "baseline",
        "2": "unknown",
        "3": "better",
    }
    assert set(found["central_weights"]["criterion"]) == {"resources"}


AMOUNTS = st.fixed_dictionaries({one: st.floats(-1e4, 1e4) for one in ALTERNATIVES})


@settings(max_examples=20)
@given(km=AMOUNTS, people=AMOUNTS, step=st.floats(1e-3, 1e6))
def test_no_weight_on_anything_else_can_lift_what_fails_premise_1(
    km: dict[str, float], people: dict[str, float], step: float
) -> None:
    tables = results(dict.fromkeys(ALTERNATIVES, 0.7), km, people, **{"2": "fails", "3": "meets"})
    decision = criteria()
    decision["criterion_measures"] = decision["criterion_measures"].with_columns(swing=pl.col("swing") / step)
    found = compare_alternatives(decision, tables, ALTERNATIVES, "0+", seed=3)
    assert "2" not in set(found["ranks"]["alternative"]) | set(found["central_weights"]["alternative"])


@settings(max_examples=10)
@given(st.fixed_dictionaries({one: st.floats(0.0, 1.0) for one in ALTERNATIVES}))
def test_the_gates_own_figures_are_never_weighed(within: dict[str, float]) -> None:
    others = {"0+": 1000.0, "2": 900.0, "3": 1100.0}, {"0+": 100.0, "2": 112.0, "3": 88.0}
    made = results(within, *others)
    tables = PLAIN | {name: made[name] for name in ("indicators", "differences", "replications")}
    assert compared(tables, weigh_gate=True)["ranks"].equals(compared(PLAIN)["ranks"])


def test_the_same_seed_gives_the_same_ranks() -> None:
    assert compared(PLAIN)["ranks"].equals(compared(PLAIN)["ranks"])


def test_regret_is_what_the_best_would_have_spared() -> None:
    rows = [
        sensitivity("", "0+", 0.0), sensitivity("", "2", 2.0), sensitivity("", "3", -1.0),
        sensitivity("slow", "0+", 0.0), sensitivity("slow", "2", -3.0), sensitivity("slow", "3", 1.0),
        sensitivity("only-2", "0+", 0.0), sensitivity("only-2", "2", -50.0),
    ]  # fmt: skip
    regret = compared(PLAIN | {"sensitivities": pl.DataFrame(rows)})["regret"]
    share = regret.filter(pl.col("measure") == "share_within_target")
    found = {
        row["alternative"]: (row["regret"], row["most"], row["worst_under"]) for row in share.iter_rows(named=True)
    }
    assert found == {"0+": (2.0, 2.0, ""), "2": (0.0, 4.0, "slow"), "3": (3.0, 3.0, "")}
    assert set(share["scenarios"]) == {2}, "an assumption about one alternative only compares nothing"


def sensitivity(name: str, alternative: str, difference: float) -> dict[str, Any]:
    return {
        "sensitivity": name, "alternative": alternative, "group": "all", "measure": "share_within_target",
        "difference": difference,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["km", "=km", "measure=km;measure=km", "measure=km;"])
def test_rows_must_be_named_by_key_and_value(text: str) -> None:
    with pytest.raises(ValueError, match="key=value"):
        parse_where(text)
