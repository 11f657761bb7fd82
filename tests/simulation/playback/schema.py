"""As much of JSON Schema as the schema of the playback file uses; what it does not know, it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

KINDS: dict[str, Any] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "null": lambda value: value is None,
}
TOLD = {"$schema", "$defs", "title", "description"}  # keywords that demand nothing


def faults(value: Any, schema: Any, root: Any, where: str = "$") -> Iterator[str]:
    """Yield what is wrong with a value, and where."""
    if schema is True or schema is False:
        if schema is False:
            yield f"{where} may not be there"
        return
    for keyword, wanted in schema.items():
        if keyword not in TOLD:
            yield from _BY_KEYWORD[keyword](value, wanted, schema, root, where)


def _type(value: Any, wanted: Any, schema: Any, root: Any, where: str) -> Iterator[str]:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if not any(KINDS[kind](value) for kind in kinds):
        yield f"{where} is no {' or '.join(kinds)}"


def _ref(value: Any, wanted: Any, schema: Any, root: Any, where: str) -> Iterator[str]:
    target = root
    for step in wanted.removeprefix("#/").split("/"):
        target = target[step]
    yield from faults(value, target, root, where)


def _required(value: Any, wanted: Any, schema: Any, root: Any, where: str) -> Iterator[str]:
    yield from (f"{where}.{name} is missing" for name in wanted if isinstance(value, dict) and name not in value)


def _properties(value: Any, wanted: Any, schema: Any, root: Any, where: str) -> Iterator[str]:
    for name, one in value.items() if isinstance(value, dict) else ():
        if name in wanted:
            yield from faults(one, wanted[name], root, f"{where}.{name}")


def _additional(value: Any, wanted: Any, schema: Any, root: Any, where: str) -> Iterator[str]:
    for name, one in value.items() if isinstance(value, dict) else ():
        if name not in schema.get("properties", {}):
            yield from faults(one, wanted, root, f"{where}.{name}")


def _items(value: Any, wanted: Any, schema: Any, root: Any, where: str) -> Iterator[str]:
    for row, one in enumerate(value if isinstance(value, list) else ()):
        yield from faults(one, wanted, root, f"{where}[{row}]")


def _demand(value: Any, holds: bool, keyword: str, wanted: Any, where: str) -> Iterator[str]:
    if not holds:
        yield f"{where} = {value!r} does not keep {keyword} {wanted!r}"


_BY_KEYWORD: dict[str, Any] = {
    "type": _type,
    "$ref": _ref,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "const": lambda v, w, _s, _r, at: _demand(v, v == w, "const", w, at),
    "enum": lambda v, w, _s, _r, at: _demand(v, v in w, "enum", w, at),
    "minimum": lambda v, w, _s, _r, at: _demand(v, not KINDS["number"](v) or v >= w, "minimum", w, at),
    "maximum": lambda v, w, _s, _r, at: _demand(v, not KINDS["number"](v) or v <= w, "maximum", w, at),
    "pattern": lambda v, w, _s, _r, at: _demand(v, not isinstance(v, str) or bool(re.search(w, v)), "pattern", w, at),
}
