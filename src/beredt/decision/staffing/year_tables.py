"""Tables about staff over years: a projection where ages are known, and a yardstick where they are not."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.ranges import Range, spread_of
from beredt.decision.staffing.cohorts import YEARS, by_age, missing_figures, project
from beredt.decision.staffing.people_served import AMBULANCE
from beredt.model.alternative import TODAY
from beredt.model.study import Study

EVERYBODY = "all"
Rows = list[dict[str, Cell]]


def years_tables(study: Study, staff: pl.DataFrame, figures: Mapping[str, Range]) -> dict[str, pl.DataFrame]:
    """Tables `staff_years` and `staff_retiring`.

    Args:
        study: with or without the table `staff_ages`.
        staff: the table `staff`.
        figures: of the table `staff_figures`.
    """
    needs = fte_by_organisation(staff)
    return {
        "staff_years": result_frame("staff_years", _years(study, needs, figures)),
        "staff_retiring": result_frame("staff_retiring", _retiring(needs, figures.get("retiring_elsewhere_share"))),
    }


def fte_by_organisation(staff: pl.DataFrame) -> dict[tuple[str, str], float]:
    """Full-time equivalents on units: (alternative, organisation) → FTE; `all` for every organisation together."""
    found: dict[tuple[str, str], float] = {}
    rows = staff.filter((pl.col("work") == AMBULANCE) & pl.col("fte").is_not_null())
    for alternative, organisation, fte in rows.select("alternative", "organisation", "fte").iter_rows():
        for key in (organisation, EVERYBODY):
            found[alternative, key] = found.get((alternative, key), 0.0) + fte
    return found


def _years(study: Study, needs: Mapping[tuple[str, str], float], figures: Mapping[str, Range]) -> Rows:
    """All organisations together: who is transferred is still there, and only the need differs between alternatives."""
    ages = study.decision.get("staff_ages")
    if ages is None or ages.is_empty() or missing_figures(figures) or (TODAY, EVERYBODY) not in needs:
        return []
    now = by_age(ages, None)
    rows: Rows = []
    for (alternative, organisation), need in needs.items():
        if organisation != EVERYBODY:
            continue
        found = project(now, need, figures, 1.0, study.settings.simulation.seed)
        for year in range(YEARS + 1):
            row: dict[str, Cell] = {"alternative": alternative, "year": study.settings.study.year + year}
            for name in ("staff", "need"):
                row |= _cells(name, getattr(found, name)[:, year])
            row |= _cells("gap", found.staff[:, year] - found.need[:, year])
            for name in ("retired", "left", "joined"):
                row |= {name: spread_of(getattr(found, name)[:, year]).middle}
            rows.append(row)
    return rows


def _cells(name: str, values: object) -> dict[str, Cell]:
    spread = spread_of(values)  # type: ignore[arg-type]  # an array of draws
    return {f"{name}_low": spread.low, name: spread.middle, f"{name}_high": spread.high}


def _retiring(needs: Mapping[tuple[str, str], float], share: Range | None) -> Rows:
    if share is None:
        return []
    return [
        {
            "alternative": alternative,
            "organisation": organisation,
            "fte": fte,
            "retiring_low": fte * share.low,
            "retiring": fte * share.likely,
            "retiring_high": fte * share.high,
        }
        for (alternative, organisation), fte in needs.items()
    ]
