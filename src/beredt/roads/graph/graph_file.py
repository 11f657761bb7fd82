"""A road graph as one file: written and read by several threads, every piece with a checksum.

The file begins with a line that says what it is and where its table of contents lies, then come the arrays as they lie
in memory, each piece of them at a multiple of 4096 bytes, and last the table of contents in JSON. A file that was cut
short or altered anywhere is noticed when it is read. Arrays are in the byte order of the machine that wrote them: such
files are kept for the next run, not for others.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.road_graph import SPOT, SPOT_KM, RoadGraph
from beredt.roads.graph.room import room_for

PIECE = 4 << 20
"""Bytes that a thread reads and checks at a time: few enough to be still in the processor's cache for the check."""

PAGE = 4096
KIND = f"beredt road graph {sys.byteorder}"
RECORDS = {"spots": SPOT, "spot_km": SPOT_KM}


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of an array: `offset` in the file, `bytes` of the array."""

    offset: int
    content: memoryview


def write_graph(graph: RoadGraph, path: Path, jobs: int = 2) -> None:
    """Write a graph to a new file. Raises OSError."""
    arrays = {field.name: getattr(graph, field.name) for field in fields(graph) if _is_array(graph, field.name)}
    pieces = list(_pieces(arrays))
    path.touch(exist_ok=True)

    def write(piece: _Piece) -> int:
        with path.open("r+b", buffering=0) as file:
            file.seek(piece.offset)
            _all_of(file.write, piece.content)
        return zlib.crc32(piece.content)

    with ThreadPoolExecutor(jobs) as threads:
        checksums = list(threads.map(write, pieces))
    contents = {
        "mode_ids": graph.mode_ids,
        "km_per_degree": graph.km_per_degree,
        "arrays": {name: [_type_of(name, array), *array.shape] for name, array in arrays.items()},
        "checksums": checksums,
    }
    table = json.dumps(contents, ensure_ascii=False).encode()
    end = pieces[-1].offset + len(pieces[-1].content) if pieces else PAGE
    with path.open("r+b") as file:
        file.write(f"{KIND} {end} {len(table)} {zlib.crc32(table)}\n".encode())
        file.seek(end)
        file.write(table)


def read_graph(path: Path, jobs: int = 2) -> RoadGraph:
    """Read a graph. Raises OSError, or ValueError, KeyError or TypeError where the file is damaged."""
    contents = _table_of_contents(path)
    arrays = {
        name: room_for(tuple(shape), _known_type(name, kind)) for name, (kind, *shape) in contents["arrays"].items()
    }
    pieces = list(_pieces(arrays))

    def read(piece: _Piece) -> int:
        with path.open("rb", buffering=0) as file:
            file.seek(piece.offset)
            _all_of(file.readinto, piece.content)
        return zlib.crc32(piece.content)

    with ThreadPoolExecutor(jobs) as threads:
        found = list(threads.map(read, pieces))
    if found != contents["checksums"]:
        raise ValueError("the checksum of its content differs")
    km_x, km_y = contents["km_per_degree"]
    return RoadGraph(**arrays, mode_ids=tuple(contents["mode_ids"]), km_per_degree=(km_x, km_y))


def _table_of_contents(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        head = file.read(PAGE).partition(b"\n")[0].decode("ascii", "replace")
        kind, *numbers = head.rsplit(" ", 3)
        if kind != KIND or len(numbers) != 3:
            raise ValueError("it does not begin as a road graph of this machine does")
        end, length, checksum = (int(number) for number in numbers)
        file.seek(end)
        table = file.read(length)
    if zlib.crc32(table) != checksum:
        raise ValueError("its table of contents is damaged")
    contents: dict[str, Any] = json.loads(table)
    return contents


def _is_array(graph: RoadGraph, name: str) -> bool:
    return isinstance(getattr(graph, name), np.ndarray)


def _type_of(name: str, array: NDArray[Any]) -> str:
    return name if name in RECORDS else array.dtype.str


def _known_type(name: str, kind: str) -> np.dtype[Any]:
    return RECORDS[name] if name in RECORDS else np.dtype(kind)


def _pieces(arrays: dict[str, NDArray[Any]]) -> Iterator[_Piece]:
    """Cut arrays into pieces, and give each its place in the file."""
    offset = PAGE
    for array in arrays.values():
        content = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
        for begin in range(0, len(content), PIECE):
            piece = content[begin : begin + PIECE]
            yield _Piece(offset, piece)
            offset += -(-len(piece) // PAGE) * PAGE


def _all_of(move: Any, content: memoryview) -> None:
    """Read into, or write, the whole of a buffer, though the system may move less at a time."""
    moved = 0
    while moved < len(content):
        step = move(content[moved:])
        if not step:
            raise ValueError("it ends before its content does")
        moved += step
