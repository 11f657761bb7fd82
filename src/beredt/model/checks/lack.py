"""What a service lacks, told where it is to be mended."""

from __future__ import annotations

from typing import NamedTuple

from beredt.model.issue import Severity

SETTINGS = "settings"
"""In place of a table: the lack is in `study.toml`, and `field` is a dotted key."""


class Lack(NamedTuple):
    """What a service lacks: the table and id concerned (no id for the whole), what is wrong and what to do."""

    table: str
    id: str | None
    field: str
    message: str
    remedy: str
    severity: Severity
