"""A log into a store: nothing lost, the same however it is cut, and broken off at any moment it goes on."""

from __future__ import annotations

import dataclasses
import errno
import itertools
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from beredt.errors import LogError, StoreError, UnknownIdError
from beredt.missions.checks.rule import marks_of
from beredt.missions.find_profile import load_profile, parse_profile
from beredt.missions.importing import read_pass
from beredt.missions.importing.import_log import Imported, import_log
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.marks import has_mark, impossible_mask
from beredt.missions.read.identity import hash_text
from beredt.missions.store import Store, open_store
from beredt.missions.write_files import write_json, write_whole
from tests.missions.importing.log_writer import HEADER, export, write_busy_export, write_export
from tests.missions.read.test_identity import made_up_number

PROFILE = """
id = "mine"
title = { en = "Mine" }
description = { en = "Our log." }
zone = "Europe/Oslo"
crs = "EPSG:25833"
[file]
date_order = "day"
decimal = ","
[key]
columns = "hendelse"
[columns]
unit = "ressurs_id"
unit_kind = "tiltak_type"
urgency = "hastegrad"
call_t = "tidspunkt"
alerted_t = "varslet"
rolling_t = "rykker_ut"
scene_t = "ank_hentested"
free_t = "ledig"
x = "xcoor"
y = "ycoor"
municipality = "kommune"
[codes.urgency]
A = "A"
H = "H"
"/^V/" = "V"
[codes.unit_kind]
Ambulanse = "ambulance"
Akuttbil = "single_responder"
"""
LOADED = parse_profile("mine.toml", PROFILE.encode())


def run(files: list[Path], out: Path, *, part_rows: int = 600_000, block_bytes: int | None = None) -> Imported:
    plan = ImportPlan(tuple(files), LOADED, out, part_rows=part_rows, block_bytes=block_bytes)
    return import_log(plan, lambda *_: None, lambda _: None)


