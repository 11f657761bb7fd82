"""What an analyst chooses before a log is reported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from beredt.indicators.suppress import THRESHOLD
from beredt.missions.store import Store
from beredt.model.study import Study


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """Choices that change the figures; the report states all of them.

    `study` knows places, stations, targets and outlines; `roster` is a roster file; `previous` an earlier log, which
    maps are compared with; `printed` a file of printed figures that stand beside the log's, those of the study where
    there is none; `links` a link file for pathways over several logs, `key_file` the key of its patients; `queue` a
    queue of missions under review; `catalogues` files of indicators beside those that come with the program; `month`
    restricts the report to calls of one month, such as 2024-02; counts below `threshold` are left out; `responders`
    lets single responders stop the clock; `jobs` are threads, which change nothing.
    """

    study: Study | None = None
    roster: Path | None = None
    previous: Store | None = None
    printed: Path | None = None
    links: Path | None = None
    key_file: Path | None = None
    queue: Path | None = None
    month: str | None = None
    catalogues: tuple[Path, ...] = ()
    threshold: int = THRESHOLD
    responders: bool = False
    jobs: int = 2
