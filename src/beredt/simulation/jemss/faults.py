"""Everything found wrong in files of another simulator, gathered before anything is said."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.errors import ForeignFilesError
from beredt.model.issue import Issue, shown


class Faults:
    """A list of issues that grows while files are read."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def add(
        self,
        file: str,
        message: str,
        remedy: str,
        *,
        row: int | None = None,
        field: str | None = None,
        value: object = None,
        count: int = 1,
    ) -> None:
        """Note a fault. `row` is the line in the file from 1, `count` how many rows have the fault."""
        text = None if value is None else shown(value)
        self.issues.append(Issue(file, row, field, text, count, message, remedy))

    def add_rows(
        self, file: str, rows: Sequence[int], field: str, values: Sequence[object], message: str, remedy: str
    ) -> None:
        """Note the same fault in several rows (lines, ascending); the first is shown. Nothing if there are none."""
        if len(rows):
            self.add(file, message, remedy, row=int(rows[0]), field=field, value=values[0], count=len(rows))

    def stop_if_any(self) -> None:
        """Raise ForeignFilesError with all issues, if there are any."""
        if self.issues:
            raise ForeignFilesError(self.issues)
