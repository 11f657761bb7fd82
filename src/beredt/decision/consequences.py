"""Table `consequences`: what every alternative asks of units and does for patients, and how that differs from today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.decision.frames import result_frame
from beredt.decision.level_and_change import level_and_change
from beredt.decision.ranges import read_ranges
from beredt.indicators.kilometres.carbon import KG_PER_TONNE
from beredt.indicators.measures.units import unit_values
from beredt.indicators.observed import F8, I8, CrisesSeen
from beredt.indicators.paths.tally_paths import PathTally
from beredt.indicators.runs import YEAR_DAYS
from beredt.indicators.tally import Tally
from beredt.model.alternative import TODAY
from beredt.model.outcome_condition import SURVIVAL
from beredt.model.service import Service
from beredt.model.study import Study

OF_UNITS = ("duty_h", "active_h", "missions", "km")
UNITS = {"duty_h": "h per year", "active_h": "h per year", "km": "km per year", "co2_t": "t per year",
         "crisis_h": "h per year"}  # fmt: skip
"""Units of measures that are not counts per year."""

SECONDS_PER_H = 3_600.0
SECONDS_PER_DAY = 86_400.0


class Key(NamedTuple):
    """What names a figure: `of` is the hospital, the condition or the centre, empty for all."""

    measure: str
    of: str = ""


def consequences_table(
    study: Study, services: Mapping[str, Service], tallies: Mapping[str, Sequence[Tally]]
) -> pl.DataFrame:
    """The table: units and deliveries always; carbon dioxide and survivors where the study states what they need.

    Args:
        study: for what a kilometre costs (`climate_figures`) and its conditions.
        services: by alternative, today among them.
        tallies: of the same alternatives; of `tally_with_paths` for survivors.
    """
    values = {name: consequence_values(study, services[name], rows) for name, rows in tallies.items()}
    keys = _in_order(values.values())
    # To a hospital that is not there nobody is taken, and without rules nobody follows them.
    none = np.zeros(len(tallies[TODAY]))
    rows = [
        {
            "alternative": name,
            **key._asdict(),
            "unit": UNITS.get(key.measure, "per year"),
            **level_and_change(own.get(key, none), values[TODAY].get(key, none)),
        }
        for name, own in values.items()
        for key in keys
    ]
    return result_frame("consequences", rows)


def _in_order(values: Iterable[Mapping[Key, F8]]) -> list[Key]:
    """Every figure that any alternative has, those of a measure together."""
    keys = list(dict.fromkeys(key for own in values for key in own))
    measures = list(dict.fromkeys(key.measure for key in keys))
    return sorted(keys, key=lambda key: measures.index(key.measure))


def consequence_values(study: Study, service: Service, tallies: Sequence[Tally]) -> dict[Key, F8]:
    """All figures of one alternative per year, [R] each.

    Carbon dioxide is kilometres times the likely figure per kilometre: its spread is that of kilometres alone.
    """
    per_year = YEAR_DAYS / tallies[0].days
    fleet = unit_values(np.stack([one.units.sum(axis=0) for one in tallies]), per_year)
    found = {Key(name): fleet[name] for name in OF_UNITS}
    carbon = read_ranges(study.decision.get("climate_figures")).get("co2_kg_per_km")
    if carbon is not None:
        found[Key("co2_t")] = fleet["km"] * carbon.likely / KG_PER_TONNE
    found |= _crises(service, [one.crises for one in tallies if one.crises is not None])
    found |= _delivered(service, [_taken(one) for one in tallies], per_year)
    paths = [one.paths for one in tallies if one.paths is not None]
    if len(paths) < len(tallies):
        return found
    return found | _survivors(study, paths, per_year)


def _crises(service: Service, seen: Sequence[CrisesSeen]) -> dict[Key, F8]:
    """Crises and hours in them a year, of centres that have rules for one; warm-up and cool-down count as they last."""
    found = {}
    for c, centre in enumerate(service.centres):
        if seen and any(rule.centre == centre.id for rule in service.crisis_rules):
            found[Key("crises", centre.id)] = np.array([one.begun[c] / _years(one) for one in seen])
            found[Key("crisis_h", centre.id)] = np.array([one.in_s[c] / SECONDS_PER_H / _years(one) for one in seen])
    return found


def _years(seen: CrisesSeen) -> float:
    return seen.span_s / (YEAR_DAYS * SECONDS_PER_DAY)


def _taken(one: Tally) -> I8 | None:
    """Patients by place: with their first call, where some call twice."""
    return one.delivered if one.paths is None else one.paths.delivered


def _delivered(service: Service, taken: Sequence[I8 | None], per_year: float) -> dict[Key, F8]:
    known = [one for one in taken if one is not None]
    if len(known) < len(taken):
        return {}
    delivered = np.stack(known, axis=-1) * per_year  # [H, R]
    found = {Key("delivered"): delivered.sum(axis=0)}
    return found | {Key("delivered", one.id): delivered[h] for h, one in enumerate(service.hospitals)}


def _survivors(study: Study, paths: Sequence[PathTally], per_year: float) -> dict[Key, F8]:
    conditions = study.demand.get("conditions")
    if conditions is None:
        return {}
    return {
        Key("survivors", row["id"]): np.array([one.outcomes.survivors[c] for one in paths]) * per_year
        for c, row in enumerate(conditions.iter_rows(named=True))
        if row["measure"] == SURVIVAL
    }
