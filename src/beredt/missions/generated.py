"""Whether a log is generated: it says so itself, so that nobody has to remember it, and no report can forget it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

MARKER = "generated_by_beredt"
"""Column of logs that this program has made up; what stands in it does not matter."""

_STORE_FILE = "store.json"


def is_generated(log: Path, columns: Sequence[str]) -> bool:
    """Whether a file says that it is generated, by its header or as a part of a store that does.

    Args:
        log: The file.
        columns: Its header.
    """
    return MARKER in columns or _is_of_generated_store(log.resolve().parents[1:2])


def _is_of_generated_store(folders: Sequence[Path]) -> bool:
    for folder in folders:
        try:
            document = json.loads((folder / _STORE_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(document, dict) and document.get("generated") is True:
            return True
    return False