def bytes_of(store: Path) -> dict[str, bytes]:
    return {path.relative_to(store).as_posix(): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def tables(store: Store) -> list[pl.DataFrame]:
    return [
        store.missions().collect().sort("row_id"),
        store.incidents().collect().sort("incident"),
        store.corrections.collect().sort("row_id", "field", "rule", maintain_order=True),
        store.findings,
    ]


def test_every_row_of_the_log_is_in_the_store(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 3_000)
    imported = run([log], tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert store == imported.store
    missions, incidents, _, _ = tables(store)
    assert store.info.rows_in == 3_000
    assert missions.height + incidents["rows_without_unit"].sum() == 3_000
    assert missions["incident"].is_in(incidents["incident"].implode()).all()
    assert incidents["missions"].sum() == missions.height
    assert missions["row"].is_unique().all()
    assert store.info.incidents == incidents.height
    assert not (tmp_path / "store" / "work").exists()
    assert store.info.sources[0].rows == 3_000


def test_what_reading_and_cleaning_found_is_told_with_file_row_value_count_and_remedy(tmp_path: Path) -> None:
    imported = run([write_export(tmp_path / "log.csv", 3_000)], tmp_path / "store")
    found = {issue.message.partition(":")[0]: issue for issue in imported.issues}
    assert {"unreadable_time", "broken_row", "unknown_urgency", "unknown_unit_kind", "no_unit"} <= set(found)
    urgency = found["unknown_urgency"]
    assert (urgency.file, urgency.field, urgency.value, urgency.severity) == ("log.csv", "urgency", "X", "warning")
    assert urgency.count == imported.store.info.rules["unknown_urgency"] > 100
    assert found["unreadable_time"].value == "31.02.2023 10:00:00"
    line = (
        (tmp_path / "log.csv").read_text(encoding="windows-1252").splitlines()[(found["unreadable_time"].row or 0) - 1]
    )
    assert "31.02.2023" in line
    assert all(issue.remedy for issue in imported.issues)


@pytest.mark.parametrize("in_order", [True, False])
def test_a_store_is_the_same_however_the_log_is_cut(tmp_path: Path, *, in_order: bool) -> None:
    log = write_export(tmp_path / "log.csv", 2_000, in_order=in_order)
    whole = tables(run([log], tmp_path / "whole").store)
    cut = tables(run([log], tmp_path / "cut", part_rows=150, block_bytes=4_000).store)
    for one, other in zip(whole, cut, strict=True):
        assert_frame_equal(one, other, categorical_as_str=True)
    assert len(list((tmp_path / "cut" / "missions").iterdir())) > 10


@pytest.mark.parametrize("seed", range(6))
def test_a_busy_log_is_the_same_however_it_is_cut(tmp_path: Path, seed: int) -> None:
    """Three units for a week: nearly all overlap, at midnight too, and every day is a part; some rows stand twice."""
    log = tmp_path / "log.csv"
    write_busy_export(log, 240, seed=seed)
    whole = run([log], tmp_path / "whole").store
    cut = run([log], tmp_path / "cut", part_rows=1, block_bytes=2_000).store
    for one, other in zip(tables(whole), tables(cut), strict=True):
        assert_frame_equal(one, other, categorical_as_str=True)
    assert cut.info.rules == whole.info.rules
    assert len(list((cut.path / "missions").iterdir())) >= 7
    missions = whole.missions().collect()
    assert missions.filter(has_mark(marks_of("overlapping_missions")))["row_id"].to_list() == overlaps_of(missions)
    assert min(whole.info.rules[name] for name in ("duplicate", "near_duplicate", "overlapping_missions")) > 0


def overlaps_of(missions: pl.DataFrame) -> list[int]:
    """The slow twin: every mission against all of its unit that are earlier, over the whole log."""
    out = marks_of("duplicate", "near_duplicate") | impossible_mask("rolling_t", "free_t")
    rows = missions.filter(~has_mark(out), pl.col("rolling_t").is_not_null(), pl.col("free_t").is_not_null())
    local = pl.coalesce("call_t", "alerted_t", "rolling_t").dt.convert_time_zone("Europe/Oslo").dt.date()
    dated = rows.with_columns(day=local.min().over("incident"))
    seen: list[tuple[tuple[object, ...], dict[str, object]]] = [
        ((row["day"], row["rolling_t"], row["row_id"]), row) for row in dated.iter_rows(named=True)
    ]
    found = []
    for rank, row in seen:
        for before, other in seen:
            if other["unit"] == row["unit"] and before < rank:
                begin, end, rolling, free = row["rolling_t"], row["free_t"], other["rolling_t"], other["free_t"]
                if rolling <= begin < free or begin < rolling < end:  # type: ignore[operator]
                    found.append(row["row_id"])
                    break
    marked = set(found)
    return [row_id for row_id in missions["row_id"] if row_id in marked]


def test_parts_are_in_order_of_the_call_and_hold_whole_incidents(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 2_000, in_order=False)
    run([log], tmp_path / "store", part_rows=150)
    parts = [pl.read_parquet(path) for path in sorted((tmp_path / "store" / "missions").iterdir())]
    seen: set[int] = set()
    for part in parts:
        assert part.sort("call_t", "incident", "row_id", nulls_last=True).equals(part)
        assert not seen & set(part["incident"])
        seen |= set(part["incident"])
    bounds = [(part["call_t"].min(), part["call_t"].max()) for part in parts if part["call_t"].count()]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(bounds))  # type: ignore[operator]


def test_an_incident_over_midnight_at_the_end_of_a_part_is_whole(tmp_path: Path) -> None:
    lines = [
        HEADER,
        "7;A1;Ambulanse;A;31.01.2022 23:59:50;31.01.2022 23:59:55;;;;;;Asker",
        "7;A2;Ambulanse;A;01.02.2022 00:00:10;01.02.2022 00:00:20;;;;;;Asker",
        "8;A3;Ambulanse;A;01.02.2022 10:00:00;01.02.2022 10:01:00;;;;;;Asker",
        "",
    ]
    (tmp_path / "log.csv").write_text("\n".join(lines))
    store = run([tmp_path / "log.csv"], tmp_path / "store", part_rows=1).store
    assert store.incidents().collect().sort("incident")["missions"].to_list() == [2, 1]
    assert store.missions().collect().sort("row_id")["incident"].to_list() == [0, 0, 2]


def test_files_are_numbered_on_as_one_log(tmp_path: Path) -> None:
    one = write_export(tmp_path / "one.csv", 400, seed=1)
    two = write_export(tmp_path / "two.csv", 300, seed=2)
    missions, _, _, _ = tables(run([one, two], tmp_path / "store").store)
    info = open_store(tmp_path / "store").info
    assert [(source.name, source.rows) for source in info.sources] == [("one.csv", 400), ("two.csv", 300)]
    assert missions.filter(pl.col("source") == 1)["row_id"].min() >= 400  # type: ignore[operator]
    assert missions["row_id"].is_unique().all()


def test_what_stood_in_the_log_stands_in_the_corrections(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 2_000)
    store = run([log], tmp_path / "store").store
    missions, _, corrections, _ = tables(store)
    codes = corrections.filter(pl.col("field") == "urgency")
    written = dict(zip(codes["row_id"], codes["before"], strict=True))
    lines = log.read_text(encoding="windows-1252").splitlines()
    rows = dict(zip(missions["row_id"], missions["row"], strict=True))
    assert all(lines[rows[row_id] - 1].split(";")[3] == text for row_id, text in written.items() if row_id in rows)
    lost = corrections.filter(pl.col("rule") == "unreadable_time")
    assert set(lost["before"]) == {"31.02.2023 10:00:00"}


KILLED = """
import sys
from pathlib import Path
from beredt.missions.find_profile import load_profile
from beredt.missions.importing.import_log import import_log
from beredt.missions.importing.plan import ImportPlan

log, out, profile = sys.argv[1:]
plan = ImportPlan((Path(log),), load_profile(profile), Path(out), part_rows=300, block_bytes=8_000)
import_log(plan, lambda *_: print("step", flush=True), lambda line: print(line, flush=True))
"""


@pytest.mark.slow
@pytest.mark.parametrize("rows", [2_000, pytest.param(8_000, marks=pytest.mark.soak)])
def test_killed_at_any_moment_it_goes_on_and_ends_in_the_same_bytes(tmp_path: Path, root: Path, rows: int) -> None:
    log = write_export(tmp_path / "log.csv", rows, in_order=False)
    (tmp_path / "mine.toml").write_text(PROFILE, encoding="utf-8")
    plan = ImportPlan((log,), load_profile(str(tmp_path / "mine.toml")), tmp_path / "whole", part_rows=300,
                      block_bytes=8_000)  # fmt: skip
    import_log(plan, lambda *_: None, lambda _: None)
    drawn, killed, out = random.Random(4), 0, tmp_path / "store"
    command = [sys.executable, "-c", KILLED, str(log), str(out), str(tmp_path / "mine.toml")]
    went_on = False
    while not (out / "store.json").exists():
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)
        assert process.stdout is not None
        # After some steps, and a moment that is no step's beginning.
        for _ in range(drawn.randrange(1, 12)):
            went_on = "Going on" in process.stdout.readline() or went_on
        time.sleep(drawn.random() * 0.03)
        process.kill()
        process.wait()
        process.stdout.close()
        killed += 1
        if not (out / "store.json").exists():
            with pytest.raises(StoreError, match="store\\.json is missing"):
                open_store(out)
    if (out / "work").exists():
        again = dataclasses.replace(plan, out=out)
        assert import_log(again, lambda *_: None, lambda _: None).store == open_store(out)
    assert killed > 3
    assert went_on
    assert bytes_of(out) == bytes_of(tmp_path / "whole")


