"""`results.json` of a folder: what was run, and the checksum of every file of the report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

INDEX = "results.json"


def write_index(out: Path, facts: Mapping[str, Any], files: Sequence[Path]) -> None:
    """Write the facts, and the checksums of the tables in `out/results` and of these files below `out`."""
    tables = json.loads((out / "results" / INDEX).read_text(encoding="utf-8"))["files"]
    checksums = {f"results/{name}": checksum for name, checksum in tables.items()}
    checksums |= {path.relative_to(out).as_posix(): sha256_of(path) for path in files}
    text = json.dumps({**facts, "files": checksums}, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    (out / INDEX).write_text(text + "\n", encoding="utf-8")


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
