"""JSON, of which some keys are needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from beredt.fetch.dotted import find_dotted
from beredt.fetch.forms.differs import DiffersError
from beredt.fetch.source import Source


def keys(path: Path, source: Source) -> frozenset[str]:
    """Those of the dotted keys that are needed and are there, and the keys at the top. Raises DiffersError."""
    document = read(path)
    wanted = {name for need in source.needs for name in need.split("|")}
    first = document[0] if isinstance(document, list) and document else document
    top = set(first) if isinstance(first, dict) else set()
    return frozenset(top | {name for name in wanted if find_dotted(document, name) is not None})


def read(path: Path) -> Any:
    """The document. Raises DiffersError for what is no JSON."""
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise DiffersError(f"it is no JSON: {error}") from error
