"""A CSV file of any size, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import polars as pl

from beredt.errors import LogError
from beredt.missions.profile import FileHabits
from beredt.missions.read.block import Block, Position, whole_block, without
from beredt.missions.read.csv_cells import places, split_cells, whole_records
from beredt.missions.read.csv_layout import find_layout
from beredt.missions.read.encoding import to_utf8
from beredt.missions.read.large_file import is_large
from beredt.missions.read.text_stream import is_wide, open_at, sniff
from beredt.model.issue import Issue

BLOCK = 16 << 20
"""Bytes that are read at a time."""


class CsvFile:
    """A CSV file. Its blocks begin where the last one ended, so that reading can go on after it was broken off."""

    def __init__(self, path: Path, habits: FileHabits, block_bytes: int = BLOCK) -> None:
        """Look at the beginning of the file. Raises LogError where there is no header."""
        sample, self.encoding = sniff(path, habits.encoding)
        text = to_utf8(sample, "utf-8" if is_wide(self.encoding) else self.encoding)[0]
        layout = find_layout(text, habits.delimiter, habits.header)
        if layout is None:
            message, remedy = "the file is empty", "give a file with a header and rows"
            raise LogError([Issue(path.name, None, None, None, 1, message, remedy)])
        self.path, self.layout, self.columns = path, layout, layout.columns
        self.total = path.stat().st_size
        self._block_bytes, self._large = block_bytes, is_large(path)
        self._body = _bytes_before(path, self.encoding, layout.body, sample)

    def blocks(self, position: Position | None = None) -> Iterator[Block]:
        """All blocks from a position on."""
        at = dict(position or {"byte": self._body, "row": self.layout.first_row})
        with closing(open_at(self.path, self.encoding, at["byte"])) as stream:
            rest = b""
            while True:
                read = stream.read(self._block_bytes)
                content, rest = _cut(rest, read)
                if not content:
                    if not read:
                        return
                    continue
                at["byte"] += len(content)
                block = self._block(content, at["row"], dict(at))
                at["row"] = block.next["row"]
                yield block

    def _block(self, content: bytes, first_row: int, position: dict[str, int]) -> Block:
        encoding = "utf-8" if is_wide(self.encoding) else self.encoding
        if self._large:
            from beredt.missions.read.byte_cells import byte_cells

            quick = byte_cells(_as_lines(content), self.columns, self.layout.delimiter, encoding)
            if quick is not None:
                position["row"] = first_row + quick.height
                return whole_block(quick, first_row, position, min(position["byte"], self.total))
        text, foreign = to_utf8(content, encoding)
        cells, empty, broken, joined = split_cells(_as_lines(text), self.columns, self.layout.delimiter)
        height = cells.height
        row = pl.int_range(first_row, first_row + height, dtype=pl.Int64, eager=True)
        strange = places(foreign, height)
        position["row"] = first_row + height
        block = Block(cells, row, broken, joined, strange, position, min(position["byte"], self.total))
        return without(empty, block) if empty.any() else block


def _as_lines(content: bytes) -> bytes:
    """The same with a line feed behind every line, and nothing else."""
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    return content if content.endswith(b"\n") else content + b"\n"


def _cut(rest: bytes, read: bytes) -> tuple[bytes, bytes]:
    """Whole records from what was left over and what was read, and what is left over now; all of it at the end."""
    if not read:
        return rest, b""
    if b'"' not in rest and b'"' not in read:
        end = read.rfind(b"\n") + 1
        return (b"".join((rest, memoryview(read)[:end])), read[end:]) if end else (b"", rest + read)
    both = rest + read
    end = whole_records(both)
    return both[:end], both[end:]


def _bytes_before(path: Path, encoding: str, body: int, sample: bytes) -> int:
    """Where the first row begins in the stream of `open_at`, given where it begins in the sample as UTF-8."""
    with closing(open_at(path, encoding, 0)) as stream:
        start = stream.read(3)
    mark = 3 if start == b"\xef\xbb\xbf" else 0
    lines = to_utf8(sample, "utf-8" if is_wide(encoding) else encoding)[0][:body].count(b"\n")
    offset = 0
    for _ in range(lines):
        offset = sample.index(b"\n", offset) + 1
    return mark + (offset if lines else len(sample))
