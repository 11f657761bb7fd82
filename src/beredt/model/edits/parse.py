"""TOML to edits, by the field dictionary; every fault an issue."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from beredt.model.dictionary import load_edits
from beredt.model.edits.edit import Edit, Value
from beredt.model.edits.kinds import EDIT_KINDS
from beredt.model.field import ID_PATTERN, Field, clock_seconds
from beredt.model.issue import Issue, shown
from beredt.model.reading.shift_text import parse_shift
from beredt.model.reading.toml_file import find_line
from beredt.model.reading.toml_issues import Path, dotted, unknown_key_remedy
from beredt.model.reading.weekdays import parse_weekdays

KIND_KEY = "edit"


@dataclass(frozen=True, slots=True)
class ParsedEdits:
    """Edits of one list. `numbers` are their places in it, from 1: faulty ones are left out.

    `promised` are the (table, id) pairs that faulty edits would have made.
    """

    edits: tuple[Edit, ...]
    numbers: tuple[int, ...]
    promised: frozenset[tuple[str, str]]
    issues: tuple[Issue, ...]


def parse_edits(file: str, text: str, entries: Iterable[Mapping[str, Any]], path: Path = ("edits",)) -> ParsedEdits:
    """Edits from the tables `entries`, which stand at `path` in the TOML document `text` of `file`."""
    edits: list[Edit] = []
    numbers: list[int] = []
    promised: set[tuple[str, str]] = set()
    issues: list[Issue] = []
    for position, entry in enumerate(entries):
        faults, edit = _parse_edit(entry)
        where = (*path, position)
        issues += [
            Issue(file, find_line(text, (*where, fault.key)), dotted((*where, fault.key)), fault.value, 1,
                  fault.message, fault.remedy)
            for fault in faults
        ]  # fmt: skip
        if edit is not None:
            edits.append(edit)
            numbers.append(position + 1)
        else:
            promised |= _promises(entry)
    return ParsedEdits(tuple(edits), tuple(numbers), frozenset(promised), tuple(issues))


@dataclass(frozen=True, slots=True)
class _Fault:
    key: str
    value: str | None
    message: str
    remedy: str


def _kinds() -> dict[str, type[Edit]]:
    return {kind.kind: kind for kind in EDIT_KINDS}


def _promises(entry: Mapping[str, Any]) -> set[tuple[str, str]]:
    kind = _kinds().get(str(entry.get(KIND_KEY)))
    return {(kind.creates, str(entry["id"]))} if kind and kind.creates and "id" in entry else set()


def _parse_edit(entry: Mapping[str, Any]) -> tuple[list[_Fault], Edit | None]:
    name = entry.get(KIND_KEY)
    kinds = _kinds()
    if name is None:
        return [_Fault(KIND_KEY, None, "the key is missing", "name the edit: " + ", ".join(kinds))], None
    if not isinstance(name, str) or name not in kinds:
        remedy = unknown_key_remedy(str(name), kinds).replace("remove it; here may stand", "use one of")
        return [_Fault(KIND_KEY, shown(name), "no such edit", remedy)], None
    fields = load_edits()[name]
    faults = [
        _Fault(key, shown(value), f"no such key in {name}", unknown_key_remedy(key, fields))
        for key, value in entry.items()
        if key not in fields and key != KIND_KEY
    ]
    values: dict[str, Value] = {}
    for key, field in fields.items():
        if key not in entry:
            if field.required:
                faults.append(_Fault(key, None, f"the key is missing in {name}", f"give {field.range_text()}"))
            continue
        try:
            values[key] = parse_value(field, entry[key])
        except ValueError as error:
            faults.append(_Fault(key, shown(entry[key]), str(error), f"give {field.range_text()}"))
    return faults, None if faults else kinds[name](**values)


def parse_value(field: Field, value: object) -> Value:
    """The value of a key as the edit carries it. Raises ValueError that says what is wrong."""
    if field.base_type in {"ids", "texts", "shifts"}:
        return _texts(field, value)
    if field.base_type in {"int", "float"}:
        return _number(field, value)
    if not isinstance(value, str):
        raise ValueError("not a text")
    text = value.strip()
    _TEXT_CHECKS[field.base_type](field, text)
    return text


def _number(field: Field, value: object) -> int | float:
    whole = field.base_type == "int"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise ValueError("not a whole number" if whole else "not a number")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a finite number")
    low, high = field.bounds()
    if (low is not None and value < low) or (high is not None and value > high):
        raise ValueError("out of range")
    return value if whole else float(value)


def _texts(field: Field, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("not a list of texts")
    if len(set(value)) < len(value):
        raise ValueError("names something twice")
    if field.base_type in {"ids", "shifts"}:
        if not value:
            raise ValueError("the list is empty")
        for one in value:
            (_check_id if field.base_type == "ids" else _check_shift)(field, one)
    return tuple(value)


def _check_id(field: Field, text: str) -> None:
    if not (re.fullmatch(ID_PATTERN, text) or (field.base_type == "any_id" and text == "*")):
        raise ValueError(f"{shown(text)!r} is not an id")


def _check_text(field: Field, text: str) -> None:
    del field
    if not text or not text.isprintable():
        raise ValueError("empty, or with control characters")


def _check_choice(field: Field, text: str) -> None:
    if text not in field.choices:
        raise ValueError("not one of the values")


def _check_clock(field: Field, text: str) -> None:
    seconds = clock_seconds(text)
    high = field.bounds()[1]
    if high is not None and seconds > high:
        raise ValueError("out of range")


def _check_weekdays(_: Field, text: str) -> None:
    try:
        parse_weekdays(text)
    except ValueError:
        raise ValueError("not a list of different weekdays") from None


def _check_shift(_: Field, text: str) -> None:
    try:
        parse_shift(text)
    except ValueError:
        raise ValueError(f"{shown(text)!r} is not a shift") from None


_TEXT_CHECKS: Mapping[str, Callable[[Field, str], None]] = {
    "id": _check_id,
    "any_id": _check_id,
    "text": _check_text,
    "choice": _check_choice,
    "clock": _check_clock,
    "weekdays": _check_weekdays,
}
"""How a text of each type is judged."""
