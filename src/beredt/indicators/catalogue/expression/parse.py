"""From the text of an expression to its parts.

either     = each, { "or", each }
each       = negated, { "and", negated }
negated    = [ "not" ], question
question   = sum, [ compared | listed | known ]
compared   = ( "==" | "!=" | "<" | "<=" | ">" | ">=" ), sum
listed     = [ "not" ], "in", "[", value, { ",", value }, "]"
known      = "is", [ "not" ], "known"
sum        = value, { ( "+" | "-" ), value }
value      = number, [ "s" | "min" | "h" ] | text | "true" | "false" | name
           | name, "(", text, { ",", text }, ")" | "(", either, ")"
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from beredt.errors import ExpressionError
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
from beredt.indicators.catalogue.expression.tokens import Token, tokens_of

UNITS: Mapping[str, float] = MappingProxyType({"s": 1.0, "min": 60.0, "h": 3600.0})
"""Units of time, in seconds."""

WORDS = frozenset({"and", "or", "not", "in", "is", "known", "true", "false", *UNITS})
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
DEEPEST = 50


def parse(text: str) -> Node:
    """The parts of an expression. Raises ExpressionError where it is none."""
    reader = _Reader(text)
    node = _either(reader, 0)
    if reader.next.kind != "end":
        raise ExpressionError(
            reader.next.at, f"nothing was expected after {text[: reader.next.at].strip()!r}", "join parts with and, or"
        )
    return node


class _Reader:
    """Tokens, one looked at before it is taken."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens_of(text)
        self.next = next(self._tokens)

    def take(self) -> Token:
        token = self.next
        if token.kind != "end":
            self.next = next(self._tokens)
        return token

    def take_if(self, *texts: str) -> Token | None:
        return self.take() if self.next.kind in {"name", "sign"} and self.next.text in texts else None

    def need(self, text: str, why: str) -> Token:
        token = self.take_if(text)
        if token is None:
            raise ExpressionError(self.next.at, f"{text!r} is missing", why)
        return token


def _either(reader: _Reader, depth: int) -> Node:
    if depth > DEEPEST:
        raise ExpressionError(reader.next.at, "the parentheses go too deep", "take some of them away")
    node = _each(reader, depth)
    while word := reader.take_if("or"):
        node = Both(word.at, "or", node, _each(reader, depth))
    return node


def _each(reader: _Reader, depth: int) -> Node:
    node = _negated(reader, depth)
    while word := reader.take_if("and"):
        node = Both(word.at, "and", node, _negated(reader, depth))
    return node


def _negated(reader: _Reader, depth: int) -> Node:
    word = reader.take_if("not")
    if word is None:
        return _question(reader, depth)
    if depth >= DEEPEST:
        raise ExpressionError(word.at, "too many times not", "take some of them away")
    return Not(word.at, _negated(reader, depth + 1))


def _question(reader: _Reader, depth: int) -> Node:
    left = _sum(reader, depth)
    at = reader.next.at
    if reader.next.kind == "sign" and reader.next.text in COMPARISONS:
        sign = reader.take().text
        return Compare(at, sign, left, _sum(reader, depth))
    if reader.take_if("is"):
        turned = reader.take_if("not") is not None
        reader.need("known", "ask for `is known` or `is not known`")
        known = Known(at, left)
        return Not(at, known) if turned else known
    if reader.next.kind == "name" and reader.next.text in {"not", "in"}:
        turned = reader.take_if("not") is not None
        reader.need("in", "ask for `in [...]` or `not in [...]`")
        listed = OneOf(at, left, _list(reader))
        return Not(at, listed) if turned else listed
    return left


def _list(reader: _Reader) -> tuple[Text | Number, ...]:
    reader.need("[", 'give a list such as ["A", "H"]')
    values = [_plain(reader)]
    while reader.take_if(","):
        values.append(_plain(reader))
    reader.need("]", "close the list")
    return tuple(values)


def _plain(reader: _Reader) -> Text | Number:
    token = reader.take()
    if token.kind == "text":
        return Text(token.at, token.text)
    if token.kind == "number":
        return Number(token.at, float(token.text))
    raise ExpressionError(token.at, "a list holds texts or numbers only", 'write them as ["A", "H"] or [1, 2]')


def _sum(reader: _Reader, depth: int) -> Node:
    node = _value(reader, depth)
    while sign := reader.take_if("+", "-"):
        node = Sum(sign.at, sign.text, node, _value(reader, depth))
    return node


def _value(reader: _Reader, depth: int) -> Node:
    token = reader.take()
    if token.kind == "number":
        unit = reader.take_if(*UNITS)
        value = float(token.text)
        return Duration(token.at, value * UNITS[unit.text]) if unit else Number(token.at, value)
    if token.kind == "text":
        return Text(token.at, token.text)
    if token.kind == "sign" and token.text == "(":
        node = _either(reader, depth + 1)
        reader.need(")", "close the parenthesis")
        return node
    if token.kind == "name" and token.text in {"true", "false"}:
        return Truth(token.at, token.text == "true")
    if token.kind == "name" and token.text not in WORDS:
        return _call(reader, token) if reader.take_if("(") else Name(token.at, token.text)
    what = "the end" if token.kind == "end" else repr(token.text)
    raise ExpressionError(token.at, f"a value is missing before {what}", "give a name, a number or a text")


def _call(reader: _Reader, name: Token) -> Call:
    values = []
    while True:
        token = reader.take()
        if token.kind != "text":
            raise ExpressionError(token.at, f"{name.text} takes names in quotation marks", f'as in {name.text}("…")')
        values.append(Text(token.at, token.text))
        if not reader.take_if(","):
            break
    reader.need(")", "close the parenthesis")
    return Call(name.at, name.text, tuple(values))
