"""A value deep in JSON, by the names of the way to it."""

from __future__ import annotations

from typing import Any


def find_dotted(document: Any, key: str) -> Any:
    """What lies at `a.b.c`; of a list its first member is meant. None where there is nothing."""
    for name in key.split("."):
        if isinstance(document, list):
            document = document[0] if document else None
        if not isinstance(document, dict):
            return None
        document = document.get(name)
    return document
