"""The report on paper: tagged, titled, in its language, with every figure told in words, and the same bytes again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from beredt.model.study import Study
from beredt.report.chapters.cover import make_cover
from beredt.report.context import ReportContext, make_context
from beredt.report.page.blocks import (
    Block,
    Calendar,
    Cell,
    Chapter,
    Column,
    Details,
    Figure,
    Heading,
    Month,
    Paragraph,
    Row,
    Table,
)
from beredt.report.pdf.render import render_pdf
from beredt.report.results import read_results
from beredt.report.words import list_languages, load_words
from beredt.report.write_report import make_chapters
from tests.report.pdf.read_back import Paper, read_pdf


@pytest.fixture(scope="module", params=list_languages())
def whole(
    request: pytest.FixtureRequest, tiny: Study, results_dir: Path
) -> tuple[ReportContext, Sequence[Chapter], bytes]:
    ctx = make_context(tiny, read_results(results_dir), load_words(request.param))
    chapters = make_chapters(ctx)
    return ctx, chapters, print_out(ctx, chapters)


@pytest.fixture(scope="module")
def paper(whole: tuple[ReportContext, Sequence[Chapter], bytes]) -> Paper:
    return read_pdf(whole[2])


def print_out(ctx: ReportContext, chapters: Sequence[Chapter]) -> bytes:
    return render_pdf(make_cover(ctx), chapters, ctx.words, ctx.numbers, ctx.fingerprint)


def blocks_of(blocks: Sequence[Block], kind: type) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        found += blocks_of(block.blocks, kind) if isinstance(block, Details) else []
        found += [block] if isinstance(block, kind) else []
    return found


def test_it_claims_and_holds_what_readers_need(
    whole: tuple[ReportContext, Sequence[Chapter], bytes], paper: Paper
) -> None:
    ctx, _, content = whole
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert paper.catalog["/Lang"].startswith(ctx.words.language)
    assert paper.catalog["/MarkInfo"]["/Marked"]
    assert paper.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    title = ctx.words.local(ctx.study.settings.study.title)
    assert paper.reader.metadata is not None
    assert paper.reader.metadata.title == f"{title} · {ctx.words('page.title')}"
    assert {"/P", "/H1", "/H2", "/Figure", "/Table", "/TH", "/TD", "/Caption", "/TOC", "/L"} <= {
        node.kind for node in paper.root.walk()
    }


def test_every_chapter_is_a_heading_and_a_bookmark(
    whole: tuple[ReportContext, Sequence[Chapter], bytes], paper: Paper
) -> None:
    titles = [chapter.title for chapter in whole[1]]
    assert paper.bookmarks() == [titles[0], whole[0].words("page.contents"), *titles[1:]]
    assert len(paper.tags("/H1")) == len(titles) + 1  # and the contents


def test_every_figure_has_its_own_text_for_those_who_cannot_see_it(
    whole: tuple[ReportContext, Sequence[Chapter], bytes], paper: Paper
) -> None:
    figures = [block for chapter in whole[1] for block in blocks_of(chapter.blocks, Figure)]
    alts = [node.alt for node in paper.tags("/Figure")]
    assert alts == [figure.alt for figure in figures if isinstance(figure, Figure)]
    assert all(alts)
    assert len(alts) >= 8


def test_every_table_has_heads_of_its_columns(
    whole: tuple[ReportContext, Sequence[Chapter], bytes], paper: Paper
) -> None:
    tables = paper.tags("/Table")
    assert len(tables) >= sum(len(blocks_of(chapter.blocks, Table)) for chapter in whole[1])
    for table in tables:
        assert any(node.kind == "/TH" for node in table.walk())


def test_all_letters_are_of_the_typeface_of_the_report_and_in_the_file(paper: Paper) -> None:
    faces = paper.typefaces()
    assert faces
    assert all("BeredtInter" in name.replace("-", "").replace(" ", "") for name in faces), faces
    assert all(faces.values())


def test_pages_say_their_number_the_study_and_the_fingerprint(
    whole: tuple[ReportContext, Sequence[Chapter], bytes], paper: Paper
) -> None:
    ctx = whole[0]
    pages = paper.reader.pages
    number = ctx.words("paper.page_of", page="2", pages=str(len(pages)))
    second = pages[1].extract_text().replace("\n", " ")
    assert number in second
    assert ctx.fingerprint[:12] in second
    assert ctx.words.local(ctx.study.settings.study.title) in second
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pages} <= {(595, 842), (842, 595)}


def test_the_summary_is_one_page(whole: tuple[ReportContext, Sequence[Chapter], bytes], paper: Paper) -> None:
    ctx, chapters, _ = whole
    third = paper.reader.pages[2].extract_text()
    assert chapters[0].title in paper.reader.pages[1].extract_text()
    assert ctx.words("page.contents") in third


def test_the_same_report_has_the_same_bytes(whole: tuple[ReportContext, Sequence[Chapter], bytes]) -> None:
    ctx, chapters, content = whole
    assert print_out(ctx, chapters) == content


def test_every_kind_of_block_can_be_printed_and_text_is_never_read_as_typst(english: ReportContext) -> None:
    spoilt = '#panic("no") $x$ <a> @b [c] *d* \\ // e'
    cells = (Cell(spoilt), Cell("1", 1.0, "q5"), Cell("2", 2.0, "good"))
    rows = (Row((Cell(spoilt),), "group"), Row(cells), Row(cells, "same"), Row(cells, "inner"), Row(cells, "total"))
    table = Table((Column(spoilt, False), Column("a"), Column("b")), rows, spoilt, spoilt)
    calendar = Calendar((Month(spoilt, (("1", (0, 5)),)),), ("00", "01"), ("", "1", "2", "3", "4", "5"), spoilt, spoilt)
    svg = '<svg viewBox="0 0 10 5"><text x="1" y="3" fill="var(--ink)">a</text></svg>'
    blocks: tuple[Block, ...] = (
        Heading(spoilt, 4), Paragraph(spoilt, lead=True), table, calendar,
        Figure(svg, spoilt, spoilt, spoilt, "small"), Details(spoilt, (Heading(spoilt, 4), Heading(spoilt, 3), table)),
    )  # fmt: skip
    read = read_pdf(print_out(english, [Chapter("summary", spoilt, spoilt, blocks), Chapter("x", spoilt, spoilt)]))
    assert read.text().count("#panic") >= 15
    assert read.tags("/Figure")[0].alt == spoilt


def test_a_table_too_wide_for_a_page_lies_down_and_one_too_wide_for_that_is_parted(english: ReportContext) -> None:
    def printed(columns: int) -> Paper:
        heads = (Column("place", False), *(Column(f"average{number}") for number in range(columns)))
        rows = tuple(Row((Cell("here"), *(Cell("1234567.89") for _ in range(columns)))) for _ in range(30))
        table = Table(heads, rows, "caption", "source")
        return read_pdf(print_out(english, [Chapter("x", "Title", "Finding.", (table,))]))

    lying = [page for page in printed(16).reader.pages if page.mediabox[2] > page.mediabox[3]]
    assert len(lying) >= 1
    parted = printed(60)
    assert len(parted.tags("/Table")) > 1
    assert {f"average{number}" for number in range(60)} <= set(parted.text().split())


def test_a_block_that_paper_does_not_know_is_a_clear_fault(english: ReportContext) -> None:
    with pytest.raises(TypeError, match=r"pdf/document\.py"):
        print_out(english, [Chapter("x", "Title", "Finding.", ("nonsense",))])  # type: ignore[arg-type]
