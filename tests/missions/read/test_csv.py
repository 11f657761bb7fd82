"""CSV of any encoding, delimiter and degree of brokenness: every line is a row, an empty line, or a row that is told
to be broken; none is lost, and none changes another.
"""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import LogError
from beredt.missions.profile import FileHabits
from beredt.missions.read.block import Block
from beredt.missions.read.csv_cells import split_cells, whole_records
from beredt.missions.read.csv_file import CsvFile
from beredt.missions.read.csv_layout import find_layout
from beredt.missions.read.encoding import guess_encoding
from beredt.missions.read.likely_header import find_likely_header
from tests.missions.read.frames import frame


def file_of(folder: Path, content: bytes, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(path: Path, habits: FileHabits | None = None, block_bytes: int = 1 << 20) -> Block:
    """A whole file as one block, however it was cut."""
    blocks = list(CsvFile(path, habits or FileHabits(), block_bytes).blocks())
    last = blocks[-1]
    cells = pl.concat([frame(block) for block in blocks])
    row, broken, joined, foreign = (
        pl.concat([getattr(block, name) for block in blocks]) for name in ("row", "broken", "joined", "foreign")
    )
    return Block(cells, row, broken, joined, foreign, last.next, last.done)


TEXT = "navn;æøå\nSætre;Bærum – Asker\nÅs;é\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("windows-1252", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
    ],
)
@pytest.mark.parametrize("block_bytes", [7, 1 << 20])
def test_every_encoding_gives_the_same_cells(tmp_path: Path, encoding: str, mark: bytes, block_bytes: int) -> None:
    block = read(file_of(tmp_path, mark + TEXT.encode(encoding)), block_bytes=block_bytes)
    assert frame(block).to_dict(as_series=False) == {"navn": ["Sætre", "Ås"], "æøå": ["Bærum – Asker", "é"]}
    assert block.row.to_list() == [2, 3]


@pytest.mark.parametrize("encoding", ["cp865", "cp850", "mac-roman"])
def test_encodings_of_old_systems_are_told_by_their_letters(encoding: str) -> None:
    text = "Sætre, Bærum, Ås, Rødøy, Lørenskog, Nittedal, Åsgård"
    assert text.encode(encoding).decode(guess_encoding(text.encode(encoding))) == text


def test_an_encoding_that_is_named_is_used(tmp_path: Path) -> None:
    path = file_of(tmp_path, "a;b\nš;ž\n".encode("iso-8859-2"))
    assert frame(read(path, FileHabits(encoding="iso-8859-2"))).rows() == [("š", "ž")]


