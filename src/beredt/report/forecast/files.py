"""What is told beside the rows of a forecast, and its tables as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from beredt.demand.forecast import tables
from beredt.demand.forecast.forecast import Forecast
from beredt.demand.forecast.sums import sum_coverage_table, sums_table

TABLES = ("forecast", "scores", "differences", "calibration", "last_days", "sums", "sum_coverage")
OF_MODELS = ("scores", "differences", "calibration", "sum_coverage")
"""Tables that tell of models and of no single hour."""


def forecast_facts(answer: Forecast, hours: int) -> dict[str, Any]:
    """What was asked and answered, and the whole backtest, as JSON has it."""
    counts, choice, tested = answer.counts, answer.choice, answer.backtest
    against = choice.against_simple
    return {
        "from": answer.moment.isoformat(),
        "hours": hours,
        "step_min": counts.step_min,
        "zone": counts.zone,
        "areas": len(counts.areas),
        "urgencies": list(counts.urgencies),
        "incidents": int(counts.counts.sum(dtype="int64")),
        "past_days": counts.steps // counts.steps_per_day,
        "model": answer.model,
        "best_in_backtest": choice.best,
        "best_simple": choice.simple,
        "simple_is_as_good": choice.simple_is_as_good,
        "skill_against_simple": against.skill if against else 0.0,
        "expected": float(answer.mean.sum()),
        "backtest": {
            "origins": len(tested.moments) - tested.warm_up,
            "warm_up": tested.warm_up,
            "first": tested.moments[tested.warm_up].isoformat(),
            "last": tested.moments[-1].isoformat(),
            "scores": tables.score_table(answer).to_dicts(),
            "differences": tables.difference_table(answer).to_dicts(),
            "calibration": tables.calibration_table(answer).to_dicts(),
        },
    }


def write_forecast_files(answer: Forecast, told: Mapping[str, Any], out: Path, wanted: Iterable[str] = TABLES) -> None:
    """Write the wanted tables as CSV, and what was told as JSON."""
    out.mkdir(parents=True, exist_ok=True)
    make = {
        "forecast": lambda: tables.forecast_table(answer).with_columns(begin=iso_begin()),
        "scores": lambda: tables.score_table(answer),
        "differences": lambda: tables.difference_table(answer),
        "calibration": lambda: tables.calibration_table(answer),
        "last_days": lambda: tables.last_days_table(answer).with_columns(begin=iso_begin()),
        "sums": lambda: sums_table(answer).with_columns(begin=iso_begin()),
        "sum_coverage": lambda: sum_coverage_table(answer),
    }
    for name in wanted:
        make[name]().write_csv(out / f"{name}.csv", float_precision=6)
    (out / "answer.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def iso_begin() -> pl.Expr:
    """The column `begin` as text, by the local clock with its offset."""
    return pl.col("begin").dt.to_string("%Y-%m-%dT%H:%M%:z")
