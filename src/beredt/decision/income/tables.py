"""Tables `income_shares` and `income_effects`.

Effects stand beside costs and are never added to them: what one organisation gains another loses, and no service
becomes dearer or cheaper by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.frames import Cell, result_frame
from beredt.decision.income.model import Component, IncomeModel, read_income_model
from beredt.decision.income.shares import Ground, corrections, shares
from beredt.demand.population import people_by_age
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
M2_PER_KM2 = 1e6


class Part(NamedTuple):
    """What organisations have of a component: shares, and NOK of correction, (organisations,) each."""

    share: F8
    correction: F8


def income_tables(study: Study, services: Mapping[str, Service]) -> dict[str, pl.DataFrame]:
    """Both tables; without rows where the study brings no weights, or does not know who lives where.

    Args:
        study: with whatever tables of an income model it brings.
        services: finished service by alternative id, today among them.
    """
    model = read_income_model(study.decision)
    rows: list[dict[str, Cell]] = []
    effects: list[dict[str, Cell]] = []
    years = study.population["year"].to_list() if "year" in study.population.columns else []
    if model is not None and study.settings.study.year in years:
        ground = ground_of(study)
        organisations = [one.id for one in study.service.organisations]
        parts = {
            name: {one.id: part_of(one, model, ground, study, service, organisations) for one in model.components}
            for name, service in services.items()
        }
        rows = [row for name in services for row in _share_rows(name, model, parts[name], organisations)]
        gate = study.settings.gate
        baseline = gate.baseline if gate and gate.baseline in services else TODAY
        for name in services:
            if name not in (TODAY, baseline):
                effects += _effect_rows(baseline, name, model, parts[baseline], parts[name], organisations)
    return {
        "income_shares": result_frame("income_shares", rows),
        "income_effects": result_frame("income_effects", effects),
    }


def ground_of(study: Study) -> Ground:
    """People by age, km² and zones of the study's areas."""
    areas = study.service.areas
    people = people_by_age(areas, study.population, study.age_shares, study.settings.study.year)
    zones = [(one.municipality, one.district) if one.district else (one.municipality,) for one in areas]
    return Ground(people, np.array([one.size_m**2 / M2_PER_KM2 for one in areas]), zones)


def part_of(
    component: Component,
    model: IncomeModel,
    ground: Ground,
    study: Study,
    service: Service,
    organisations: Sequence[str],
) -> Part:
    """What each organisation has of a component in an alternative."""
    owner = owners(component, study, service, organisations)
    return Part(
        shares(component, model, ground, owner, organisations),
        corrections(component, model, ground, owner, organisations),
    )


def owners(component: Component, study: Study, service: Service, organisations: Sequence[str]) -> I8:
    """Index of the organisation to which each area's part of a component goes: int64 (areas,)."""
    followed = study.service if component.follows == "nothing" else service
    if component.follows == "centre":
        of_centre = {one.id: one.organisation for one in followed.centres}
        return np.array([organisations.index(of_centre[area.centre]) for area in followed.areas], np.int64)
    return np.array([organisations.index(area.organisation) for area in followed.areas], np.int64)


def _share_rows(
    alternative: str, model: IncomeModel, parts: Mapping[str, Part], organisations: Sequence[str]
) -> list[dict[str, Cell]]:
    rows: list[dict[str, Cell]] = []
    for one in model.components:
        part = parts[one.id]
        for number, organisation in enumerate(organisations):
            share, correction = float(part.share[number]), float(part.correction[number])
            if share or correction:
                rows.append(
                    {
                        "alternative": alternative,
                        "component": one.id,
                        "organisation": organisation,
                        "share": share,
                        "amount_nok": None if one.amount_nok is None else one.amount_nok * share,
                        "correction_nok": None if one.amount_nok is None else correction,
                    }
                )
    return rows


def _effect_rows(
    baseline: str,
    alternative: str,
    model: IncomeModel,
    before: Mapping[str, Part],
    after: Mapping[str, Part],
    organisations: Sequence[str],
) -> list[dict[str, Cell]]:
    rows: list[dict[str, Cell]] = []
    for one in model.components:
        share = after[one.id].share - before[one.id].share
        correction = after[one.id].correction - before[one.id].correction
        for number, organisation in enumerate(organisations):
            if before[one.id].share[number] or after[one.id].share[number] or correction[number]:
                change = None
                if one.amount_nok is not None:
                    change = float(one.amount_nok * share[number] + correction[number])
                rows.append(
                    {
                        "baseline": baseline,
                        "alternative": alternative,
                        "component": one.id,
                        "organisation": organisation,
                        "share_change": float(share[number]),
                        "change_nok": change,
                    }
                )
    return rows
