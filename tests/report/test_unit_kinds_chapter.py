"""Kinds of unit in the chapter on units: told in every language where a run has the table, and nowhere else."""

from __future__ import annotations

import pytest

from beredt.decision.frames import result_frame
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report.chapters.unit_kinds import kinds_blocks
from beredt.report.chapters.units import units_chapter
from beredt.report.context import ReportContext, make_context
from beredt.report.page.blocks import Table
from beredt.report.results import Results
from beredt.report.words import list_languages, load_words

# kind, measure, role, urgency, unit, value today, value elsewhere, difference
FIGURES = (
    ("ambulance", "missions", "primary", "A", "per year", 1000.0, 990.0, -10.0),
    ("ambulance", "utilisation", "", "", "share", 0.3, 0.29, -0.01),
    ("helicopter", "missions", "responder", "A", "per year", 0.0, 80.0, 80.0),
    ("helicopter", "utilisation", "", "", "share", None, 0.05, None),
    ("helicopter", "stopped", "", "A", "per year", 0.0, 60.0, 60.0),
    ("helicopter", "response_mean_s", "", "A", "s", None, 600.0, None),
)


def with_kinds(tiny: Study, before: ReportContext, language: str) -> ReportContext:
    other = next(one for one in before.alternatives if one != TODAY)
    rows = [
        {
            "alternative": name, "kind": kind, "measure": measure, "role": role, "urgency": urgency, "unit": unit,
            "value": value, "low": value, "high": value,
            "difference": change, "difference_low": change, "difference_high": change,
        }
        for kind, measure, role, urgency, unit, today, elsewhere, difference in FIGURES
        for name, value, change in ((TODAY, today, None if today is None else 0.0), (other, elsewhere, difference))
    ]  # fmt: skip
    results = Results(before.results.facts, {**before.results.tables, "kinds": result_frame("kinds", rows)})
    return make_context(tiny, results, load_words(language))


@pytest.mark.parametrize("language", list_languages())
def test_kinds_are_told_in_every_language(tiny: Study, english: ReportContext, language: str) -> None:
    ctx = with_kinds(tiny, english, language)
    tables = [block for block in kinds_blocks(ctx) if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [2, 8, 2]
    assert all(len(row.cells) == len(table.columns) for table in tables for row in table.rows)
    helicopter = tables[0].rows[1].cells
    assert helicopter[3].sort == 0.0
    assert helicopter[4].sort == 80.0
    # What today has none of is told as it is, not as a difference from nothing.
    use = tables[1].rows[6]
    assert use.cells[2].style == "quiet"
    assert {"en": "none today", "nb": "finnes ikke i dag", "nn": "finst ikkje i dag"}[language] in use.cells[3].text


def test_a_run_without_the_table_says_nothing_of_kinds(english: ReportContext) -> None:
    assert not list(kinds_blocks(english))
    assert english.words("units.kinds.title") not in [getattr(b, "text", "") for b in units_chapter(english).blocks]