def test_a_line_of_another_encoding_spoils_no_other(tmp_path: Path) -> None:
    content = "navn;tall\nSætre;1\n".encode() + "Sætre;2\n".encode("windows-1252") + b"Oslo;3\n"
    block = read(file_of(tmp_path, content), FileHabits(encoding="utf-8"))
    assert frame(block)["navn"].to_list() == ["Sætre", "Sætre", "Oslo"]
    assert block.foreign.to_list() == [False, True, False]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_told_by_the_header(tmp_path: Path, delimiter: str) -> None:
    rows = [["a", "b;c", "d,e"], ["1", "2|3", "4\t5"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows([["one", "two", "three"], *rows])
    assert frame(read(file_of(tmp_path, stream.getvalue().encode()))).rows() == [tuple(row) for row in rows]


def test_a_line_that_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    block = read(file_of(tmp_path, b"sep=|\r\na,b|c\r\n1|2\r\n"))
    assert frame(block).to_dict(as_series=False) == {"a,b": ["1"], "c": ["2"]}
    assert block.row.to_list() == [3]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_titles_may_stand_above_the_header(tmp_path: Path, mark: bytes) -> None:
    """Rows keep the numbers that a spreadsheet shows, wherever reading begins."""
    path = file_of(tmp_path, mark + "Uttrekk for Sætre\r\n\r\na;b\r\n1;2\r\n3;4\r\n".encode())
    for block_bytes in (5, 1 << 20):
        block = read(path, FileHabits(header=3), block_bytes)
        assert frame(block).to_dict(as_series=False) == {"a": ["1", "3"], "b": ["2", "4"]}
        assert block.row.to_list() == [4, 5]
    assert find_likely_header(path) == 3
    wide = file_of(tmp_path, b"Report\n\na;b;c;d\n1;2;;\n", "wide.csv")
    assert find_likely_header(wide) == 3
    assert find_likely_header(file_of(tmp_path, b"a;b;c;d\n1;2;;\n", "plain.csv")) is None


def test_nameless_and_repeated_columns_get_names(tmp_path: Path) -> None:
    assert CsvFile(file_of(tmp_path, b'"";a;a; b \n1;2;3;4\n'), FileHabits()).columns == ("column 1", "a", "a (3)", "b")


def test_a_header_may_lack_the_name_of_the_row_numbers(tmp_path: Path) -> None:
    block = read(file_of(tmp_path, b'"a","b"\n"1",5,6\n"2",7,8\n'))
    assert frame(block).to_dict(as_series=False) == {"column 1": ["1", "2"], "a": ["5", "7"], "b": ["6", "8"]}


def test_unescaped_commas_in_brackets_are_put_back_into_their_cells(tmp_path: Path) -> None:
    content = b'id,place,end\n1,"POINT (1, 2)",x\n2,POINT (3, 4),y\n3,"c(5, 6)",z\n4,c(7, 8, 9),w\n'
    block = read(file_of(tmp_path, content))
    assert frame(block)["place"].to_list() == ["POINT (1, 2)", "POINT (3, 4)", "c(5, 6)", "c(7, 8, 9)"]
    assert frame(block)["end"].to_list() == ["x", "y", "z", "w"]
    assert block.joined.to_list() == [False, True, False, True]
    assert not block.broken.any()


def test_rows_with_other_numbers_of_cells_are_broken_and_spoil_no_other(tmp_path: Path) -> None:
    block = read(file_of(tmp_path, b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n\n,,\n10,11,12\n"))
    assert frame(block)["a"].to_list() == ["1", None, None, None, "10"]
    assert block.broken.to_list() == [False, True, True, False, False]
    assert block.row.to_list() == [2, 3, 4, 6, 7]


def test_a_quotation_mark_that_never_ends_breaks_its_own_row_only(tmp_path: Path) -> None:
    body = "".join(f'{number},"b{number}",c\n' for number in range(300))
    content = f'a,b,c\n1,2"x,3\n4,"5,6\n{body}'
    block = read(file_of(tmp_path, content.encode()), block_bytes=200)
    assert frame(block).height == 302
    assert frame(block)["b"].to_list()[2:] == [f"b{number}" for number in range(300)]
    assert block.row.to_list() == list(range(2, 304))


def test_a_cell_may_run_over_several_lines(tmp_path: Path) -> None:
    block = read(file_of(tmp_path, b'a,b\n1,"x\ny, ""z"""\n2,w\n'))
    assert frame(block)["b"].to_list() == ['x\ny, "z"', "w"]
    assert block.row.to_list() == [2, 3]


def test_the_last_line_needs_no_end(tmp_path: Path) -> None:
    assert frame(read(file_of(tmp_path, b"a,b\n1,2\n3,4")))["b"].to_list() == ["2", "4"]


def test_gzipped_text_is_read_from_any_position(tmp_path: Path) -> None:
    content = b"a,b\n" + b"".join(b"%d,x\n" % number for number in range(1_000))
    path = file_of(tmp_path, gzip.compress(content), "log.csv.gz")
    log = CsvFile(path, FileHabits(), 500)
    blocks = list(log.blocks())
    assert len(blocks) > 5
    rest = [frame(block) for block in log.blocks(blocks[2].next)]
    assert pl.concat(rest).equals(pl.concat([frame(block) for block in blocks[3:]]))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(LogError, match="empty"):
        CsvFile(file_of(tmp_path, content), FileHabits())


CELL = st.text(st.sampled_from('ab æ€,;"\n()'), max_size=6)
TABLE = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=12))


@given(TABLE, st.integers(1, 60), st.sampled_from(["utf-8", "windows-1252", "utf-16"]))
def test_what_a_program_writes_is_read_back_however_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], block_bytes: int, encoding: str
) -> None:
    width = len(rows[0]) if rows else 2
    header = [f"col {number}" for number in range(width)]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([header, *rows])
    path = file_of(tmp_path_factory.mktemp("csv"), stream.getvalue().encode(encoding))
    habits = FileHabits(encoding=encoding, delimiter=",")
    blocks = list(CsvFile(path, habits, block_bytes).blocks())
    found = [row for block in blocks for row in frame(block).rows()]
    assert found == [tuple(cell or None for cell in row) for row in rows]
    assert not any(block.broken.any() or block.joined.any() or block.foreign.any() for block in blocks)
    assert [row for block in blocks for row in block.row] == list(range(2, 2 + len(rows)))


LINES = st.lists(st.text(st.sampled_from('a1 ,"()é'), max_size=12), min_size=1, max_size=15)


@given(LINES, st.integers(1, 5), st.integers(5, 80))
def test_no_line_of_anything_is_lost(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], width: int, block_bytes: int
) -> None:
    header = ",".join("abcde"[:width])
    path = file_of(tmp_path_factory.mktemp("csv"), "\n".join([header, *lines, ""]).encode())
    blocks = list(CsvFile(path, FileHabits(encoding="utf-8", delimiter=","), block_bytes).blocks())
    rows = [row for block in blocks for row in block.row]
    assert rows == sorted(set(rows))
    records = sum(frame(block).height for block in blocks)
    broken = any(block.broken.any() for block in blocks)
    # Cells over several lines make one row of them; whatever is not a row is an empty line.
    joined = sum(str(cell).count("\n") for block in blocks for row in frame(block).rows() for cell in row if cell)
    blank = sum(not line.strip() for line in lines)
    assert records + joined <= len(lines)
    assert broken or len(lines) - blank <= records + joined


def test_the_quick_way_and_the_forgiving_way_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b'1,2,3\n,,\n\n"a,b","c""d",e\n4,5\n6,(7,8),9\n10,11,12,13\n'
    quick = split_cells(content, ("a", "b", "c"), ",")
    monkeypatch.setattr("beredt.missions.read.csv_cells._parse", lambda *_: None)
    slow = split_cells(content, ("a", "b", "c"), ",")
    assert quick.frame.equals(slow.frame)
    for name in ("empty", "broken", "joined"):
        assert getattr(quick, name).to_list() == getattr(slow, name).to_list(), name


@given(st.text(st.sampled_from('a"\n'), max_size=40))
def test_blocks_are_cut_behind_a_line_and_never_inside_a_quotation_that_ends(text: str) -> None:
    content = text.encode()
    end = whole_records(content)
    assert end == 0 or content[end - 1 : end] == b"\n"
    ends = [place + 1 for place, byte in enumerate(content) if byte == ord("\n")]
    outside = [place for place in ends if content[:place].count(b'"') % 2 == 0]
    assert end == max(outside, default=0)


def test_the_layout_of_a_header_alone() -> None:
    layout = find_layout(b"a;b")
    assert layout is not None
    assert (layout.columns, layout.delimiter, layout.first_row) == (("a", "b"), ";", 2)
