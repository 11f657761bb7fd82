"""What a store says of itself, in store.json."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1
"""Goes up when the tables or this file change their meaning."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: file name without its folder, SHA-256 of its bytes, and rows below the header."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Where a store came from and what is in it.

    `profile` is the profile's id and `profile_sha256` the checksum of its file; `zone` the IANA time zone of the
    service; `crs` what the coordinates were given in; `rows_in` counts input rows, every one of which is either in
    `missions` or counted in the `rows_without_unit` of an incident; `unit_responses` are missions with a unit and any
    stamp of that unit; `rules` counts what each rule found, by its name, zeros included, and `without` names those
    that were switched off; `privacy` says what was done with each column that may name a person; `call_from` is the
    stamp that the time of the call was taken from: alerted_t where the log does not know it. A store that was not made
    from a log has no sources.
    """

    profile: str
    profile_sha256: str
    zone: str
    crs: str
    sources: tuple[Source, ...] = ()
    rows_in: int = 0
    missions: int = 0
    unit_responses: int = 0
    incidents: int = 0
    incidents_without_unit: int = 0
    rules: Mapping[str, int] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    privacy: Mapping[str, str] = field(default_factory=dict)
    call_from: str = "call_t"
    generated: bool = False
    format: int = FORMAT

    def as_json(self) -> dict[str, Any]:
        """A document for json.dumps, always with the same order of keys."""
        return {**dataclasses.asdict(self), "rules": dict(sorted(self.rules.items())), "finished": True}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> StoreInfo:
        """Read `as_json` back. Raises KeyError or TypeError where it is another document."""
        kept = {f.name: document[f.name] for f in dataclasses.fields(cls)}
        kept["sources"] = tuple(Source(**source) for source in kept["sources"])
        kept["without"] = tuple(kept["without"])
        return cls(**kept)
