"""From the text of an expression to its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from beredt.errors import ExpressionError

TokenKind = Literal["number", "text", "name", "sign", "end"]

_PATTERN = re.compile(
    r"""(?P<blank>\s+)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<name>[A-Za-z_][A-Za-z_0-9]*)
    | (?P<sign>==|!=|<=|>=|[<>()\[\],+\-])""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of text: a number, a text without its marks, a name or word, a sign, or the end. `at` counts from 0."""

    kind: TokenKind
    text: str
    at: int


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens in their order; the last is the end. Raises ExpressionError at a character that means nothing."""
    at = 0
    while at < len(text):
        found = _PATTERN.match(text, at)
        if found is None:
            raise _unreadable(text, at)
        if found.lastgroup == "text":
            yield Token("text", found[0][1:-1], at)
        elif found.lastgroup == "number":
            yield Token("number", found[0], at)
        elif found.lastgroup == "name":
            yield Token("name", found[0], at)
        elif found.lastgroup == "sign":
            yield Token("sign", found[0], at)
        at = found.end()
    yield Token("end", "", len(text))


def _unreadable(text: str, at: int) -> ExpressionError:
    sign = text[at]
    if sign in "\"'":
        return ExpressionError(at, "this text has no end", f"close it with {sign}")
    hints = {"=": "write == to compare", "&": "write and", "|": "write or", "!": "write not, or != to compare"}
    return ExpressionError(at, f"{sign!r} means nothing here", hints.get(sign, "take it out"))
