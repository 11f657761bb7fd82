"""Forecasts of demand: core seconds, and backtests on real counts of Rio de Janeiro and of a rural district.

`./dev bench forecast [--origins 26] [--seeds 1] [--only speed|rio|rvfd] [--json]`. Real counts are read from the
folder that BEREDT_REFERENCE_DATA names, the way `benchmarks/rio_counts.py` says.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time
from typing import Any

# Small matrices by the thousand: more threads only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from benchmarks.rio_counts import read_rio
from beredt.demand.forecast.backtest import run_backtest
from beredt.demand.forecast.calendar import calendar_of, norwegian_days
from beredt.demand.forecast.choose import choose, interval
from beredt.demand.forecast.counts import Counts, compact
from beredt.demand.forecast.forecast import models_for
from beredt.demand.forecast.question import Question

YEARS_OF_HOURS, ZONES, URGENCIES, HORIZON_H = 3 * 364 * 24, 100, 3, 72


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="forecast")
    parser.add_argument("--origins", type=int, default=26)
    parser.add_argument("--seeds", type=int, default=1, help="ways to put Rio's counts on weeks")
    parser.add_argument("--only", choices=["speed", "rio", "rvfd"])
    parser.add_argument("--without-boosting", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = Path(os.environ.get("BEREDT_REFERENCE_DATA", "../shared/data"))
    left_out = {"boosting"} if options.without_boosting else set()
    answer: dict[str, Any] = {}
    if options.only in {None, "speed"}:
        answer["speed"] = speed()
    if options.only in {None, "rio"}:
        for seed in range(1, options.seeds + 1):
            counts, special = read_rio(folder / "calls" / "rio", seed)
            answer[f"rio {seed}"] = judged(counts, special, options.origins, left_out)
    if options.only in {None, "rvfd"}:
        answer["rvfd"] = judged(rvfd(folder / "calls" / "rvfd"), {}, options.origins, left_out)
    print(json.dumps(answer, indent=2) if options.json else as_text(answer))


def speed() -> dict[str, float]:
    """Core seconds of one fit and forecast: three years of hours, 100 zones, 3 urgencies."""
    rng = np.random.default_rng(1)
    start = datetime(2021, 1, 1, tzinfo=UTC)
    empty = np.zeros((YEARS_OF_HOURS, ZONES, URGENCIES), np.uint8)
    names = tuple(f"zone {n}" for n in range(ZONES))
    counts = Counts(start, 60, "Europe/Oslo", names, ("A", "H", "V"), empty, rng.random(ZONES), rng.random(ZONES))
    begin = process_time()
    calendar = calendar_of(counts, HORIZON_H, norwegian_days(start, counts.end))
    seconds = {"calendar": process_time() - begin}
    day = 1.0 + 0.6 * np.sin((calendar.hour[:YEARS_OF_HOURS] - 8.0) / 24.0 * 2.0 * np.pi)
    level = rng.gamma(0.7, 0.1, (ZONES, URGENCIES))
    drawn = compact(rng.poisson(day[:, None, None] * level))
    question = Question(
        Counts(start, 60, "Europe/Oslo", names, ("A", "H", "V"), drawn, counts.lat, counts.lon), calendar, HORIZON_H
    )
    for name, model in models_for(question.past).items():
        begin = process_time()
        model(question)
        seconds[name] = process_time() - begin
    return seconds


def judged(counts: Counts, special: Mapping[date, str], origins: int, left_out: set[str]) -> dict[str, Any]:
    """A backtest of 72 hours: scores by level and model, and differences to the simple models."""
    ahead = HORIZON_H * 60 // counts.step_min
    begin = process_time()
    models = {name: model for name, model in models_for(counts).items() if name not in left_out}
    backtest = run_backtest(counts, calendar_of(counts, 0, special), ahead, models, origins)
    choice = choose(backtest)
    return {
        "incidents": int(counts.counts.sum(dtype=np.int64)),
        "origins": len(backtest.moments) - backtest.warm_up,
        "first": str(backtest.moments[backtest.warm_up].date()),
        "core_s": process_time() - begin,
        "chosen": choice.model,
        "simple_is_as_good": choice.simple_is_as_good,
        "scores": [
            {"level": level, "model": model} | {name: interval(values) for name, values in scores._asdict().items()}
            for (model, level), scores in choice.scores.items()
        ],
        "differences": [
            {
                "level": one.level,
                "model": one.model,
                "reference": one.reference,
                "difference": one.value,
                "low": one.low,
                "high": one.high,
                "skill": one.skill,
                "better": one.better,
            }
            for one in choice.differences
        ],
    }


def rvfd(folder: Path) -> Counts:
    """The district's log, imported as `beredt missions import` does; one area."""
    from beredt.demand.forecast.count_store import count_store
    from beredt.missions.find_profile import load_profile
    from beredt.missions.importing.import_log import import_log
    from beredt.missions.importing.plan import ImportPlan

    with tempfile.TemporaryDirectory() as work:
        (log,) = folder.glob("*.csv.gz")
        plan = ImportPlan((log,), load_profile("rvfd"), Path(work) / "store")
        return count_store(import_log(plan, lambda *_: None, lambda _: None).store, "all").counts


def as_text(answer: Mapping[str, Any]) -> str:
    """For a terminal."""
    lines = []
    for name, part in answer.items():
        if name == "speed":
            lines += ["Core seconds, fit and forecast of 72 hours:", *(f"  {k:<22}{v:8.2f}" for k, v in part.items())]
            continue
        lines.append(f"{name}: {part['incidents']} incidents, {part['origins']} origins from {part['first']}, "
                     f"{part['core_s']:.0f} core s; chosen: {part['chosen']}")  # fmt: skip
        for row in part["scores"]:
            figures = "  ".join(f"{k} {row[k][0]:.4f}" for k in row if k not in {"level", "model"})
            lines.append(f"  {row['level']:<10} {row['model']:<20} {figures}")
        for row in part["differences"]:
            if row["reference"] != "week_mean_of_a_year":
                lines.append(
                    f"  {row['level']:<10} {row['model']:<20} − {row['reference']:<10} {row['difference']:+.4f} "
                    f"({row['low']:+.4f} to {row['high']:+.4f})  skill {100 * row['skill']:+.1f} %, "
                    f"better at {100 * row['better']:.0f} %"
                )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
