"""What the first lines of a log tell: its columns, and which profile it was probably written for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a profile fits, as `beredt.missions.guess_profile.Guess` has it."""

    profile: str
    score: float
    stamps: int
    columns: int


@dataclass(frozen=True, slots=True)
class Header:
    """`columns` of the file in their order; `fits` of every profile, the best first; `best` the one that can be used
    without a look at the others, "" where none stands out. `generated` says that the file calls itself generated.
    """

    columns: tuple[str, ...]
    fits: tuple[Fit, ...]
    best: str
    generated: bool

    def as_json(self) -> dict[str, Any]:
        """A document for json.dumps."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Self:
        """Read `as_json` back. Raises TypeError or KeyError where it is another document."""
        return cls(
            columns=tuple(fields["columns"]),
            fits=tuple(Fit(**one) for one in fields["fits"]),
            best=fields["best"],
            generated=fields["generated"],
        )
