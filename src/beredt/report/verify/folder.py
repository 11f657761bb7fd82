"""The folder of a report as it lies there: its index, and whether its files are as they were written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beredt.errors import ResultsError
from beredt.report.verify.check import Check, compared
from beredt.report.write_index import INDEX, sha256_of


@dataclass(frozen=True, slots=True, eq=False)
class ReportFolder:
    """A folder that `beredt study run` wrote: where it is, what its index says, and the report that was asked about."""

    path: Path
    facts: Mapping[str, Any]
    asked: str | None

    @property
    def files(self) -> Mapping[str, str]:
        """Checksum of every file, by its path below the folder."""
        return {str(name): str(checksum) for name, checksum in self.facts["files"].items()}


def open_report(report: Path) -> ReportFolder:
    """The folder of a report: the path itself, or where the file lies. Raises ResultsError without one."""
    if not report.exists():
        raise ResultsError(f"{report} does not exist: give a report.html, a report.pdf or the folder of a run")
    folder = report if report.is_dir() else report.parent
    index = folder / INDEX
    if not index.is_file():
        raise ResultsError(
            f"there is no {INDEX} in {folder}: a report is verified with the folder it was written in, so keep them "
            "together, or run the study again"
        )
    try:
        facts = json.loads(index.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ResultsError(f"{index} cannot be read: {error}; run the study again") from error
    needed = ("files", "fingerprint", "inputs", "languages", "replications", "services", "study", "version")
    missing = [key for key in needed if not isinstance(facts, dict) or key not in facts]
    if missing:
        raise ResultsError(
            f"{index} says nothing of {', '.join(missing)}: it was not written by `beredt study run`, or by an earlier "
            "version; run the study again"
        )
    return ReportFolder(folder, facts, None if report.is_dir() else report.relative_to(folder).as_posix())


def check_files(folder: ReportFolder) -> Check:
    """Whether every file that the index names is there with the checksum that it had when it was written."""
    lines = [line for name, checksum in sorted(folder.files.items()) if (line := _fault(folder.path, name, checksum))]
    if folder.asked is not None and folder.asked not in folder.files and folder.asked != INDEX:
        lines.insert(0, f"{folder.asked}: not among the files that this run wrote")
    count = len(folder.files)
    return compared(
        "Files", f"All {count} are as they were written.", f"{len(lines)} of {count} are not as written.", lines
    )


def _fault(folder: Path, name: str, checksum: str) -> str:
    path = folder / name
    if not path.is_file():
        return f"{name}: missing"
    return "" if sha256_of(path) == checksum else f"{name}: changed since it was written"
