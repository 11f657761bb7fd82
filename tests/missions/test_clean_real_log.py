"""A real log of 44,372 unit responses, cleaned row by row in the plainest way beside the rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import polars as pl
import pytest

from beredt.missions.checks.rule import get_rule
from beredt.missions.checks.stamps import CHAIN
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.find_profile import load_profile
from beredt.missions.importing.import_log import import_log
from beredt.missions.importing.plan import ImportPlan
from beredt.missions.marks import impossible_mask
from beredt.missions.restore import restore
from beredt.missions.store import Store

pytestmark = [pytest.mark.reference, pytest.mark.slow]

Times = dict[str, datetime | None]
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def kept(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, CleaningContext]:
    (log,) = (reference_data / "calls" / "rvfd").glob("*.csv.gz")
    plan = ImportPlan((log,), load_profile("rvfd"), tmp_path_factory.mktemp("rvfd") / "store")
    return import_log(plan, lambda *_: None, lambda _: None).store, plan.context()


def carried(times: Times) -> Times:
    """Stamps past midnight on the next day."""
    moved, latest = dict(times), times["call_t"]
    for stamp in CHAIN[1:]:
        at = times[stamp]
        if at is None:
            continue
        if latest is not None and timedelta(hours=12) < latest - at <= DAY:
            moved[stamp] = at = at + DAY
        latest = at if latest is None else max(latest, at)
    return moved


def contradicting(times: Times) -> set[str]:
    """Stamps of every smallest set without which the others are in order."""
    present = [stamp for stamp in CHAIN if times[stamp] is not None]
    for size in range(len(present)):
        found: set[str] = set()
        for away in combinations(present, size):
            left = [times[stamp] for stamp in present if stamp not in away]
            if all(one <= other for one, other in pairwise(left)):  # type: ignore[operator]
                found |= set(away)
        if found or (size == 0 and _in_order(times, present)):
            return found
    return set()


def _in_order(times: Times, present: list[str]) -> bool:
    left = [times[stamp] for stamp in present]
    return all(one <= other for one, other in pairwise(left))  # type: ignore[operator]


def test_stamps_are_carried_and_doubted_as_a_slow_twin_does(kept: tuple[Store, CleaningContext]) -> None:
    store, context = kept
    missions = store.missions().collect().sort("row_id")
    written = restore(missions, store.corrections.collect(), context)
    zone = [pl.col(stamp).dt.convert_time_zone(context.zone).dt.replace_time_zone(None) for stamp in CHAIN]
    after = missions.with_columns(zone)
    ambiguous = get_rule("ambiguous_clock").mask
    moved = 0
    for before, row in zip(written.iter_rows(named=True), after.iter_rows(named=True), strict=True):
        if row["marks"] & ambiguous:
            continue
        expected = carried({stamp: before[stamp] for stamp in CHAIN})
        assert {stamp: row[stamp] for stamp in CHAIN} == expected, before["row"]
        moved += expected != {stamp: before[stamp] for stamp in CHAIN}
        out_of_order = bool(row["marks"] & get_rule("stamp_order").mask)
        too_long = bool(row["marks"] & get_rule("long_interval").mask)
        doubted = {stamp for stamp in CHAIN if row["marks"] & impossible_mask(stamp)}
        assert out_of_order == bool(contradicting(expected)), before["row"]
        if not too_long:
            assert doubted == contradicting(expected), before["row"]
    assert moved > 1000
