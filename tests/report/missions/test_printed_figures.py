"""The printed tables of the bundled study, laid out from a generated export of AMIS: whatever they then say."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app
from beredt.model.read import load_study
from beredt.report.words import load_words

RUNNER = CliRunner()
WRONG = "outside-urgent-share-2023"
PRINTED = """id,value,unit,indicator,source,note
mean,500,s,response_mean:A:tettsted:Sandvika,somebody,
median,800,s,median_response:A:tettsted:Sandvika,somebody,
p90,1500,s,response_p90:A:tettsted:Sandvika,somebody,
active,30,%,active_share:baerum,somebody,
standby,69,%,standby_share:baerum,somebody,
share,51,%,missions_share:A/A+H:smestad:baerum,somebody,
acute,50,missions,missions:A:smestad:baerum,somebody,
both,100,missions,missions:A+H:smestad:baerum,somebody,
claim,10,min,reach:saetre:municipality:oslo,somebody,
"""


def done(*arguments: str) -> None:
    result = RUNNER.invoke(build_app(), list(arguments))
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three weeks of the bundled study."""
    folder = tmp_path_factory.mktemp("generated")
    done("study", "init", str(folder / "study"), "--template", "asker-baerum")
    settings = folder / "study" / "study.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("\ndays = 365\n", "\ndays = 21\n"), encoding="utf-8"
    )
    export = folder / "amis.csv"
    done("missions", "generate", str(folder / "study"), "--out", str(export), "--faults", "0")
    profile = str(export.with_suffix(".profile.toml"))
    done("missions", "import", str(export), "--profile", profile, "--out", str(folder / "store"))
    return folder / "store"


@pytest.fixture(scope="module")
def report(store: Path) -> Path:
    out = store.parent / "report"
    done("missions", "report", str(store), "--study", "asker-baerum", "--min-count", "0", "--out", str(out))
    return out


def table(report: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(report / "results" / f"{name}.parquet")


def test_the_counts_of_who_was_sent_where_stand_beside_the_printed_ones(report: Path) -> None:
    """Missions by place, urgency and station, added up here from the log itself."""
    printed = table(report, "printed_figures")
    own = printed.filter(pl.col("indicator").str.starts_with("missions"))
    assert own.height == 10
    assert own["in_log"].null_count() == 0
    sent = table(report, "missions_by_station").filter(
        pl.col("station").is_in(["smestad", "ulleval", "sentrum", "brobekk"]),
        pl.col("municipality").is_in(["asker", "baerum"]),
    )
    urgent, all_ = (int(sent.filter(pl.col("urgency").is_in(list(one)))["missions"].sum()) for one in ("AH", "AHV"))
    told = dict(printed.select("id", "in_log").iter_rows())
    assert (told["outside-urgent-2023"], told["outside-all-2023"]) == (urgent, all_)
    assert told[WRONG] == pytest.approx(100 * urgent / all_)
    assert printed.filter(pl.col("agrees").not_())["id"].to_list() == [WRONG]
    assert (printed["deviation"] == printed["in_log"] - printed["printed"]).all()


def test_every_printed_reach_stands_beside_the_arrivals(report: Path) -> None:
    claims = table(report, "reach_claims")
    wanted = [one for one in load_study("asker-baerum").published if one.indicator.startswith("reach:")]
    assert claims.filter(interval="response")["id"].to_list() == [one.id for one in wanted]
    near = claims.row(
        by_predicate=(pl.col("id") == "reach-baerum-baerum") & (pl.col("interval") == "travel"), named=True
    )
    assert near["verdict"] == "reproduced"
    assert load_words("nb")("log.claims.title") in (report / "report.html").read_text(encoding="utf-8")


def test_response_by_tettsted_and_simultaneity_come_out(report: Path) -> None:
    """Mean, median and 90th percentile as hh:mm:ss, stations from the least busy on, a calendar of units drawn in."""
    times = table(report, "intervals").filter(counting="incident", interval="response", urgency="A", by="tettsted")
    assert {"Sandvika", "Sætre"} <= set(times["key"])
    page = (report / "report.html").read_text(encoding="utf-8")
    place = page[page.index(load_words("nb")("log.by_small.tettsted")) :]
    assert re.search(r"Sandvika</t[hd]>.*?\d\d:\d\d:\d\d", place, re.DOTALL)
    assert table(report, "service_calendar").height == 21 * 24
    assert table(report, "service_units").filter(pl.col("rank").is_not_null()).height > 5
    told = dict(table(report, "printed_figures").select("id", "in_log").iter_rows())
    assert told["days-without-conflict-2024"] is not None


def test_a_file_of_printed_figures_takes_the_place_of_the_studys_and_wrong_ones_are_flagged(store: Path) -> None:
    file = store.parent / "printed.csv"
    file.write_text(PRINTED, encoding="utf-8")
    out = store.parent / "own"
    done("missions", "report", str(store), "--study", "asker-baerum", "--printed", str(file), "--min-count", "0",
         "--out", str(out), "--lang", "en")  # fmt: skip
    printed = table(out, "printed_figures")
    assert printed["id"].to_list() == ["share", "acute", "both", "mean", "median", "p90", "active", "standby"]
    assert printed["in_log"].null_count() == 0
    wrong = printed.filter(pl.col("agrees").not_())["id"].to_list()
    assert wrong == ["share", "active", "standby"]
    assert table(out, "reach_claims").filter(interval="response")["id"].to_list() == ["claim"]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Response kept by nine in ten A, Sandvika" in page
    assert "Share of hours on standby" in page
