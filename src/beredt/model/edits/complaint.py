"""What is wrong with one edit of a list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why an edit cannot be applied.

    `file` is the alternative's or study's TOML file, empty for edits made elsewhere; `number` counts edits from 1;
    `kind` names the edit, `key` its key at fault, `value` what stood there.
    """

    file: str
    number: int
    kind: str
    key: str
    value: str
    message: str
    remedy: str

    def text(self) -> str:
        """Where, what and what to do, on one line."""
        where = f"{self.file}, " if self.file else ""
        return f"{where}edit {self.number} ({self.kind}), {self.key}: {self.message} → {self.remedy}"
