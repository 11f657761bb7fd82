"""Income filled in: marked as an example on every line, zero in sum as it is shown, and nowhere near the costs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.chapters.cost import cost_chapter
from beredt.report.chapters.income import income_chapter
from beredt.report.chapters.staff import staff_chapter
from beredt.report.chapters.summary import summary_chapter
from beredt.report.context import ReportContext, make_context
from beredt.report.page.blocks import Block, Chapter, Notice, Table
from beredt.report.results import read_results
from beredt.report.words import list_languages, load_words
from tests.report.synthetic_results import write_synthetic_results
from tests.report.whole_study import income_files, write_whole_study

MILLION = 1e6


def made(folder: Path, **changed: str) -> tuple[Study, Path]:
    study = load_study(write_whole_study(folder / "study", **changed))
    return study, write_synthetic_results(study, folder / "results")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Path]:
    return made(tmp_path_factory.mktemp("income"))


def context(whole: tuple[Study, Path], language: str = "en") -> ReportContext:
    return make_context(whole[0], read_results(whole[1]), load_words(language))


def tables_of(chapter: Chapter) -> tuple[Table, Table]:
    effects, shares = (block for block in chapter.blocks if isinstance(block, Table))
    return effects, shares


def by_alternative(table: Table) -> Mapping[str, list[float]]:
    return {
        column.title: [row.cells[number].sort or 0.0 for row in table.rows]
        for number, column in enumerate(table.columns)
        if column.figures
    }


@pytest.mark.parametrize("language", list_languages())
def test_every_line_says_that_it_is_an_example(whole: tuple[Study, Path], language: str) -> None:
    ctx = context(whole, language)
    chapter = income_chapter(ctx)
    mark = ctx.words("income.example", text="").strip()
    assert chapter.finding.endswith(mark)
    assert Notice(ctx.words("income.example_notice")) in chapter.blocks
    for table in tables_of(chapter):
        assert table.caption.endswith(mark)
        assert table.rows
        assert all(row.cells[0].text.endswith(mark) for row in table.rows)


@pytest.mark.parametrize("language", list_languages())
def test_the_finding_tells_who_gains_and_that_others_lose_it(whole: tuple[Study, Path], language: str) -> None:
    ctx = context(whole, language)
    finding = income_chapter(ctx).finding
    own = ctx.results.tables["income_effects"].filter(
        ctx.results.tables["income_effects"]["organisation"] == "trust-west"
    )
    assert ctx.names.get("organisations", "trust-west") in finding
    assert ctx.numbers.plain(float(own["change_nok"].sum()) / MILLION) in finding
    assert {"en": "lose", "nb": "taper", "nn": "taper"}[language] in finding


def test_effects_sum_to_zero_and_shares_to_one_as_shown(whole: tuple[Study, Path]) -> None:
    effects, shares = tables_of(income_chapter(context(whole)))
    moved = by_alternative(effects)
    assert any(abs(value) > MILLION for values in moved.values() for value in values)
    for values in moved.values():
        assert abs(sum(values)) < 1e-3
    for values in by_alternative(shares).values():
        assert sum(values) == pytest.approx(1.0)


def test_a_component_without_an_amount_tells_shares_and_asks_for_it(tmp_path: Path) -> None:
    components = income_files()["income_components"].replace("1000000000", "")
    ctx = context(made(tmp_path, income_components=components))
    chapter = income_chapter(ctx)
    assert Notice(ctx.words("income.no_amount", file="income_components.csv")) in chapter.blocks
    who = ctx.names.alternatives(["2"])
    assert ctx.words.sentence(ctx.words("income.finding_shares", alternatives=who)) in chapter.finding
    effects, _ = tables_of(chapter)
    shown = [cell.text for row in effects.rows for cell in row.cells[2:]]
    assert all(re.search(r"pp$", text) for text in shown), shown


def test_money_that_is_known_is_told_although_another_component_has_no_amount(tmp_path: Path) -> None:
    files = income_files()
    components = files["income_components"] + "desk,2,Desk,Sentral,organisation,,example,made up\n"
    weights = files["income_weights"] + "desk,people,1,example,made up\n"
    ctx = context(made(tmp_path, income_components=components, income_weights=weights))
    alone = context(made(tmp_path / "alone"))
    finding, known = income_chapter(ctx).finding, income_chapter(alone).finding
    assert finding.startswith(known.removesuffix(ctx.words("income.example", text="")))
    assert ctx.words("income.partly") in finding


def test_without_example_weights_nothing_is_called_one(tmp_path: Path) -> None:
    files = {name: text.replace(",example,", ",published,") for name, text in income_files().items()}
    ctx = context(made(tmp_path, **files))
    chapter = income_chapter(ctx)
    texts = [chapter.finding, *(table.caption for table in tables_of(chapter))]
    assert not any(ctx.words("income.example", text="").strip() in text for text in texts)
    assert Notice(ctx.words("income.example_notice")) not in chapter.blocks


def told(chapter: Chapter) -> tuple[str, tuple[Block, ...]]:
    return chapter.finding, chapter.blocks


def test_money_of_the_model_changes_nothing_in_costs_staff_or_summary(
    whole: tuple[Study, Path], tmp_path: Path
) -> None:
    ten_times = income_files()["income_components"].replace("1000000000", "10000000000")
    dear = made(tmp_path, income_components=ten_times)
    before, after = context(whole), context(dear)
    assert told(income_chapter(before)) != told(income_chapter(after))
    for make in (cost_chapter, staff_chapter, summary_chapter):
        assert told(make(before)) == told(make(after)), make.__name__
