"""The whole page: complete, self-contained, readable by machines, and the same bytes every time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest

from beredt.errors import ResultsError, UnknownIdError
from beredt.model.study import Study
from beredt.report.chapters.cover import make_cover
from beredt.report.chapters.flows import flows_chapter
from beredt.report.chapters.parts import count_cell
from beredt.report.context import ReportContext, make_context
from beredt.report.figures.atlas import make_atlas
from beredt.report.form import COUNT, Form
from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Chapter, Table
from beredt.report.page.render import render_page
from beredt.report.results import Results, read_results
from beredt.report.words import load_words
from beredt.report.write_report import make_chapters, render_report, write_report

CHAPTERS = (
    *("summary", "today", "flows", "simultaneity", "units", "demand", "people", "alternatives", "borders", "gate"),
    *("sensitivities", "risk", "interfaces", "published", "method", "limits", "appendix"),
)
VOID = {"meta", "input", "br", "hr", "img", "link"}


class Page(HTMLParser):
    """What the tests below look for, gathered while reading; complains of tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.drawings = 0
        self.named_drawings = 0
        self.text: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.links += [str(value) for key, value in attrs if key in ("src", "href", "srcset", "action") and value]
        if given.get("role") == "img":
            self.drawings += 1
            self.named_drawings += bool((given.get("aria-label") or "").strip())
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:] or 'nothing'} at {self.getpos()}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text.append(data)


@pytest.fixture(scope="module")
def drawn() -> dict[str, tuple[Chapter, ...]]:
    """Chapters by language, drawn when a test first asks for them: all drawings of a report take seconds."""
    return {}


@pytest.fixture
def chapters(context: ReportContext, drawn: dict[str, tuple[Chapter, ...]]) -> tuple[Chapter, ...]:
    language = context.words.language
    if language not in drawn:
        drawn[language] = make_chapters(context)
    return drawn[language]


@pytest.fixture
def page(context: ReportContext, chapters: tuple[Chapter, ...]) -> str:
    return render_page(make_cover(context), chapters, context.words, context.numbers, context.fingerprint)


def test_the_page_is_whole_and_well_formed(page: str, context: ReportContext) -> None:
    read = Page(page)
    assert read.faults == []
    assert len(read.ids) == len(set(read.ids))
    assert set(CHAPTERS) <= set(read.ids)
    assert f'<html lang="{context.words.language}">' in page
    text = "".join(read.text)
    assert not re.search(r"\{[a-z_]+\}", text), "a placeholder was not filled"
    assert not {"None", "nan", "True", "False"} & {piece.strip() for piece in read.text}


def test_every_link_stays_inside_the_page(page: str) -> None:
    read = Page(page)
    outside = [link[:60] for link in read.links if not link.startswith(("#", "data:"))]
    assert outside == []
    assert {link.removeprefix("#") for link in read.links if link.startswith("#")} <= set(read.ids)
    assert not re.search(r"url\((?!#|data:|\"?data:)", page)
    assert "@import" not in page
    assert not re.search(r"https?://", page)


def test_every_drawing_is_told_in_words_and_every_caption_names_the_run(page: str, context: ReportContext) -> None:
    read = Page(page)
    assert read.drawings > 10
    assert read.named_drawings == read.drawings
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL)
    assert len(captions) >= read.drawings
    assert all(context.fingerprint[:12] in caption for caption in captions)


def test_every_chapter_opens_with_a_finding(chapters: tuple[Chapter, ...]) -> None:
    for chapter in chapters:
        assert len(chapter.finding.split()) >= 4, chapter.id
        assert chapter.finding[0] == chapter.finding[0].upper(), chapter.id
        assert chapter.finding.endswith("."), chapter.id


@pytest.mark.parametrize("context", ["nb"], indirect=True)
def test_the_same_results_give_the_same_bytes(page: str, tiny: Study, results_dir: Path, tmp_path: Path) -> None:
    written = tmp_path / "a" / "report.html"
    write_report(results_dir.parent, tiny, "nb", written)  # the page above was read from the folder itself
    assert written.read_bytes() == page.encode()


