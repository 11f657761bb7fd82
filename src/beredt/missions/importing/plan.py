"""What an import is asked to do, and whether it is the same as the one that was broken off."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from beredt import __version__
from beredt.missions.cleaning_context import CleaningContext, Region
from beredt.missions.find_profile import LoadedProfile
from beredt.missions.store_info import FORMAT

PART_ROWS = 600_000
"""Rows that are cleaned together, and at most about so many in a part of the store."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """`files` in the order in which their rows are numbered; `out` the store; `without` rules that are switched off.

    `generated` says that nothing in the log is real, also where the log does not say so itself. `key` hashes what must
    be hashed. `part_rows` and `block_bytes` say how much is held in memory at a time.
    """

    files: tuple[Path, ...]
    loaded: LoadedProfile
    out: Path
    without: tuple[str, ...] = ()
    generated: bool = False
    key: bytes = field(default=b"", repr=False)
    part_rows: int = PART_ROWS
    block_bytes: int | None = None

    @property
    def work(self) -> Path:
        """Folder of what is under way."""
        return self.out / "work"

    def identity(self) -> dict[str, Any]:
        """What must be the same for an import to go on where one was broken off."""
        from beredt.missions.read.identity import key_name

        return {
            "format": FORMAT,
            "version": __version__,
            "profile": self.loaded.sha256,
            "without": sorted(self.without),
            "generated": self.generated,
            "key": key_name(self.key) if self.key else "",
            "part_rows": self.part_rows,
            "block_bytes": self.block_bytes or 0,
            "files": [[file.name, file.stat().st_size, file.stat().st_mtime_ns] for file in self.files],
        }

    def context(self) -> CleaningContext:
        """What cleaning must know. Raises UnknownIdError where a rule that is switched off is none."""
        profile = self.loaded.profile
        cleaning = profile.cleaning
        region: Region | None = profile.region.as_region() if profile.region else None
        context = CleaningContext(
            zone=profile.zone,
            local_clock=profile.file.clock == "local",
            crs=profile.crs,
            region=region,
            latest=cleaning.latest,
            stations=frozenset(cleaning.stations),
            required=cleaning.required,
            limits_s=cleaning.limits_s,
            without=frozenset(self.without) | frozenset(cleaning.without),
        )
        return context if cleaning.earliest is None else dataclasses.replace(context, earliest=cleaning.earliest)
