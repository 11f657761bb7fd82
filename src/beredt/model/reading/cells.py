"""Text to values, a whole table at once, with every cell that does not fit.

All columns are judged in three passes over the table (given, values, faults), since polars pays for each pass. Only a
table with faults is gone over once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import polars as pl

from beredt.model.field import ID_PATTERN, Field, clock_seconds
from beredt.model.reading.native_cells import LONGEST_INT, is_native
from beredt.model.reading.weekdays import parse_weekdays

FLOAT_PATTERN = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?$"
INT_PATTERN = r"^[+-]?[0-9]{1,15}(\.0+)?$"
NOT_FINITE_PATTERN = r"(?i)^[+-]?(nan|inf|infinity)$"
DECIMAL_COMMA_PATTERN = r"^[+-]?[0-9 ]*,[0-9]+$"
LONGEST_TEXT = 4_000
MOST_CELLS_AT_ONCE = 100_000
"""Cells of a table whose columns are read one after the other: handing each to a thread of its own takes longer."""

DTYPES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "text": pl.String(),
    "choice": pl.String(),
    "int": pl.Int64(),
    "clock": pl.Int64(),
    "float": pl.Float64(),
    "bool": pl.Boolean(),
    "ids": pl.List(pl.String()),
    "weekdays": pl.List(pl.Int64()),
}
"""The polars type of every type of the dictionary that a table may hold."""


class Fault(NamedTuple):
    """Cells of one column with the same fault, by their ascending positions."""

    field: str
    positions: list[int]
    message: str
    remedy: str


class _Rule(NamedTuple):
    """A fault that cells of a column may have: `at` is true where they have it."""

    field: str
    at: pl.Expr
    message: str
    remedy: str


def parse_cells(fields: Sequence[Field], cells: pl.DataFrame) -> tuple[pl.DataFrame, list[Fault]]:
    """Typed columns for all `fields`, null where a cell is empty or at fault, and the faults.

    `cells` holds text, empty where nothing was given, or columns that have the type of their field already (see
    `native_cells`). Columns that it lacks are null or their default.
    """
    native = {field.name for field in fields if is_native(field, cells)}
    given = select_columns(
        cells,
        [
            _given_native(field) if field.name in native else _given(field, field.name in cells.columns)
            for field in fields
        ],
    )
    values = select_columns(
        given, [_native_value(field) if field.name in native else _value(field, given) for field in fields]
    )
    rules = [
        rule
        for field in fields
        if field.name in cells.columns
        for rule in (_native_rules(field) if field.name in native else _rules(field))
    ]
    judged = _named(given, _given_name).hstack(_named(values, _value_name))
    marks = select_columns(judged, [rule.at.fill_null(False).alias(str(number)) for number, rule in enumerate(rules)])
    columns = marks.get_columns()
    faults = [
        Fault(rule.field, column.arg_true().to_list(), rule.message, rule.remedy)
        for rule, column in zip(rules, columns, strict=True)
        if column.any()
    ]
    if not faults:  # every value keeps its limits
        return values, faults
    bounded = [field for field in fields if field.base_type in {"int", "float", "clock"}]
    return values.with_columns(
        pl.when(_inside(field)).then(pl.col(field.name)).alias(field.name) for field in bounded
    ), faults


def select_columns(frame: pl.DataFrame, columns: list[pl.Expr]) -> pl.DataFrame:
    """The columns of a frame, made side by side where there is enough to do."""
    side_by_side = frame.height * len(columns) > MOST_CELLS_AT_ONCE
    return frame.select(columns) if side_by_side else frame.select_seq(columns)


def _named(frame: pl.DataFrame, name: Callable[[str], str]) -> pl.DataFrame:
    """The frame with other names of its columns, without the query that `rename` would run."""
    named = frame.clone()
    named.columns = [name(column) for column in frame.columns]
    return named


def _given_name(name: str) -> str:
    return f"given {name}"


def _value_name(name: str) -> str:
    return f"value {name}"


def _given(field: Field, present: bool) -> pl.Expr:
    """The text of a column, its default where it is empty, else null."""
    default = None if field.required else field.default
    if not present:
        return pl.repeat(default, pl.len(), dtype=pl.String).alias(field.name)
    text = pl.col(field.name)
    return pl.when(text != "").then(text).otherwise(pl.lit(default, dtype=pl.String)).alias(field.name)


def _given_native(field: Field) -> pl.Expr:
    """A column that needs no parsing, its default where it is empty."""
    column = pl.col(field.name).cast(DTYPES[field.base_type])
    if field.required or field.default is None:
        return column
    default = pl.lit(field.default).cast(DTYPES[field.base_type]) if field.base_type != "bool" else pl.lit(
        field.default in {"1", "true"}
    )  # fmt: skip
    return column.fill_null(default)


def _native_value(field: Field) -> pl.Expr:
    """The values of such a column; null where no text could have been written for them."""
    value = pl.col(field.name)
    if field.base_type == "float":
        return pl.when(value.is_finite()).then(value).alias(field.name)
    if field.base_type == "int":
        return pl.when(value.abs() < LONGEST_INT).then(value).alias(field.name)
    return value


def _value(field: Field, given: pl.DataFrame) -> pl.Expr:
    """The values of a column; null where the text does not fit the type."""
    text = pl.col(field.name)
    value: pl.Expr
    match field.base_type:
        case "choice":
            value = pl.when(text.is_in(list(field.choices))).then(text)
        case "clock" | "weekdays" | "ids" as name:
            value = pl.lit(_mapped(given[field.name], _PYTHON_PARSERS[name], DTYPES[name]))
        case name:
            value = _PARSERS[name](text)
    return value.alias(field.name)


def _parse_id(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(ID_PATTERN)).then(text)


def _parse_text(text: pl.Expr) -> pl.Expr:
    return pl.when(~text.str.contains(r"\p{C}") & (text.str.len_chars() <= LONGEST_TEXT)).then(text)


def _parse_float(text: pl.Expr) -> pl.Expr:
    number = pl.when(text.str.contains(FLOAT_PATTERN)).then(text).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _parse_int(text: pl.Expr) -> pl.Expr:
    whole = text.str.replace(r"\.0+$", "").str.strip_prefix("+")
    return pl.when(text.str.contains(INT_PATTERN)).then(whole).cast(pl.Int64, strict=False)


def _parse_bool(text: pl.Expr) -> pl.Expr:
    lower = text.str.to_lowercase()
    return pl.when(lower.is_in(["0", "1", "true", "false"])).then(lower.is_in(["1", "true"]))


def _parse_ids(text: str) -> list[str]:
    ids = [part.strip() for part in text.split(";")]
    if not all(re.fullmatch(ID_PATTERN, one) for one in ids) or len(set(ids)) < len(ids):
        raise ValueError(text)
    return ids


_PARSERS: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "id": _parse_id,
    "text": _parse_text,
    "float": _parse_float,
    "int": _parse_int,
    "bool": _parse_bool,
}
"""How polars reads a column of each type."""

_PYTHON_PARSERS: dict[str, Callable[[str], object]] = {
    "clock": clock_seconds,
    "weekdays": parse_weekdays,
    "ids": _parse_ids,
}
"""How Python reads a cell of the types that polars cannot."""


def _mapped(given: pl.Series, parse: Callable[[str], object], dtype: pl.DataType) -> pl.Series:
    """Parse each different text once; few differ in such columns."""
    known: dict[str | None, object] = {None: None}
    for text in given.unique():
        if text is not None:
            try:
                known[text] = parse(text)
            except ValueError:
                known[text] = None
    return pl.Series(given.name, [known[text] for text in given], dtype=dtype)


def _inside(field: Field) -> pl.Expr:
    """Whether the column's own value keeps the limits."""
    low, high = field.bounds()
    value = pl.col(field.name)
    inside = pl.lit(True)
    if low is not None:
        inside = inside & (value >= low)
    if high is not None:
        inside = inside & (value <= high)
    return inside