class Masked(NumberFormat):
    """Writes every figure as a sign, so that a figure from anywhere else stands out."""

    def plain(self, value: float, form: Form = COUNT, *, signed: bool = False) -> str:
        return "§"

    def label(self, value: int | str) -> str:
        return "§"

    def hour(self, hour: int) -> str:
        return "§"

    def clock(self, seconds: int) -> str:
        return "§"


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_figure_on_the_page_was_written_by_the_number_format(
    tiny: Study, results_dir: Path, language: str
) -> None:
    words = load_words(language)
    context = make_context(tiny, read_results(results_dir), words, Masked(words))
    text = " ".join(Page(render_report(context)).text)
    text, _, _ = text.partition(words("appendix.settings_title"))
    # What is left may be names of alternatives, of the first premise, and of rows that the study is asked to bring.
    text = text.replace("overrun_p50", "").replace("overrun_p85", "")
    text = re.sub(r"(?i)premis[es]+[\s\u00a0]1|0\+", "", text)
    for one in ("2",):
        text = re.sub(rf"(?<![\w.,]){one}(?![\w.,]*\d)", "", text)
    found = re.findall(r"\S*\d\S*", text)
    assert found == []


OPTIONAL = (
    *("indicators", "differences", "areas", "flows", "simultaneity", "simultaneity_hours", "units", "exceedance"),
    *("gate", "verdicts", "sensitivities", "break_even", "break_even_points", "published", "reach", "reach_facts"),
    *("people", "misrouting", "risk_spread", "risk_evidence", "interfaces", "interface_congruence", "positions"),
)


def without(ctx: ReportContext, *names: str) -> ReportContext:
    results = Results(ctx.results.facts, {key: table for key, table in ctx.results.tables.items() if key not in names})
    return make_context(ctx.study, results, ctx.words)


UNNAMED = ("sensitivities", "break_even", "break_even_points", "risk_spread", "risk_evidence", "interfaces",
           "interface_congruence", "positions")  # fmt: skip
"""Tables without which something is left out without a word, or told by its other name."""

ALONE = 6
"""Every sixth of these tables: those that are missing together are of different chapters."""


@pytest.mark.parametrize("first", range(ALONE))
def test_a_missing_table_is_a_sentence_and_never_a_crash(english: ReportContext, first: int) -> None:
    missing = OPTIONAL[first::ALONE]
    page = render_report(without(english, *missing))
    assert Page(page).faults == []
    assert [table for table in missing if f"no {table}.parquet" not in page and table not in UNNAMED] == []


def test_a_run_with_almost_nothing_still_gives_a_page(english: ReportContext) -> None:
    page = render_report(without(english, *(name for name in OPTIONAL if name != "units")))
    assert Page(page).faults == []
    assert page.count('class="notice"') >= 6


def test_small_counts_in_single_places_are_hidden(english: ReportContext) -> None:
    for count in (0.05, 1.0, 4.99):
        assert count_cell(english, count).text == "<\u202f5"
    assert count_cell(english, 5.0).text == "5"
    assert count_cell(english, 0.0).text == "·"
    tables = {**english.results.tables}
    tables["flows"] = tables["flows"].with_columns(pl.lit(1.6).alias("value"))
    ctx = make_context(english.study, Results(english.results.facts, tables), english.words)
    matrix = next(block for block in flows_chapter(ctx, make_atlas(ctx.study)).blocks if isinstance(block, Table))
    assert {cell.text for row in matrix.rows[:-1] for cell in row.cells[1:-1]} <= {"<\u202f5", "·"}


def test_an_unknown_language_and_missing_results_are_refused(tiny: Study, results_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownIdError, match="report language"):
        write_report(results_dir, tiny, "xx", tmp_path / "report.html")
    with pytest.raises(ResultsError):
        write_report(tmp_path, tiny, "nb", tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_text_of_a_study_is_never_read_as_html(tiny: Study, results_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(results_dir.parent, tmp_path / "out")
    facts = tmp_path / "out" / "results.json"
    spoilt = facts.read_text(encoding="utf-8").replace('"version": "0.0.0"', '"version": "<script>alert()</script>"')
    facts.write_text(spoilt, encoding="utf-8")
    context = make_context(tiny, read_results(tmp_path / "out"), load_words("en"))
    page = render_report(context)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_drawing_waits_until_something_is_drawn() -> None:
    code = (
        "import sys; import beredt.report.write_report, beredt.report.terminal; "
        "heavy = {'matplotlib', 'rich', 'jinja2', 'pyproj'} & set(sys.modules); sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
