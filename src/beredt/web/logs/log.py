"""One mission log, as it stands in `log.json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self

from beredt.web.logs.header import Header

Origin = Literal["upload", "incoming", "store"]
"""A file that was sent through the browser · one that lies in the folder `incoming` · a store that lies there."""

OWN = "own"
"""Name of the profile that was uploaded beside a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionLog:
    """A log and how it is to be read.

    `name` is that of its file or store; `size_bytes` that of the file, 0 for a store; `added_s` seconds since 1970 and
    `by` who added it. `header` is what the file's first lines tell, None for a store. `profile`, `without` and
    `generated` are what the last import was asked for; "" as long as there was none. `organisation` is the one of
    whoever added it, "" for the whole service. `roster`, `printed` and `catalogue` are names of the files
    beside it that its indicators are counted with, "" for none.
    """

    id: str
    study: str
    name: str
    origin: Origin
    size_bytes: int
    added_s: float
    by: str
    header: Header | None = None
    profile: str = ""
    without: tuple[str, ...] = ()
    generated: bool = False
    organisation: str = ""
    roster: str = ""
    printed: str = ""
    catalogue: str = ""

    def as_json(self) -> dict[str, Any]:
        """What is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Self:
        """The log that was kept. Raises TypeError, KeyError or AttributeError for anything else."""
        header = fields["header"]
        return cls(
            **{
                **fields,
                "without": tuple(fields["without"]),
                "header": None if header is None else Header.from_json(header),
            }
        )

    def asked(self, profile: str, without: tuple[str, ...], generated: bool) -> Self:
        """The log with what an import was asked for."""
        return replace(self, profile=profile, without=without, generated=generated)
