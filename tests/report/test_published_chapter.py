"""The chapter on published figures boasts of nothing that could not have failed."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from beredt.report.chapters.published import published_chapter
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Heading


def row(name: str, rule: str, within: bool | None, printed: float, simulated: float | None) -> dict[str, object]:
    share = None if simulated is None else simulated / printed - 1
    return {
        "id": name, "indicator": f"days_without_conflict:{name}", "unit": "missions", "printed": printed,
        "simulated": simulated, "low": simulated, "high": simulated,
        "deviation": None if simulated is None else simulated - printed, "deviation_share": share, "within": within,
        "tolerance": 10.0, "rule": rule, "missing": "", "detail": "", "source": "s", "note": "",
    }  # fmt: skip


@pytest.fixture
def judged(english: ReportContext) -> ReportContext:
    rows = [
        row("a", "flow", False, 100.0, 190.0),
        row("b", "flow", True, 100.0, 101.0),
        row("c", "people", True, 100.0, 99.0),
        *(row(f"in{number}", "input", True, 100.0, 100.0) for number in range(7)),
    ]
    tables = {**english.results.tables, "published": pl.DataFrame(rows)}
    return replace(english, results=replace(english.results, tables=tables))


def test_what_was_put_in_is_not_counted_as_met(judged: ReportContext) -> None:
    finding = published_chapter(judged).finding
    assert finding.startswith("2 of 3 published figures that were not put into the model are met")
    assert "missions between places 1 of 2" in finding


def test_what_was_put_in_stands_apart(judged: ReportContext) -> None:
    headings = [block.text for block in published_chapter(judged).blocks if isinstance(block, Heading)]
    assert headings[:3] == ["Not met", "Met within tolerance", "Put into the model"]
