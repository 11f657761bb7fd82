"""TOML files: parsed, and searched for the line on which a key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from beredt.model.issue import Issue
from beredt.model.reading.text import decode


def parse_toml(file: str, content: bytes) -> tuple[Mapping[str, Any] | None, str, tuple[Issue, ...]]:
    """The document and its text, or None, the text and the issue that says where it is not TOML."""
    text, issues = decode(file, content)
    if text is None:
        return None, "", issues
    try:
        return tomllib.loads(text), text, ()
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        message = f"not valid TOML: {error}" if str(error) else "not valid TOML: nested too deeply"
        line = int(found[1]) if found else None
        remedy = "mend this line: key = value, text in quotation marks, lists in [ ]"
        return None, text, (Issue(file, line, None, None, 1, message, remedy),)


def find_line(text: str, path: Sequence[str | int]) -> int | None:
    """Line (from 1) on which a key stands, or its nearest enclosing table; None if neither is found.

    `path` is the way to the key: names, and positions (from 0) in arrays of tables. A search by sight, good enough
    to point at the place: keys in quotation marks and inline tables are found by their last bare name.
    """
    line, names = 0, [str(part) for part in path if isinstance(part, str)]
    lines = text.split("\n")
    depth = 0
    for length in range(len(path), 0, -1):
        start = _header_line(lines, path[:length])
        if start is not None:
            line, depth = start, sum(isinstance(part, str) for part in path[:length])
            break
    for name in names[depth:]:
        found = _key_line(lines, line, name)
        if found is None:
            break
        line = found
    return line or None


def _header_line(lines: Sequence[str], path: Sequence[str | int]) -> int | None:
    """Line of `[a.b]`, or of the n-th `[[a.b]]` when the path ends in a position."""
    names = [part for part in path if isinstance(part, str)]
    single, double = f"[{'.'.join(names)}]", f"[[{'.'.join(names)}]]"
    wanted = path[-1] if isinstance(path[-1], int) else 0
    # Arrays inside arrays of tables begin after their parent's header.
    parent = _header_line(lines, path[: path.index(names[-1])]) if len(names) > 1 else None
    found = -1
    for number, line in enumerate(lines[parent or 0 :], start=(parent or 0) + 1):
        header = line.partition("#")[0].replace(" ", "").strip()
        if header == single and isinstance(path[-1], str):
            return number
        if header == double:
            found += 1
            if found == wanted:
                return number
    return None


def _key_line(lines: Sequence[str], after: int, name: str) -> int | None:
    """First line from `after` on (the line itself included) that sets the key, before the next header."""
    pattern = re.compile(rf"""(^|[\s{{,])["']?{re.escape(name)}["']?\s*=""")
    for number in range(max(after, 1), len(lines) + 1):
        line = lines[number - 1]
        if number > after and line.lstrip().startswith("["):
            return None
        if pattern.search(line):
            return number
    return None
