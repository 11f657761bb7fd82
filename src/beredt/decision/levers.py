"""Levers of the break-even: what asking costs at a border, and how many units there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from beredt.model.edits.add_unit import AddUnit
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.edit import Edit
from beredt.model.edits.remove_unit import RemoveUnit
from beredt.model.edits.set_border_policy import SetBorderPolicy
from beredt.model.service import Service

Lever = Literal["ask_s", "extra_units"]

ASK: Lever = "ask_s"
UNITS: Lever = "extra_units"
LEVERS: tuple[Lever, ...] = (ASK, UNITS)


@dataclass(frozen=True, slots=True)
class Setting:
    """An alternative with one lever set: `level` in seconds of asking, or in units more (less, below 0)."""

    lever: Lever
    level: float
    service: Service


def has_new_border(service: Service, baseline: Service) -> bool:
    """Whether centres meet elsewhere or otherwise than in the baseline.

    So it is when an area or a station of both belongs to another centre, or when a border rule differs.
    """
    if set(service.border_rules) != set(baseline.border_rules):
        return True
    area_centre = {area.id: area.centre for area in baseline.areas}
    station_centre = {station.id: station.centre for station in baseline.stations}
    return any(area_centre.get(area.id, area.centre) != area.centre for area in service.areas) or any(
        station_centre.get(station.id, station.centre) != station.centre for station in service.stations
    )


def ask_settings(service: Service, ask_s: Sequence[float]) -> tuple[Setting, ...]:
    """The service with each asking delay (seconds, ≥ 0) on all its own-first borders; none without such a border."""
    asked = [rule for rule in service.border_rules if rule.policy == "own_first"]
    if not asked:
        return ()
    return tuple(
        Setting(
            ASK,
            delay,
            apply_edits(
                service,
                [
                    SetBorderPolicy(
                        asking_centre=rule.asking_centre,
                        owning_centre=rule.owning_centre,
                        urgency=rule.urgency,
                        ask_s=delay,
                    )
                    for rule in asked
                ],
                "study.toml: break_even.ask_s",
            ),
        )
        for delay in sorted(set(ask_s))
    )


def unit_settings(service: Service, station: str, kind: str, roster: str, most: int) -> tuple[Setting, ...]:
    """The service with up to `most` (≥ 0) units of a kind and roster more, or less, at a station; 0 is as it is.

    Only units of that kind and roster are taken away, the last in the table first, as far as there are any. Raises
    EditError when the station, kind or roster is not there.
    """
    there = [u.id for u in service.units if (u.station, u.kind, u.roster) == (station, kind, roster)]
    fewer = [(-n, _removals(there, n)) for n in range(min(most, len(there)), 0, -1)]
    more = [(n, _additions(service, station, kind, roster, n)) for n in range(most + 1)]
    return tuple(
        Setting(UNITS, float(level), apply_edits(service, edits, "study.toml: break_even"))
        for level, edits in [*fewer, *more]
    )


def _removals(there: Sequence[str], number: int) -> list[Edit]:
    return [RemoveUnit(unit=unit) for unit in reversed(there[len(there) - number :])]


def _additions(service: Service, station: str, kind: str, roster: str, number: int) -> list[Edit]:
    taken = {unit.id for unit in service.units}
    names = (f"break-even-{n}" for n in range(1, number + len(taken) + 1))
    free = [name for name in names if name not in taken][:number]
    return [AddUnit(id=name, station=station, unit_kind=kind, roster=roster) for name in free]
