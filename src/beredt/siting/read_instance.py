"""Readers of the published instances that siting models are tested with; a name ending in .gz is unpacked."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.siting.problem import SitingProblem, make_problem

F8 = NDArray[np.float64]


class PMedianInstance(NamedTuple):
    """A p-median instance and the number of stations that it asks for."""

    problem: SitingProblem
    stations: int


def read_mclp(path: Path, radius: float) -> SitingProblem:
    """Read a covering instance of Lorena and Pereira [1]_: every demand point is a site, too.

    A first line with the number of points, then one line for each: x, y and demand. What else stands on a line is
    passed over. Distances are straight lines; a site covers what is at most `radius` away, both in the instance's unit.

    Args:
        path: the file.
        radius: above 0; the published optima are for 800.

    Raises:
        StudyError: the file is missing or not of this form.

    References:
        .. [1] Lorena, L. A. N. & Pereira, M. A. (2002). A Lagrangean/surrogate heuristic for the maximal covering
           location problem using Hillsman's edition. International Journal of Industrial Engineering 9(1), 57–67.
    """
    lines = [line.split() for line in _text(path).splitlines() if line.strip()]
    count = _whole(path, 1, lines[0][0] if lines else "", least=1)
    if len(lines) - 1 < count:
        raise _fault(path, len(lines), "", f"there are {len(lines) - 1} points, not {count}", "give a line for each")
    points = np.array([_three(path, number, line) for number, line in enumerate(lines[1 : count + 1], start=2)])
    away = np.hypot(points[:, 0, None] - points[:, 0], points[:, 1, None] - points[:, 1])
    return make_problem(away, points[:, 2], radius)


def read_p_median(path: Path) -> PMedianInstance:
    """Read an instance of the OR-Library [1]_: every node of a network is both a site and an area with one call.

    A first line with the numbers of nodes, of edges and of stations, then one line for each edge: its two ends, from
    1, and its length. Where an edge is there twice the last one holds, as the library says. Times are those of the
    shortest ways.

    Args:
        path: the file.

    Raises:
        StudyError: the file is missing or not of this form.

    References:
        .. [1] Beasley, J. E. (1990). OR-Library: distributing test problems by electronic mail. Journal of the
           Operational Research Society 41(11), 1069–1072. doi:10.1057/jors.1990.166
    """
    lines = [line.split() for line in _text(path).splitlines() if line.strip()]
    head = [*lines[0], "", "", ""][:3] if lines else ["", "", ""]
    nodes, edges, stations = (_whole(path, 1, cell, least=least) for cell, least in zip(head, (1, 0, 1), strict=True))
    if stations > nodes:
        raise _fault(path, 1, str(stations), f"there are only {nodes} nodes", "ask for fewer stations")
    if len(lines) - 1 < edges:
        raise _fault(path, len(lines), "", f"there are {len(lines) - 1} edges, not {edges}", "give a line for each")
    length: dict[tuple[int, int], float] = {}
    for number, line in enumerate(lines[1 : edges + 1], start=2):
        cells = _three(path, number, line)
        ends = tuple(sorted((int(cells[0]), int(cells[1]))))
        if not (ends[0] >= 1 and ends[1] <= nodes) or cells[2] < 0.0:
            raise _fault(path, number, " ".join(line), "no such edge can be", f"give two nodes from 1 to {nodes}")
        length[ends[0] - 1, ends[1] - 1] = cells[2]
    between = np.array([(a, b, value) for (a, b), value in length.items() if a != b], np.float64).reshape(-1, 3)
    ends_of = (between[:, 0].astype(np.int64), between[:, 1].astype(np.int64))
    graph = csr_array((between[:, 2], ends_of), shape=(nodes, nodes))
    return PMedianInstance(make_problem(dijkstra(graph, directed=False), np.ones(nodes)), stations)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("ascii")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        remedy = "give an instance as published, plain or packed with gzip"
        raise StudyError([Issue(str(path), None, "", "", 1, f"cannot be read: {error}", remedy)]) from error


def _three(path: Path, number: int, cells: list[str]) -> tuple[float, float, float]:
    try:
        first, second, third = (float(cell) for cell in cells[:3])
    except ValueError:
        raise _fault(path, number, " ".join(cells), "these are not three numbers", "give three numbers") from None
    if not np.isfinite([first, second, third]).all():
        raise _fault(path, number, " ".join(cells), "a number is not finite", "give three numbers")
    return first, second, third


def _whole(path: Path, number: int, cell: str, least: int) -> int:
    if not cell.isdecimal() or int(cell) < least:
        raise _fault(path, number, cell, "this is not a number of things", f"give a whole number from {least}")
    return int(cell)


def _fault(path: Path, number: int, value: str, message: str, remedy: str) -> StudyError:
    return StudyError([Issue(str(path), number, "", value, 1, message, remedy)])