def broken_off(log: Path, out: Path) -> None:
    """Leave what an import leaves that was stopped in the middle."""
    seen = []

    def stop(stage: str, done: int, total: int) -> None:
        seen.append(stage)
        if stage == "Cleaning" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_log(ImportPlan((log,), LOADED, out, part_rows=300, block_bytes=8_000), stop, lambda _: None)
    assert (out / "work").is_dir()


def test_an_import_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 1_500)
    broken_off(log, tmp_path / "store")
    done = sorted((tmp_path / "store" / "missions").iterdir())[0]
    before = done.stat().st_mtime_ns
    assert run([log], tmp_path / "store", part_rows=300, block_bytes=8_000).resumed
    assert done.stat().st_mtime_ns == before


def test_after_a_block_that_could_not_be_kept_none_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full for one block alone: those read after it wait for the next time, and nothing is lost."""
    log = write_export(tmp_path / "log.csv", 2_000)
    whole = run([log], tmp_path / "whole", block_bytes=20_000)
    write = write_whole

    def full(path: Path, how: Callable[[Path], object]) -> None:
        if path.name == "000002.arrow":
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, how)

    monkeypatch.setattr(read_pass, "write_whole", full)
    with pytest.raises(OSError, match="No space left"):
        run([log], tmp_path / "store", block_bytes=20_000)
    kept = sorted(path.name for path in (tmp_path / "store" / "work" / "rows").glob("*.arrow"))
    assert kept == ["000000.arrow", "000001.arrow"]
    monkeypatch.undo()
    assert bytes_of(run([log], tmp_path / "store", block_bytes=20_000).store.path) == bytes_of(whole.store.path)


def test_an_import_of_another_log_starts_clean(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 1_500)
    broken_off(log, tmp_path / "store")
    write_export(log, 500, seed=9)
    imported = run([log], tmp_path / "store", part_rows=300, block_bytes=8_000)
    assert not imported.resumed
    assert imported.store.info.rows_in == 500
    run([log], tmp_path / "other", part_rows=300, block_bytes=8_000)
    assert bytes_of(tmp_path / "store") == bytes_of(tmp_path / "other")


def test_an_import_that_was_stopped_when_all_but_the_tidying_was_done_ends_well(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 200)
    whole = run([log], tmp_path / "store")
    plan = ImportPlan((log,), LOADED, tmp_path / "store")
    write_json(plan.identity(), plan.work / "plan.json")
    again = run([log], tmp_path / "store")
    assert (again.store, again.issues) == (whole.store, whole.issues)
    assert not plan.work.exists()


def test_a_finished_store_is_never_written_over(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 100)
    run([log], tmp_path / "store")
    with pytest.raises(StoreError, match="there is a store already"):
        run([log], tmp_path / "store")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("kept")
    with pytest.raises(StoreError, match="something else"):
        run([log], tmp_path / "letters")
    assert (tmp_path / "letters" / "a.txt").read_text() == "kept"


def test_two_imports_never_share_a_folder(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 500)
    out = tmp_path / "store"

    def meanwhile(stage: str, done: int, total: int) -> None:
        if stage == "Cleaning" and not done:
            with pytest.raises(StoreError, match="another import"):
                run([log], out)

    import_log(ImportPlan((log,), LOADED, out), meanwhile, lambda _: None)
    assert open_store(out).info.rows_in == 500


def test_identity_numbers_end_the_import_before_anything_is_kept(tmp_path: Path) -> None:
    text = export(50).replace("Bærum", "01017000110", 1)
    number = next(found for found in (made_up_number(date(1970, 1, 1), k) for k in range(50)) if found)
    (tmp_path / "log.csv").write_text(text.replace("01017000110", number), encoding="utf-8")
    with pytest.raises(LogError, match="national identity numbers") as caught:
        run([tmp_path / "log.csv"], tmp_path / "store")
    assert number not in str(caught.value)
    kept = b"".join(bytes_of(tmp_path / "store").values())
    assert number.encode() not in kept


def test_a_column_that_names_persons_is_left_out_or_refused_or_hashed(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    lines = export(40).splitlines()
    log.write_text("\n".join(f"{line};{'fnr' if n == 0 else f'p{n % 5}'}" for n, line in enumerate(lines)))
    imported = run([log], tmp_path / "left-out")
    assert dict(imported.store.info.privacy) == {"fnr": "left out"}

    read = PROFILE.replace("[codes.urgency]", 'destination = "fnr"\n[codes.urgency]')
    with pytest.raises(LogError, match="called as if it named persons"):
        import_log(
            ImportPlan((log,), parse_profile("p.toml", read.encode()), tmp_path / "no"), lambda *_: None, lambda _: None
        )

    hashed = PROFILE.replace("[codes.urgency]", 'patient = "fnr"\n[codes.urgency]')
    key = bytes(range(32))
    plan = ImportPlan((log,), parse_profile("p.toml", hashed.encode()), tmp_path / "hashed", key=key)
    store = import_log(plan, lambda *_: None, lambda _: None).store
    found = set(store.missions().collect()["patient"].drop_nulls())
    assert found <= {hash_text(f"p{n}", key) for n in range(5)}
    assert store.info.privacy["fnr"].startswith("hashed with the key")
    assert b"p3" not in (tmp_path / "hashed" / "missions" / "part-00000.parquet").read_bytes()


def test_a_rule_can_be_switched_off_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    log = write_export(tmp_path / "log.csv", 300)
    plan = ImportPlan((log,), LOADED, tmp_path / "store", without=("unknown_urgency",))
    info = import_log(plan, lambda *_: None, lambda _: None).store.info
    assert info.without == ("unknown_urgency",)
    assert info.rules["unknown_urgency"] == 0
    with pytest.raises(UnknownIdError, match="did you mean 'midnight'"):
        import_log(ImportPlan((log,), LOADED, tmp_path / "no", without=("midnigt",)), lambda *_: None, lambda _: None)


def test_all_files_at_fault_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "other.csv").write_text("a;b\n1;2\n")
    with pytest.raises(LogError) as caught:
        run([tmp_path / "empty.csv", tmp_path / "other.csv", tmp_path / "none.csv"], tmp_path / "store")
    assert len(caught.value.issues) == 3
    assert not (tmp_path / "store").exists()


@pytest.mark.reference
def test_the_open_log_of_calls_for_service_has_its_known_counts(reference_data: Path, tmp_path: Path) -> None:
    log = reference_data / "calls" / "rvfd" / "calls_for_service_2010_2020.csv.gz"
    plan = ImportPlan((log,), load_profile("rvfd"), tmp_path / "store")
    info = import_log(plan, lambda *_: None, lambda _: None).store.info
    assert (info.rows_in, info.incidents, info.incidents_without_unit, info.unit_responses) == (
        19_520,
        19_520,
        1_141,
        44_372,
    )
    store = open_store(tmp_path / "store")
    alerted = store.missions().filter(pl.col("alerted_t").is_not_null()).select(pl.len()).collect().item()
    assert alerted == 43_915
    assert store.info.call_from == "alerted_t"
    # Row 4 by hand: WAVE1, GRE310 and WAVE11 on 1 January 2010, in Chicago.
    story = store.missions().filter(pl.col("row") == 4).sort("part").collect()
    assert story["unit"].to_list() == ["WAVE1", "GRE310", "WAVE11"]
    assert story["dest_t"].dt.convert_time_zone("America/Chicago").dt.strftime("%d %H:%M:%S").to_list() == [
        None, None, "01 08:40:02",
    ]  # fmt: skip
    assert story["free_t"].dt.strftime("%H:%M:%S").to_list() == ["14:08:24", "14:03:38", "15:05:46"]


@pytest.mark.reference
def test_calls_that_only_have_gaps_come_out_in_the_hours_that_their_log_gives(
    reference_data: Path, tmp_path: Path
) -> None:
    log = reference_data / "calls" / "austin" / "calls.csv.gz"
    plan = ImportPlan((log,), load_profile("austin"), tmp_path / "store", block_bytes=40_000, part_rows=100)
    store = import_log(plan, lambda *_: None, lambda _: None).store
    assert (store.info.rows_in, store.info.incidents_without_unit, store.info.unit_responses) == (1_000, 1_000, 0)
    incidents = store.incidents().collect().sort("incident")
    clock = incidents["call_t"].dt.convert_time_zone("America/Chicago").dt
    written = pl.read_csv(log, columns=["hour", "dow", "neighborhood"])
    assert clock.hour().to_list() == written["hour"].to_list()
    assert clock.strftime("%a").to_list() == written["dow"].to_list()
    assert incidents["district"].cast(pl.String).to_list() == written["neighborhood"].cast(pl.String).to_list()
