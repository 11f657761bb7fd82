"""What a cell means, judged anew and without the reader's code; and a study laid open for comparison."""

from __future__ import annotations

import dataclasses
import math
import re
import unicodedata
from typing import Any

from beredt.model.dictionary import load_tables
from beredt.model.field import Field
from beredt.model.reading.service import POLICY_TABLES
from beredt.model.study import Study
from tests.tiny_study import ORDINARY_TABLES

INVALID = object()
"""A cell that must bring an error."""

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def meaning(field: Field, text: str) -> Any:
    """The value that a cell with this text stands for, or INVALID."""
    text = text.strip()
    if not text:
        if field.required:
            return INVALID
        return None if field.default is None else meaning(field, field.default)
    kind, _, choices = field.type.partition(":")
    if kind in {"float", "int"}:
        return _number(field, kind, text)
    if kind == "choice":
        return text if text in choices.split("|") else INVALID
    return {"id": _id, "text": _text, "bool": _bool, "clock": _clock, "ids": _ids, "weekdays": _weekdays}[kind](
        field, text
    )


def _number(field: Field, kind: str, text: str) -> Any:
    if not text.isascii() or "_" in text or any(char.isspace() for char in text):
        return INVALID
    try:
        value = float(text)
    except ValueError:
        return INVALID
    if not math.isfinite(value):
        return INVALID
    if kind == "int" and (value != int(value) or "e" in text.lower() or text.endswith(".") or text.startswith(".")):
        return INVALID
    low = -math.inf if field.minimum is None else float(field.minimum)
    high = math.inf if field.maximum is None else float(field.maximum)
    if not low <= value <= high:
        return INVALID
    return int(value) if kind == "int" else value


def _id(_: Field, text: str) -> Any:
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    return text if set(text) <= allowed and text[0] not in "-_" else INVALID


def _text(_: Field, text: str) -> Any:
    return INVALID if any(unicodedata.category(char)[0] == "C" for char in text) or len(text) > 4000 else text


def _bool(_: Field, text: str) -> Any:
    return {"0": False, "1": True, "false": False, "true": True}.get(text.lower(), INVALID)


def _clock(field: Field, text: str) -> Any:
    if not re.fullmatch("[0-9][0-9]:[0-9][0-9]", text):
        return INVALID
    hours, minutes = int(text[:2]), int(text[3:])
    last = 24 * 60 if field.maximum == "24:00" else 24 * 60 - 1
    fits = minutes < 60 and hours * 60 + minutes <= last
    return hours * 3600 + minutes * 60 if fits else INVALID


def _ids(field: Field, text: str) -> Any:
    parts = [part.strip() for part in text.split(";")]
    good = all(part and _id(field, part) is not INVALID for part in parts) and len(set(parts)) == len(parts)
    return tuple(parts) if good else INVALID


def _weekdays(_: Field, text: str) -> Any:
    days: list[int] = []
    for part in text.lower().split(";"):
        ends = [end.strip() for end in part.split("-")]
        if len(ends) > 2 or any(end not in DAYS for end in ends):
            return INVALID
        day, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        days.append(day + 1)
        while day != last:
            day = (day + 1) % 7
            days.append(day + 1)
    return tuple(sorted(days)) if len(set(days)) == len(days) else INVALID


Rows = list[dict[str, Any]]

HOURS = {"start": "start_s", "end": "end_s"}
RENAMED = {
    "rosters": HOURS,
    "standby_points": HOURS,
    "unit_kinds": {"flight_start": "flight_start_s", "flight_end": "flight_end_s"},
}
"""Columns whose attribute has another name, by table."""


def table_rows(study: Study, table: str) -> Rows:
    """The rows of a table as the study holds them, with the columns of the dictionary."""
    columns = [field.name for field in load_tables()[table].fields]
    if table in {"population", "age_shares", "places", "links", "water"}:
        return [dict(zip(columns, row, strict=True)) for row in getattr(study, table).select(columns).iter_rows()]
    source = study.published if table == "published" else getattr(study.service, table)
    renamed = RENAMED.get(table, {})
    return [{column: getattr(row, renamed.get(column, column)) for column in columns} for row in source]


def snapshot(study: Study) -> dict[str, Any]:
    """Everything in a study but its folder and fingerprint: tables by name, and the rest by theirs."""
    tables: dict[str, Any] = {name: table_rows(study, name) for name in ORDINARY_TABLES}
    return tables | {
        "settings": study.settings.model_dump(),
        "outlines": study.outlines,
        "alternatives": [dataclasses.astuple(alternative) for alternative in study.alternatives],
        "sensitivities": [dataclasses.astuple(one) for one in study.sensitivities],
        "need_factor": [area.need_factor for area in study.service.areas],
        "rules": (
            study.service.dispatch,
            study.service.misrouting,
            study.service.noise_sigma,
            study.service.relocation,
        ),
        "policies": [getattr(study.service, name) for name in POLICY_TABLES],
    }


def flat(value: Any, prefix: str = "") -> dict[str, Any]:
    """Nested mappings and sequences of settings as dotted keys → leaves."""
    if isinstance(value, dict):
        return {key: leaf for name, part in value.items() for key, leaf in flat(part, f"{prefix}.{name}").items()}
    if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        return {key: leaf for n, part in enumerate(value) for key, leaf in flat(part, f"{prefix}.{n}").items()}
    return {prefix.lstrip("."): value}
