"""The format that all files share: what is written is read, however it is written."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.simulation.jemss.faults import Faults
from beredt.simulation.jemss.jemss_table import JemssTable
from beredt.simulation.jemss.table_file import parse_tables


@dataclass(frozen=True)
class Written:
    """A table as a test writes it."""

    name: str
    header: list[str]
    rows: list[list[str]]


NAMES = st.text("abcdefgXYZ_123", min_size=1, max_size=8)
PLAIN = st.text("abc 019.-_[;]{}$/=%é", max_size=10)
QUOTED = st.text('abc,"\n {}:0', max_size=10)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str]) -> list[Written]:
    names = draw(st.lists(NAMES, unique=True, min_size=1, max_size=4))
    found = []
    for name in names:
        header = draw(st.lists(NAMES, unique=True, min_size=1, max_size=5))
        row = st.tuples(NAMES, *(cells for _ in header[1:])).map(list)
        found.append(Written(name, header, draw(st.lists(row, max_size=6))))
    return found


def text_of(written: list[Written], trailing: list[int], blanks: list[str], counts: bool) -> str:
    """The tables as a file, with so many trailing cells on each line, and these lines between the tables."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for number, table in enumerate(written):
        more = [""] * trailing[number % len(trailing)]
        first = [table.name, str(len(table.rows)), f"{len(table.header)}.0"] if counts else [table.name]
        writer.writerow(first + more)
        writer.writerow(table.header + more)
        writer.writerows(row + more for row in table.rows)
        out.write(blanks[number % len(blanks)] + "\n")
    return out.getvalue()


def content(table: JemssTable) -> list[list[str]]:
    return [list(row) for row in zip(*(column.to_list() for column in table.columns.values()), strict=True)]


@pytest.mark.parametrize("cells", [PLAIN, QUOTED], ids=["plain", "quoted"])
@given(data=st.data())
def test_what_is_written_is_read(cells: st.SearchStrategy[str], data: st.DataObject) -> None:
    written = data.draw(tables(cells))
    trailing = data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    blanks = data.draw(st.lists(st.sampled_from(["", ",", ",,,", " ,", "\n,"]), min_size=1, max_size=3))
    faults = Faults()
    read = parse_tables(text_of(written, trailing, blanks, data.draw(st.booleans())), "a.csv", faults)
    assert not faults.issues
    assert list(read) == [table.name for table in written]
    for table in written:
        assert list(read[table.name].columns) == table.header
        assert content(read[table.name]) == [[cell.strip() for cell in row] for row in table.rows]


@given(data=st.data())
def test_quotation_marks_change_nothing(data: st.DataObject) -> None:
    written = data.draw(tables(PLAIN))
    plain = text_of(written, [0], [","], False)
    quoted = "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) if line.strip(",") else line for line in plain.split("\n")
    )
    one, two = Faults(), Faults()
    first, second = parse_tables(plain, "a.csv", one), parse_tables(quoted, "a.csv", two)
    assert [content(table) for table in first.values()] == [content(table) for table in second.values()]
    assert [list(table.lines) for table in first.values()] == [list(table.lines) for table in second.values()]


@given(text=st.text('ab1,"\n. ', max_size=60))
def test_any_text_is_read_or_its_faults_are_told(text: str) -> None:
    faults = Faults()
    for table in parse_tables(text, "a.csv", faults).values():
        for column in table.columns:
            table.numbers(column)
            table.flags(column)
    assert all(issue.message and issue.remedy for issue in faults.issues)


def test_lines_are_counted_as_an_editor_does() -> None:
    text = 'first\na,b\n1,"x\ny"\n2,z\n\n\nsecond\na\n7\n'
    read = parse_tables(text, "a.csv", Faults())
    assert list(read["first"].lines) == [4, 5], "a row is where it ends"
    assert (read["second"].header_line, list(read["second"].lines)) == (9, [10])


def test_columns_behind_a_gap_are_remarks() -> None:
    read = parse_tables("t\na,b,,NAME,\n1,2,,x,\n3,4,5,y,6\n", "a.csv", Faults())["t"]
    assert list(read.columns) == ["a", "b"]
    assert {name: column.to_list() for name, column in read.remarks.items()} == {"NAME": ["x", "y"]}


def test_numbers_that_are_none_are_told_and_replaced() -> None:
    faults = Faults()
    table = parse_tables("t\na,b\n1,1.5\nx,-2\n", "a.csv", faults)["t"]
    np.testing.assert_array_equal(table.numbers("a"), [1.0, np.nan])
    assert table.wholes("b").tolist() == [1, -2]
    assert [(issue.row, issue.field, issue.value) for issue in faults.issues] == [(4, "t.a", "x"), (3, "t.b", "1.5")]
    assert table.indices("a", 5, "thing").tolist() == [1, 1]
