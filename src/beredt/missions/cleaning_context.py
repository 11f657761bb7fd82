"""What cleaning must know of a log beside its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from beredt.errors import UnknownIdError
from beredt.missions.checks.rule import load_rules

_H = 3600

LIMITS_S: Mapping[str, int] = MappingProxyType(
    {
        "created_t": 24 * _H,
        "alerted_t": 24 * _H,
        "rolling_t": 24 * _H,
        "scene_t": 6 * _H,
        "patient_t": 6 * _H,
        "leave_t": 12 * _H,
        "dest_t": 12 * _H,
        "free_t": 12 * _H,
    }
)
"""Longest step to a stamp from the one before it, in seconds."""

AHEAD_S = 60 * 24 * _H
"""Longest wait of a mission that is ordered ahead for its unit, in seconds."""

FINISHED = ("alerted_t", "rolling_t", "scene_t", "free_t")
"""Stamps that every mission has that was carried out, where the log knows them at all."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where the scenes of a log lie: limits in degrees, WGS84, inclusive."""

    south: float
    west: float
    north: float
    east: float


NORWAY = Region(south=57.5, west=4.0, north=72.0, east=32.0)
"""The mainland with its coast."""


@dataclass(frozen=True, slots=True)
class CleaningContext:
    """What the profile and the analyst say of a log.

    `zone` is the IANA time zone of its clocks, `local_clock` whether they follow it (False: they are UTC). `crs` is
    what `x` and `y` are given in, such as EPSG:25833; `region` where scenes may lie, None when nothing is known.
    Stamps before `earliest` or after `latest` (None: not known) stand for nothing. `stations` holds the names of all
    stations; without any, none is unknown. `required` are the stamps that a finished mission has, `limits_s` the
    longest steps to a stamp; missions that are ordered ahead wait for their unit at most `ahead_limit_s`. Rows of one
    incident without a key are at most `same_place_m` metres apart; rows of one unit alerted within `same_alert_s`
    seconds are one mission.
    Rows with one key have calls within `key_span_s` seconds. `without` names rules that are switched off.
    """

    zone: str = "Europe/Oslo"
    local_clock: bool = True
    crs: str = "EPSG:25833"
    region: Region | None = NORWAY
    earliest: datetime = datetime(1990, 1, 1, tzinfo=UTC)
    latest: datetime | None = None
    stations: frozenset[str] = frozenset()
    required: tuple[str, ...] = FINISHED
    limits_s: Mapping[str, int] = field(default_factory=lambda: LIMITS_S)
    ahead_limit_s: int = AHEAD_S
    same_place_m: float = 5.0
    same_alert_s: int = 60
    key_span_s: int = 24 * _H
    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raises UnknownIdError where `without` names no rule of cleaning."""
        known = [name for name, rule in load_rules().items() if rule.cleans]
        for name in sorted(self.without):
            if name not in known:
                raise UnknownIdError("rule", name, known)

    def has(self, rule: str) -> bool:
        """Whether a rule is switched on."""
        return rule not in self.without
