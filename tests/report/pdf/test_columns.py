"""Columns on paper: every word fits, and letters are as large as they can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from beredt.report.page.blocks import Cell, Column, Row, Table
from beredt.report.pdf.columns import ACROSS_PT, PAD_EM, TEXT_PT, halves, layout
from beredt.report.pdf.letters import width_em

words = st.text("abcdefghij ÆØÅ0123456789,−", min_size=1, max_size=24)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(1, 14))
    columns = tuple(Column(draw(words), draw(st.booleans())) for _ in range(count))
    rows = tuple(Row(tuple(Cell(draw(words)) for _ in range(count))) for _ in range(draw(st.integers(0, 4))))
    return Table(columns, rows, "caption", "source", dense=draw(st.booleans()))


@given(tables())
def test_every_word_fits_in_its_column(table: Table) -> None:
    made = layout(table)
    assert made is not None
    room = (ACROSS_PT if made.across else TEXT_PT) * made.share
    assert abs(sum(made.widths) - 1.0) < 1e-3
    for number, width in enumerate(made.widths):
        for row in table.rows:
            for word in row.cells[number].text.split(" "):
                assert (width_em(word) + 2 * PAD_EM) * made.size_pt <= width * room + 0.5


def test_few_short_columns_stay_together_and_upright() -> None:
    rows = tuple(Row((Cell("Bærum"), Cell("12,4 min"))) for _ in range(3))
    made = layout(Table((Column("Sted", False), Column("Snitt")), rows, "", ""))
    assert made is not None
    assert (made.across, made.turned, made.size_pt) == (False, False, 8.5)
    assert made.share < 0.6


def test_heads_of_many_short_figures_are_turned_before_the_page_is() -> None:
    columns = (Column("Sted", False), *(Column("Beredskapsstasjonen") for _ in range(20)))
    rows = (Row((Cell("Bærum"), *(Cell("12") for _ in range(20)))),)
    made = layout(Table(columns, rows, "", ""))
    assert made is not None
    assert (made.turned, made.across) == (True, False)


def test_halves_hold_every_column_once_and_the_first_twice() -> None:
    columns = tuple(Column(str(number)) for number in range(9))
    rows = (Row((Cell("all"),), "group"), Row(tuple(Cell(str(number)) for number in range(9))))
    left, right = halves(Table(columns, rows, "", ""))
    titles = [[column.title for column in half.columns] for half in (left, right)]
    assert titles == [["0", "1", "2", "3", "4"], ["0", "5", "6", "7", "8"]]
    assert [cell.text for cell in right.rows[1].cells] == titles[1]
    assert right.rows[0].cells == (Cell("all"),)
