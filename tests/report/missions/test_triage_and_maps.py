"""What a reader sees first of the triage matrix and of the maps."""

from __future__ import annotations

from types import MappingProxyType

import polars as pl

from beredt.report.missions.chapters.maps import parts_shown
from beredt.report.missions.chapters.triage import triage_chapter
from beredt.report.missions.context import make_log_context
from beredt.report.page.blocks import Table
from beredt.report.results import Results
from beredt.report.words import load_words

LEVELS = {"high": "A", "low": "V", "not_assessed": "", "": ""}


def test_the_matrix_says_what_a_level_answers_to_and_shades_where_both_agree() -> None:
    rows = [(urgency, level, LEVELS[level], 40, 0.5, False) for urgency in ("A", "H", "V", "") for level in LEVELS]
    columns = ["urgency", "level", "level_urgency", "n", "share", "left_out"]
    matrix = pl.DataFrame(rows, schema=columns, orient="row")
    measures = pl.DataFrame(
        {"measure": ["over_triage"], "by": ["all"], "key": [""], "cases": [9], "size": [40], "value": [0.2],
         "low": [0.1], "high": [0.3], "left_out": [False]}
    )  # fmt: skip
    results = Results(MappingProxyType({}), MappingProxyType({"triage_matrix": matrix, "triage": measures}))
    table = triage_chapter(make_log_context(results, None, load_words("nb"), None)).blocks[0]
    assert isinstance(table, Table)
    assert [column.title for column in table.columns][1:] == ["Høy (A)", "Lav (V)", "Ikke vurdert", "Alle"]
    shaded = [
        (row.cells[0].text, at) for row in table.rows for at, cell in enumerate(row.cells) if cell.style[:1] == "q"
    ]
    shaded = [(name[:1], at) for name, at in shaded]
    assert shaded == [("A", 1), ("V", 2)]


def test_urgencies_come_in_their_order_and_what_is_not_there_has_no_map() -> None:
    counts = pl.DataFrame({"part": ["H", "", "V", "A", "none"], "now": [50, 100, 20, 30, 0]})
    assert parts_shown(counts) == ["", "A", "H", "V"]
    kinds = pl.DataFrame({"part": ["doctor", "", "ambulance", "other"], "now": [5, 100, 95, 0]})
    assert parts_shown(kinds) == ["", "ambulance", "doctor"]
