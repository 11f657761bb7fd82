"""The chapters on risk and interfaces and the part on misrouted calls: what they say, and what they must never say."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest

from beredt.decision.risk.matrix import matrix_of
from beredt.report.chapters.gate import gate_chapter
from beredt.report.chapters.interfaces import interfaces_chapters
from beredt.report.chapters.misrouting import misrouting_blocks
from beredt.report.chapters.positions import positions_blocks
from beredt.report.chapters.risk import risk_chapters
from beredt.report.context import ReportContext, make_context
from beredt.report.figures.risk_matrix import ink_on
from beredt.report.local_text import local_names, local_text
from beredt.report.page.blocks import Block, Details, Figure, Notice, Paragraph, Table
from beredt.report.results import Results
from beredt.report.words import Words, load_words


def flat(blocks: tuple[Block, ...] | list[Block]) -> list[Block]:
    """Blocks with those behind clicks."""
    found: list[Block] = []
    for block in blocks:
        found += [block, *(flat(block.blocks) if isinstance(block, Details) else [])]
    return found


def cells(blocks: tuple[Block, ...] | list[Block]) -> list[str]:
    return [cell.text for block in flat(blocks) if isinstance(block, Table) for row in block.rows for cell in row.cells]


def without_scores(ctx: ReportContext) -> ReportContext:
    study = replace(
        ctx.study, decision={**ctx.study.decision, "risk_scores": ctx.study.decision["risk_scores"].clear()}
    )
    tables = {name: table.clear() if name.startswith("risk_") else table for name, table in ctx.results.tables.items()}
    return make_context(study, Results(ctx.results.facts, tables), ctx.words)


def test_the_matrix_stands_per_alternative_before_and_after(context: ReportContext) -> None:
    (chapter,) = risk_chapters(context)
    figures = [block for block in chapter.blocks if isinstance(block, Figure)]
    assert len(figures) == 2, "0+ and 2 were assessed, today was not"
    for figure in figures:
        for stage in ("before", "after"):
            assert context.words(f"risk.stage.{stage}") in figure.svg
        assert {level.symbol for level in matrix_of({}).levels} <= set(figure.svg), "a sign beside the colour"
    # Under 2 "late" (number 1) is likely 3.5, shown at 4, and grave 4: high; after measures 3 and 4: high, too.
    assert re.search(r"\b1\b", figures[1].alt)
    assert context.words("risk.numbered", number="1", name=context.words.local(
        {"en": "Help comes late", "nb": "Hjelpen kommer sent"})) in cells(chapter.blocks)  # fmt: skip


def test_without_scores_the_report_says_that_they_are_to_be_filled_in(context: ReportContext) -> None:
    (chapter,) = risk_chapters(without_scores(context))
    notices = [block.text for block in chapter.blocks if isinstance(block, Notice)]
    assert any("beredt risk export" in text for text in notices)
    assert sum(isinstance(block, Figure) for block in chapter.blocks) == 1, "the matrix, empty"
    assert context.words("risk.unassessed") in cells(gate_chapter(without_scores(context)).blocks)


def test_patient_safety_stands_beside_the_gate_and_money_does_not(english: ReportContext) -> None:
    texts = " ".join(cells(gate_chapter(english).blocks))
    assert "Help comes late" in texts
    assert "A call is lost" in texts
    assert "It costs more" not in texts


def test_a_role_of_few_is_never_shown(english: ReportContext) -> None:
    (chapter,) = risk_chapters(english)
    shown = cells(chapter.blocks)
    assert "Crews" in shown
    assert "The centre" not in shown, "one assessor: it would be somebody's own score"


def test_the_word_total_stands_nowhere_in_the_chapter_on_risk(context: ReportContext) -> None:
    (chapter,) = risk_chapters(context)
    titles = [
        column.title.lower() for block in flat(chapter.blocks) if isinstance(block, Table) for column in block.columns
    ]
    rows = [row.style for block in flat(chapter.blocks) if isinstance(block, Table) for row in block.rows]
    assert "total" not in rows
    assert not any(re.search(r"total|sum\b|snitt|average|mean\b", title) for title in titles)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#a6d49f", "#ffe08a", "#f0a58f", "#123456", "#777777"])
def test_ink_can_be_read_on_any_colour(colour: str) -> None:
    """WCAG 2.1 AA asks for a contrast of 4.5."""

    def luminance(text: str) -> float:
        parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(colour), luminance(ink_on(colour))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_nothing_unverified_reads_as_fact(context: ReportContext) -> None:
    """An input is somebody's and marked; what is simulated carries its figure; only what was counted is told plain."""
    table = next(block for block in positions_blocks(context) if isinstance(block, Table))
    rows = {row.cells[1].text: row.cells[2].text for row in table.rows if len(row.cells) > 1}
    statuses = context.study.decision["positions"]["status"].to_list()
    assert len(rows) == len(statuses)
    marked = {context.words(f"interfaces.status.{status}") for status in ("input", "measured", "simulated")}
    assert set(rows.values()) == marked
    party = local_names(context.words, context.study.decision["counterparts"])["the-crews"]
    for text, status in rows.items():
        if status == context.words("interfaces.status.input"):
            assert text.startswith(context.words("interfaces.says.input", party=party, said="").rstrip(". "))
        else:
            assert party not in text
    for said in ("the road is bad", "veien er dårlig"):
        assert said not in rows, "the bare statement stands nowhere"
    assert sum(bool(re.search(r"\d", text)) for text in rows) == 1, "the simulated one, with its interval"


def test_whom_nobody_has_stated_is_left_open(english: ReportContext) -> None:
    (chapter,) = interfaces_chapters(english)
    shown = cells(chapter.blocks)
    assert english.words("interfaces.unknown") in shown
    assert "→ Police B" in shown
    assert "Police A" in shown


def test_misrouted_calls_are_a_range_and_no_answer_rests_on_them(english: ReportContext) -> None:
    blocks = misrouting_blocks(english)
    texts = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    assert "no answer to premise 1 rests on the assumption" in texts
    assert "centre" in " ".join(cells(blocks)).lower() or "AMK" in " ".join(cells(blocks))
    ranges = [cell for cell in cells(blocks) if re.fullmatch(r"0–[\d,]+", cell)]
    assert len(ranges) == len(english.alternatives)
    simulated = {**english.results.tables}
    simulated["misrouting"] = simulated["misrouting"].with_columns(pl.lit(True).alias("simulated"))
    other = misrouting_blocks(make_context(english.study, Results(english.results.facts, simulated), english.words))
    assert "rest on the assumption" in " ".join(block.text for block in other if isinstance(block, Paragraph))


def test_nynorsk_falls_back_on_bokmal_and_then_on_english() -> None:
    words = Words("nn", {})
    row = {"name_en": "late", "name_nb": "sent", "name_nn": None}
    assert local_text(words, row) == "sent"
    assert local_text(words, {**row, "name_nn": "seint"}) == "seint"
    assert local_text(words, {"name_en": "late", "name_nb": None, "name_nn": None}) == "late"
    assert local_text(load_words("en"), row) == "late"