def _rules(field: Field) -> Iterator[_Rule]:
    """Everything that may be wrong with a cell, told apart by what the writer probably meant."""
    given, value = pl.col(_given_name(field.name)), pl.col(_value_name(field.name))
    remedy = f"give {field.range_text()}"
    if field.required:
        empty = "the roster never starts: no weekday is named" if field.base_type == "weekdays" else "the cell is empty"
        yield _Rule(field.name, given.is_null(), empty, remedy)
    bad = given.is_not_null() & value.is_null()
    if field.base_type not in {"int", "float"}:
        yield _Rule(field.name, bad, _BAD[field.base_type], remedy)
    else:
        not_finite = given.str.contains(NOT_FINITE_PATTERN)
        comma = given.str.contains(DECIMAL_COMMA_PATTERN)
        yield _Rule(field.name, bad & not_finite, "not a finite number", remedy)
        yield _Rule(field.name, bad & comma, "a decimal comma", "write a decimal point")
        yield _Rule(field.name, bad & ~not_finite & ~comma, _BAD[field.base_type], remedy)
    yield from _limit_rules(field, value, remedy)


def _native_rules(field: Field) -> Iterator[_Rule]:
    """The same for a column that needs no parsing."""
    given, value = pl.col(_given_name(field.name)), pl.col(_value_name(field.name))
    remedy = f"give {field.range_text()}"
    if field.required:
        yield _Rule(field.name, given.is_null(), "the cell is empty", remedy)
    message = "not a finite number" if field.base_type == "float" else _BAD[field.base_type]
    yield _Rule(field.name, given.is_not_null() & value.is_null(), message, remedy)
    yield from _limit_rules(field, value, remedy)


def _limit_rules(field: Field, value: pl.Expr, remedy: str) -> Iterator[_Rule]:
    low, high = field.bounds()
    if low is not None:
        yield _Rule(field.name, value < low, "out of range: too small", remedy)
    if high is not None:
        yield _Rule(field.name, value > high, "out of range: too large", remedy)


_BAD = {
    "id": "not an id",
    "ids": "not a list of different ids separated by semicolons",
    "text": f"a control character, or longer than {LONGEST_TEXT} characters",
    "bool": "neither 0 nor 1",
    "int": "not a whole number",
    "float": "not a number",
    "clock": "not a clock time",
    "weekdays": "not a list of different weekdays: the roster never starts",
    "choice": "not one of the values",
}
