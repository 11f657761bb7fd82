"""Priorities of calls: which urgency each is, how soon it should be reached, and who may be called off for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from beredt.errors import UnknownIdError
from beredt.model.urgency import URGENCIES, Urgency, urgency_code
from beredt.simulation.jemss.city_files import CityFiles
from beredt.simulation.jemss.faults import Faults
from beredt.simulation.jemss.jemss_table import JemssTable
from beredt.simulation.jemss.table_file import get_table

DAY_S = 86_400.0

NAMES: Mapping[str, Urgency] = MappingProxyType({"highPriority": "A", "medPriority": "H", "lowPriority": "V"})
"""Priorities 1, 2 and 3, as files call them."""


@dataclass(frozen=True, slots=True)
class Priorities:
    """`target_s`: seconds within which a call of an urgency should be reached. `travel_as`: whose way of driving a
    unit uses on its way to a call of an urgency, which is the same urgency's unless the file says otherwise.
    """

    target_s: Mapping[Urgency, float]
    travel_as: Mapping[Urgency, Urgency]


def read_priorities(files: CityFiles) -> Priorities:
    """The priorities of a city."""
    tables, file = files.read("misc", "call priorities", "priorities_1")
    faults = files.faults
    table = get_table(tables, "priorities", file, faults)
    if table is None:
        return Priorities({}, {})
    table.check_counted("priority")
    urgencies = urgencies_of(table, "name")
    column = "targetResponseDuration" if "targetResponseDuration" in table.columns else "targetResponseTime"
    targets = table.numbers(column, above=0.0)
    travel_as = urgencies
    if "responseTravelPriority" in table.columns:
        travel_as = urgencies_of(table, "responseTravelPriority")
    if urgencies != list(URGENCIES[: len(urgencies)]):
        message = f"the priorities are not {', '.join(NAMES)} in this order"
        faults.add(file, message, "call them so, in this order", row=table.header_line, field="priorities.name")
    return Priorities(
        {urgency: float(target) * DAY_S for urgency, target in zip(urgencies, targets, strict=True)},
        dict.fromkeys(URGENCIES) | dict(zip(urgencies, travel_as, strict=True)),  # type: ignore[arg-type]
    )


def read_redispatch(files: CityFiles, name: str) -> tuple[tuple[Urgency, Urgency], ...]:
    """Pairs (urgency of the new call, urgency on the way) for which a unit may be called off, most urgent first.

    `name` is a file in `misc/redispatch` without its ending. Raises UnknownIdError where there are files and none of
    them has this name.
    """
    known = files.list_stems("misc", "redispatch")
    if known and name not in known:
        raise UnknownIdError("redispatch", name, known)
    tables, file = files.read("misc", "redispatch", name)
    misc = get_table(tables, "miscData", file, files.faults)
    conditions = get_table(tables, "redispatchConditions", file, files.faults)
    if misc is None or conditions is None:
        return ()
    allowed = bool(misc.flags("allowRedispatch")[0])
    before = urgencies_of(conditions, "fromCallPriority")
    after = urgencies_of(conditions, "toCallPriority")
    flags = conditions.flags("allowRedispatch")
    pairs: list[tuple[Urgency, Urgency]] = []
    seen: set[tuple[Urgency, Urgency]] = set()
    for line, old, new, flag in zip(conditions.lines, before, after, flags, strict=True):
        if (new, old) in seen:
            _pair_fault(files.faults, file, line, "a second row for this pair of priorities", "keep one of the two")
        elif flag and urgency_code(new) >= urgency_code(old):
            message = "a unit would be called off for a call that is not more urgent than its own"
            _pair_fault(files.faults, file, line, message, "write 0: only a more urgent call may have it")
        elif flag:
            pairs.append((new, old))
        seen.add((new, old))
    return tuple(sorted(pairs)) if allowed else ()


def urgencies_of(table: JemssTable, column: str) -> list[Urgency]:
    """A column of names of priorities, as urgencies."""
    text = table.texts(column).to_list()
    wrong = [row for row, name in enumerate(text) if name not in NAMES]
    if wrong and column in table.columns:
        table.faults.add_rows(
            table.file,
            [table.lines[row] for row in wrong],
            f"{table.name}.{column}",
            [text[row] for row in wrong],
            "no such priority",
            "write " + ", ".join(NAMES),
        )
    return [NAMES.get(name, "V") for name in text]


def _pair_fault(faults: Faults, file: str, line: int, message: str, remedy: str) -> None:
    faults.add(file, message, remedy, row=line, field="redispatchConditions")
