"""From the parts of an expression to polars, with every type checked.

What is not known spreads: a comparison with it is neither true nor false, `and` and `or` take it as "maybe", and a row
for which the whole is not known does not count. `is known` asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from types import MappingProxyType

import polars as pl

from beredt.errors import ExpressionError, UnknownIdError
from beredt.indicators.catalogue.expression.names import Value, ValueType
from beredt.indicators.catalogue.expression.parse import parse
from beredt.indicators.catalogue.expression.syntax import (
    Both,
    Call,
    Compare,
    Duration,
    Known,
    Name,
    Node,
    Not,
    Number,
    OneOf,
    Sum,
    Text,
    Truth,
)
from beredt.missions.checks.rule import marks_of
from beredt.missions.marks import has_mark, impossible_mask
from beredt.missions.schema import STAMPS
from beredt.model.did_you_mean import find_closest

Names = Mapping[str, Value]

_COMPARE: Mapping[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = MappingProxyType(
    {
        "==": lambda left, right: left == right,
        "!=": lambda left, right: left != right,
        "<": lambda left, right: left < right,
        "<=": lambda left, right: left <= right,
        ">": lambda left, right: left > right,
        ">=": lambda left, right: left >= right,
    }
)


def compile_condition(text: str, names: Names) -> pl.Expr:
    """A condition as an expression of truth values, null where it is not known. Raises ExpressionError."""
    return _of_type(parse(text), names, "truth")


def compile_duration(text: str, names: Names) -> pl.Expr:
    """A length of time as an expression of seconds. Raises ExpressionError."""
    return _of_type(parse(text), names, "duration")


def names_in(text: str) -> frozenset[str]:
    """Every name that an expression uses. Raises ExpressionError where it is no expression."""
    return _names(parse(text))


def _names(node: Node) -> frozenset[str]:
    match node:
        case Name():
            return frozenset({node.name})
        case Not() | Known() | OneOf():
            return _names(node.of)
        case Both() | Compare() | Sum():
            return _names(node.left) | _names(node.right)
        case _:
            return frozenset()


def _of_type(node: Node, names: Names, wanted: ValueType) -> pl.Expr:
    value = _value(node, names)
    if value.type != wanted:
        raise ExpressionError(node.at, f"this is a {value.type}, where a {wanted} belongs", _HINTS[wanted])
    return value.expr


_HINTS: Mapping[ValueType, str] = MappingProxyType(
    {
        "truth": 'compare it with something, as in urgency == "A"',
        "duration": "name an interval or give a unit: 12 min",
        "number": "give a number without a unit",
        "text": "put it in quotation marks",
        "time": "name a stamp such as call_t",
    }
)


def _value(node: Node, names: Names) -> Value:  # noqa: PLR0911 — one return for each kind of part
    match node:
        case Name():
            return _named(node, names)
        case Number():
            return Value("number", pl.lit(node.value))
        case Duration():
            return Value("duration", pl.lit(node.seconds))
        case Text():
            return Value("text", pl.lit(node.value))
        case Truth():
            return Value("truth", pl.lit(node.value))
        case Not():
            return Value("truth", ~_of_type(node.of, names, "truth"))
        case Both():
            left, right = (_of_type(part, names, "truth") for part in (node.left, node.right))
            return Value("truth", left & right if node.word == "and" else left | right)
        case Compare():
            return _compared(node, names)
        case OneOf():
            return _listed(node, names)
        case Known():
            return Value("truth", _value(node.of, names).expr.is_not_null())
        case Sum():
            return _added(node, names)
        case Call():
            return _called(node)


def _named(node: Name, names: Names) -> Value:
    if node.name not in names:
        close = find_closest(node.name, names)
        known = f"did you mean {close}?" if close else "here may stand " + ", ".join(sorted(names))
        raise ExpressionError(node.at, f"there is no {node.name!r}", known)
    return names[node.name]


def _compared(node: Compare, names: Names) -> Value:
    left, right = _value(node.left, names), _value(node.right, names)
    if left.type != right.type:
        raise ExpressionError(node.at, f"a {left.type} is compared with a {right.type}", _HINTS[left.type])
    if left.type in {"text", "truth"} and node.sign not in {"==", "!="}:
        raise ExpressionError(node.at, f"a {left.type} is neither more nor less than another", "compare with == or !=")
    return Value("truth", _COMPARE[node.sign](left.expr, right.expr))


def _listed(node: OneOf, names: Names) -> Value:
    of = _value(node.of, names)
    for value in node.values:
        own: ValueType = "text" if isinstance(value, Text) else "number"
        if own != of.type:
            raise ExpressionError(value.at, f"a {of.type} is compared with a {own}", _HINTS[of.type])
    # One comparison each: a list would make texts of whole columns of categories.
    return Value("truth", reduce(or_, (of.expr == pl.lit(value.value) for value in node.values)))


def _added(node: Sum, names: Names) -> Value:
    left, right = _value(node.left, names), _value(node.right, names)
    expr = left.expr + right.expr if node.sign == "+" else left.expr - right.expr
    if left.type == right.type == "time" and node.sign == "-":
        return Value("duration", expr.dt.total_milliseconds() / 1000.0)
    if left.type == right.type and left.type in {"number", "duration"}:
        return Value(left.type, expr)
    word = "added to" if node.sign == "+" else "taken from"
    other, this = (left, right) if node.sign == "+" else (right, left)
    raise ExpressionError(node.at, f"a {other.type} is {word} a {this.type}", "add what is of one kind")


def _called(node: Call) -> Value:
    words = [value.value for value in node.values]
    if node.function == "impossible":
        for value in node.values:
            if value.value not in STAMPS:
                close = find_closest(value.value, STAMPS)
                hint = f"did you mean {close}?" if close else "one of " + ", ".join(STAMPS)
                raise ExpressionError(value.at, f"there is no stamp {value.value!r}", hint)
        return Value("truth", has_mark(impossible_mask(*words)))
    if node.function == "marked":
        try:
            return Value("truth", has_mark(marks_of(*words)))
        except UnknownIdError as error:
            raise ExpressionError(node.values[0].at, str(error), "name rules of cleaning or reading") from None
    close = find_closest(node.function, ("marked", "impossible"))
    raise ExpressionError(
        node.at,
        f"there is no function {node.function!r}",
        f"did you mean {close}?" if close else "use marked, impossible",
    )
