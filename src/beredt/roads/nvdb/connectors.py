"""Directions of connectors, the short lines by which NVDB joins ramps and carriageways to a road's own line.

They have no lanes. Where all else that meets at one of its ends only comes in, a connector leads away, and where all
else only goes out, it comes in. Those that this does not tell of are driven both ways.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from beredt.roads.imported.line_builder import Line, LineBuilder


def directed_connectors(lines: LineBuilder, connectors: set[int]) -> list[Line]:
    """The lines with the directions of connectors (positions in them) set, as far as they can be told."""
    answer = list(lines.lines)
    begin, ends = 0, []
    for count in lines.counts:
        ends.append((lines.point[begin], lines.point[begin + count - 1]))
        begin += count
    meeting: dict[int, list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(ends):
        meeting[start].append(number)
        meeting[end].append(number)
    open_ones = set(connectors)
    changed = True
    while changed:
        changed = False
        for number in sorted(open_ones):
            direction = _direction(number, answer, ends, meeting)
            if direction:
                answer[number] = replace(answer[number], ahead=direction > 0, back=direction < 0)
                open_ones.discard(number)
                changed = True
    return answer


def _direction(number: int, lines: list[Line], ends: list[tuple[int, int]], meeting: dict[int, list[int]]) -> int:
    """1 ahead, −1 back, 0 not known."""
    for side in (0, 1):
        point = ends[number][side]
        others = [other for other in meeting[point] if other != number]
        into = any(lines[other].ahead if ends[other][1] == point else lines[other].back for other in others)
        out = any(lines[other].ahead if ends[other][0] == point else lines[other].back for other in others)
        if others and into != out:
            leads_away = into
            return 1 if leads_away == (side == 0) else -1
    return 0
