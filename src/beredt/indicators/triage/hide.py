"""Which counts of triage are left out of tables, so that no small one can be worked out.

All that is printed hangs together: measures of a month are sums of its table, months add up to the whole, and the
whole is printed level by level. So all of it is put into one table of counts, those that are never printed but follow
from printed ones included, before `beredt.indicators.suppression` chooses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from beredt.indicators.observed import I8
from beredt.indicators.suppression.additive import Relation, additive_table
from beredt.indicators.suppression.choose import choose_hidden

Key = tuple[str, str]
"""Kind of key, and the key: (month, 2026-01)."""

PARTS = ("total", "assessed", "not_assessed", "concordance", "over_triage", "under_triage")
ACUTE_PARTS = ("acute_called", "acute_found", "acute_agreed", "acute_not_acute", "acute_missed")


class Hidden(NamedTuple):
    """What may not be printed.

    `parts` tells for each key and each of PARTS and ACUTE_PARTS, `levels` [4, L + 2] for the matrix of the whole: its
    telephone urgencies and their total, its levels, those not assessed, and the total.
    """

    parts: Mapping[Key, Mapping[str, bool]]
    levels: np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def part_counts(table: I8) -> dict[str, int]:
    """The counts that measures are made of.

    Args:
        table: [3, 4] incidents by telephone urgency and urgency at the scene, those not assessed last.
    """
    seen = table[:, :3]
    return {
        "total": int(table.sum()),
        "assessed": int(seen.sum()),
        "not_assessed": int(table[:, 3].sum()),
        "concordance": int(np.trace(seen)),
        "over_triage": int(np.triu(seen, 1).sum()),
        "under_triage": int(np.tril(seen, -1).sum()),
        "acute_called": int(seen[0].sum()),
        "acute_found": int(seen[:, 0].sum()),
        "acute_agreed": int(seen[0, 0]),
        "acute_not_acute": int(seen[0, 1:].sum()),
        "acute_missed": int(seen[1:, 0].sum()),
    }


def choose_left_out(
    tables: Mapping[Key, I8], whole: Key, levels: I8, level_urgency: Sequence[int], threshold: int
) -> Hidden:
    """Choose what is left out.

    Args:
        tables: By key [3, 4] incidents by telephone urgency and urgency at the scene, those not assessed last. Keys of
            one kind add up to the whole.
        whole: Key of the whole.
        levels: [3, L + 1] the whole by telephone urgency and level, those not assessed last.
        level_urgency: Urgency code of each of the L levels.
        threshold: Counts from 1 to one less are small.
    """
    sheet = _Sheet()
    parts = {key: sheet.add_all(part_counts(table)) for key, table in tables.items()}
    for of in parts.values():
        for total, summands in _SUMS.items():
            sheet.relate(of[total], [of[name] for name in summands])
    for kind in sorted({kind for kind, _ in tables} - {whole[0]}):
        for name in (*PARTS, *ACUTE_PARTS):
            sheet.relate(parts[whole][name], [parts[key][name] for key in tables if key[0] == kind])
    cells = _matrix(sheet, levels)
    _link(sheet, parts[whole], cells, level_urgency)
    hidden = sheet.hidden(threshold)
    return Hidden(
        parts={key: {name: bool(hidden[cell]) for name, cell in of.items()} for key, of in parts.items()},
        levels=hidden[cells],
    )


_SUMS: Mapping[str, tuple[str, ...]] = {
    "total": ("assessed", "not_assessed"),
    "assessed": ("concordance", "over_triage", "under_triage"),
    "acute_called": ("acute_agreed", "acute_not_acute"),
    "acute_found": ("acute_agreed", "acute_missed"),
}


class _Sheet:
    """Counts and relations, gathered one by one."""

    def __init__(self) -> None:
        self.counts: list[int] = []
        self.relations: list[Relation] = []

    def add(self, count: int) -> int:
        self.counts.append(count)
        return len(self.counts) - 1

    def add_all(self, counts: Mapping[str, int]) -> dict[str, int]:
        return {name: self.add(count) for name, count in counts.items()}

    def relate(self, total: int, parts: Sequence[int]) -> None:
        self.relations.append(Relation(total, tuple(parts)))

    def hidden(self, threshold: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        chosen = choose_hidden(additive_table(self.counts, self.relations), threshold).hidden
        return np.asarray(chosen & (threshold > 1), np.bool_)


def _matrix(sheet: _Sheet, levels: I8) -> I8:
    """Places of the cells of the matrix with its margins [4, L + 2], related to each other."""
    whole = np.vstack([levels, levels.sum(axis=0)])
    whole = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    cells = np.array([[sheet.add(int(count)) for count in row] for row in whole], np.int64)
    for line in (*cells, *cells.T):
        sheet.relate(int(line[-1]), line[:-1].tolist())
    return cells


def _link(sheet: _Sheet, parts: Mapping[str, int], cells: I8, level_urgency: Sequence[int]) -> None:
    """Relate the measures of the whole to its matrix."""
    columns = np.array([*level_urgency, 3])
    scene = np.broadcast_to(columns, (3, columns.size))
    phone = np.arange(3)[:, None]
    inside = cells[:3, :-1]
    chosen = {
        "not_assessed": scene == 3,
        "concordance": scene == phone,
        "over_triage": (scene > phone) & (scene < 3),
        "under_triage": scene < phone,
        "acute_agreed": (scene == 0) & (phone == 0),
        "acute_not_acute": (scene > 0) & (scene < 3) & (phone == 0),
        "acute_missed": (scene == 0) & (phone > 0),
    }
    for name, which in chosen.items():
        sheet.relate(parts[name], inside[which].tolist())
