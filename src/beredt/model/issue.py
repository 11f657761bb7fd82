"""One fault in a study, with all that a person needs to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault in a study. The same fault in many rows is one issue with a count.

    `file` is relative to the study folder. `row` is the line in a CSV, TOML or GeoJSON file as an editor counts
    (the header is line 1), the number of the record in a Parquet file (the first is 1), None where the fault has no
    line; `field` a column or a dotted TOML key; `value` what was found, as text; `count` the number of rows, ≥ 1,
    of which `row`, `value`, `lat` and `lon` (degrees, WGS84) show the first. An error keeps the study from being
    used, a warning does not.
    """

    file: str
    row: int | None
    field: str | None
    value: str | None
    count: int
    message: str
    remedy: str
    lat: float | None = None
    lon: float | None = None
    severity: Severity = "error"

    def text(self) -> str:
        """Where, what and what to do, on one line."""
        where = [self.file]
        if self.row is not None:
            where.append(f"row {self.row}" if self.count == 1 else f"row {self.row} and {self.count - 1} more")
        if self.field:
            where.append(self.field)
        got = f" (got {self.value})" if self.value else ""
        return f"{', '.join(where)}: {self.message}{got} → {self.remedy}"


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether any of the issues keeps the study from being used."""
    return any(issue.severity == "error" for issue in issues)


def shown(value: object, limit: int = 60) -> str:
    """A found value as short, printable text for `Issue.value`."""
    try:
        text = str(value)
    except ValueError:  # a whole number of thousands of digits
        text = f"a {type(value).__name__} too long to write"
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
