"""`beredt demand forecast` as its user sees it: a file in, tables and an answer out, and faults told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a year of two areas; the west has a third of what the east has."""
    rng = np.random.default_rng(1)
    start = datetime(2025, 1, 6)  # by the local clock
    lines = ["time,area,urgency,count"]
    for hour in range(182 * 24):
        for area, rate in (("east", 0.9), ("west", 0.3)):
            count = rng.poisson(rate * (1.5 if 8 <= hour % 24 < 20 else 0.5))
            if count:
                lines.append(f"{start + timedelta(hours=hour):%Y-%m-%d %H:%M},{area},A,{count}")
    path = tmp_path_factory.mktemp("counts") / "counts.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_forecast_with_all_its_tables(counts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = [
        "demand",
        "forecast",
        str(counts),
        "--hours",
        "24",
        "--origins",
        "6",
        "--model",
        "glm",
        "--models",
        "week_mean,medic,glm,split_shares",
        "--out",
        str(out),
        "--json",
    ]
    result = CliRunner().invoke(build_app(), call)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    rows = pl.DataFrame(answer["forecast"])
    assert rows.height == 24 * 3
    assert rows["begin"][0].endswith("T00:00+02:00")
    sums = rows.group_by("level").agg(pl.col("mean").sum()).sort("level")
    assert sums["mean"][0] == pytest.approx(sums["mean"][1])
    west = rows.filter(pl.col("area") == "west")["mean"].sum()
    assert west / answer["expected"] == pytest.approx(0.25, abs=0.03)
    assert answer["backtest"]["origins"] == 6
    assert {one["model"] for one in answer["backtest"]["scores"]} == {"week_mean", "medic", "glm", "split_shares"}
    page = (out / "forecast.html").read_text(encoding="utf-8")
    assert "incidents are expected in 24\N{NO-BREAK SPACE}h from" in page
    assert page.count("<svg") == 3  # all together, by place, calibration; one urgency is no figure
    assert "the simple mean is as good" in page or "more than chance" in page
    assert {one.name for one in out.glob("*.html")} == {"forecast.html", "forecast.nb.html", "forecast.nn.html"}
    assert sorted(file.name for file in out.iterdir() if file.suffix != ".html") == [
        "answer.json", "calibration.csv", "differences.csv", "forecast.csv", "last_days.csv", "scores.csv",
        "sum_coverage.csv", "sums.csv",
    ]  # fmt: skip
    whole = pl.read_csv(out / "sums.csv").filter((pl.col("hours") == 24) & (pl.col("level") == "total"))
    assert whole["mean"].to_list() == pytest.approx([answer["expected"]], rel=1e-4)
    written = pl.read_csv(out / "forecast.csv")
    assert written["q975"].to_list() == rows["q975"].to_list()
    assert ((rows["q025"] <= rows["q10"]) & (rows["q10"] <= rows["q50"]) & (rows["q90"] <= rows["q975"])).all()


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--model", "oracle"], 2, "choose from week_mean"),
        (["--models", "week_mean,oracle"], 2, "oracle"),
        (["--models", "glm"], 2, "no simple model"),
        (["--step", "45"], 2, "60 or 30"),
        (["--hours", "700"], 2, "a backtest needs"),
        (["--zone", "Europe/Asker"], 2, "Europe/Asker"),
        (["--holidays", "nowhere.csv"], 2, "nowhere.csv"),
    ],
)
def test_what_cannot_be_is_told(counts: Path, options: list[str], code: int, told: str) -> None:
    result = CliRunner().invoke(build_app(), ["demand", "forecast", str(counts), *options])
    assert result.exit_code == code
    assert told in result.stderr
