"""Small counts of what cleaning found are left out, with what would tell them, and nothing else is."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import cast

import polars as pl
import pytest

from beredt.indicators.suppress import ALL, protect_counts
from beredt.missions.checks.rule import load_rules
from beredt.missions.schema import FINDINGS
from beredt.missions.store import Store
from beredt.report.missions.log_quality import findings_table

BY_VALUE = next(name for name, rule in load_rules().items() if rule.by_value)
ALONE = next(name for name, rule in load_rules().items() if not rule.by_value)


def found(*lines: tuple[str, str, str | None, int]) -> Store:
    """A store of which cleaning has found these: rule, column, value and count."""
    rows = pl.DataFrame(lines, schema=["rule", "field", "value", "count"], orient="row")
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in FINDINGS.items() if name not in rows.columns]
    findings = rows.with_columns(missing).select(pl.col(name).cast(dtype) for name, dtype in FINDINGS.items())
    return cast(Store, SimpleNamespace(findings=findings))


def told(store: Store, threshold: int = 5) -> dict[tuple[str, str], int | None]:
    table = findings_table(store, threshold)
    assert table["suppressed"].to_list() == table["count"].is_null().to_list()
    return {(field, value): count for field, value, count in table.select("field", "value", "count").iter_rows()}


def test_a_small_count_without_values_is_left_out_alone() -> None:
    store = found((ALONE, "call_t", None, 4), (ALONE, "scene_t", None, 5))
    assert told(store) == {("call_t", ""): None, ("scene_t", ""): 5}


def test_a_small_value_takes_another_with_it_or_the_total_would_tell_it() -> None:
    large = found((BY_VALUE, "urgency", "X", 9), (BY_VALUE, "urgency", "Y", 20))
    assert told(large) == {("urgency", ALL): 29, ("urgency", "X"): 9, ("urgency", "Y"): 20}
    small = told(found((BY_VALUE, "urgency", "X", 2), (BY_VALUE, "urgency", "Y", 20)))
    assert small["urgency", "X"] is None
    assert None in (small["urgency", ALL], small["urgency", "Y"])


@pytest.mark.parametrize("seed", range(20))
def test_each_rule_and_column_is_guarded_by_itself(seed: int) -> None:
    draw = random.Random(seed)
    fields = [(rule, f"f{number}") for rule in (ALONE, BY_VALUE) for number in range(4)]
    lines = [
        (rule, field, value, draw.choice((1, 3, 4, 5, 8, 30)))
        for rule, field in fields
        for value in ("A", "B", "C", "D")[: draw.randrange(5)]
    ]
    if not lines:
        return
    table, open_table = findings_table(found(*lines), 5), findings_table(found(*lines), 0)
    for rule, field in fields:
        mine = (pl.col("rule") == rule) & (pl.col("field") == field)
        asked = open_table.filter(mine).select("field", "value", "count").sort("value")
        if asked.height:
            slow = protect_counts(asked, ["field", "value"], "count", threshold=5).table
            fast = table.filter(mine).select("field", "value", "count")
            assert dict(zip(slow["value"], slow["count"], strict=True)) == dict(
                zip(fast["value"], fast["count"], strict=True)
            )
