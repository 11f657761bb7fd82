"""What the study assumes of misrouted calls never changes an answer to premise 1, unless the study says that it may."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from beredt.model.read import load_study
from beredt.report.run_study import run_results
from tests.tiny_study import write_tiny_study

SECTION = re.compile(r"\[misrouting\].*?\n\n", re.DOTALL)


def gate_under(folder: Path, out: Path, section: str) -> dict[str, pl.DataFrame]:
    settings = folder / "study.toml"
    text = settings.read_text(encoding="utf-8")
    assert SECTION.search(text)
    settings.write_text(SECTION.sub(f"[misrouting]\n{section}\n\n", text), encoding="utf-8")
    run_results(
        load_study(str(folder)), out=out, replications=2, jobs=1, alternatives=(),
        progress=lambda stage, done, total: None, say=lambda text: None,
    )  # fmt: skip
    names = ("gate", "verdicts", "indicators", "differences")
    return {name: pl.read_parquet(out / "results" / f"{name}.parquet") for name in names}


@pytest.mark.slow
def test_share_and_delay_change_no_answer_unless_the_study_lets_them(tmp_path: Path) -> None:
    folder = write_tiny_study(tmp_path / "study")
    mild = gate_under(folder, tmp_path / "mild", "band_km = 2.0\nshare = 0.0\ndelay_max_s = 0")
    harsh = "band_km = 50.0\nshare = 1.0\ndelay_min_s = 600\ndelay_max_s = 900"
    counted = gate_under(folder, tmp_path / "counted", harsh)
    for name, table in mild.items():
        assert table.equals(counted[name]), name
    simulated = gate_under(folder, tmp_path / "simulated", harsh + '\neffect = "simulated"')
    assert not simulated["gate"].equals(counted["gate"]), "the study says so, and every call waits for ten minutes"
