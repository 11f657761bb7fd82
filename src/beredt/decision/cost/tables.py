"""Tables about cost: what changes, what it costs with its range, and which prices are missing.

A price that nobody has given is named in `missing`, and no sum that needs it is told. Nothing is taken to be 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from beredt.decision.cost.overrun import P50, P85, overrun_draws
from beredt.decision.cost.quantities import (
    ALL,
    PRICES,
    Key,
    differences,
    fleet_quantities,
    staff_changes,
    uncrewed_items,
    unit_of,
    unstated_items,
)
from beredt.decision.frames import Cell, result_frame
from beredt.decision.ranges import DRAWS, F8, Range, draw, read_ranges, spread_of
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study

RUNNING, ONE_OFF = "running", "one_off"
NO_ROWS, NO_DESKS, NO_CREWS = "one_off_costs.csv", "desks.csv", "crews.csv"
NO_NET_HOURS = "staff_figures.csv: net_hours"


def cost_tables(
    study: Study, services: Mapping[str, Service], tables: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Tables `cost` and `cost_one_off`, without rows where the study tells no money.

    Args:
        study: with or without prices.
        services: finished service by alternative id, today and the baseline among them.
        tables: of results: `units`, `staff_changes` and `staff_unstated`.
    """
    rows: list[dict[str, Cell]] = []
    once: list[dict[str, Cell]] = []
    if study.settings.report.money:
        prices = read_ranges(study.decision.get("cost_figures"))
        seed = study.settings.simulation.seed
        gate = study.settings.gate
        baseline = gate.baseline if gate and gate.baseline in services else TODAY
        levels = {
            name: fleet_quantities(service, tables["units"].filter(pl.col("alternative") == name))
            for name, service in services.items()
        }
        once = [row for name in services for row in _one_off_rows(study, name, prices, seed)]
        for name in services:
            if name not in (TODAY, baseline):
                changed = staff_changes(tables["staff_changes"], baseline, name)
                changed |= differences(levels[name], levels[baseline])
                place: dict[str, Cell] = {"baseline": baseline, "alternative": name}
                unstated = dict.fromkeys(unstated_items(tables["staff_unstated"], name), NO_DESKS)
                if "staff" in tables:
                    unstated |= dict.fromkeys(uncrewed_items(tables["staff"], name, baseline), NO_CREWS)
                rows += [place | row for row in _running_rows(changed, unstated, levels[name], prices, seed)]
                rows += [place | row for row in _one_off_sums(study, name, prices, seed)]
    return {"cost": result_frame("cost", rows), "cost_one_off": result_frame("cost_one_off", once)}


def _running_rows(
    changed: Mapping[Key, float | None],
    unstated: Mapping[Key, str],
    level: Mapping[Key, float],
    prices: Mapping[str, Range],
    seed: int,
) -> Iterator[dict[str, Cell]]:
    for organisation in sorted({key[0] for key in (*changed, *unstated)}, key=lambda one: (one != ALL, one)):
        draws: list[F8] = []
        missing: list[str] = []
        for item, price in PRICES.items():
            key = organisation, item
            if key not in changed and key not in unstated:
                continue
            amount = changed.get(key)
            found, lacking = (None, [unstated[key]]) if key in unstated else _priced(amount, price, prices, seed)
            missing += lacking
            draws += [] if found is None else [found]
            yield {
                "organisation": organisation, "item": item, "level": level.get(key), "change": amount,
                "unit": unit_of(item), **_nok(found), "missing": ";".join(lacking),
            }  # fmt: skip
        total = None if missing else np.sum(draws, axis=0)
        yield {
            "organisation": organisation, "item": RUNNING, "level": None, "change": None, "unit": "NOK per year",
            **_nok(total), "missing": ";".join(dict.fromkeys(missing)),
        }  # fmt: skip


def _priced(amount: float | None, price: str, prices: Mapping[str, Range], seed: int) -> tuple[F8 | None, list[str]]:
    """Draws of what an amount costs, or what is missing for it; no change costs nothing whatever the price."""
    if amount is None:
        return None, [NO_NET_HOURS]
    if abs(amount) < 1e-9:
        return np.zeros(DRAWS), []
    if price not in prices:
        return None, [price]
    return amount * draw(prices[price], seed, price), []


def _one_off_items(study: Study, alternative: str) -> Sequence[Mapping[str, object]]:
    frame = study.decision.get("one_off_costs")
    if frame is None or frame.is_empty():
        return []
    return list(frame.filter(pl.col("alternative") == alternative).iter_rows(named=True))


def _item_draws(row: Mapping[str, object], seed: int) -> F8:
    low, likely, high = (float(str(row[end])) for end in ("low", "likely", "high"))
    return draw(Range(low, likely, high), seed, f"one_off:{row['id']}")


def _one_off_rows(study: Study, alternative: str, prices: Mapping[str, Range], seed: int) -> Iterator[dict[str, Cell]]:
    """Every item before and after overrun."""
    factor = overrun_draws(prices, seed)
    for row in _one_off_items(study, alternative):
        before = _item_draws(row, seed)
        estimate = spread_of(before)
        yield {
            "alternative": alternative, "id": str(row["id"]), "organisation": str(row["organisation"]),
            "kind": str(row["kind"]), "name_en": str(row["name_en"]), "name_nb": str(row["name_nb"]),
            "estimate_low": estimate.low, "estimate": estimate.middle, "estimate_high": estimate.high,
            **_nok(None if factor is None else before * factor), "source": str(row["source"]),
        }  # fmt: skip


def _one_off_sums(study: Study, alternative: str, prices: Mapping[str, Range], seed: int) -> Iterator[dict[str, Cell]]:
    """The sums by organisation, overrun among them; one row that asks for them where there are none."""
    factor = overrun_draws(prices, seed)
    items = _one_off_items(study, alternative)
    missing = [] if items else [NO_ROWS]
    missing += [] if factor is not None else [one for one in (P50, P85) if one not in prices]
    owners = dict.fromkeys([ALL, *sorted({str(row["organisation"]) for row in items})])
    for owner in owners:
        total = None
        if factor is not None and items:
            own = [_item_draws(row, seed) for row in items if owner in (ALL, row["organisation"])]
            total = np.sum(own, axis=0) * factor
        yield {
            "organisation": owner, "item": ONE_OFF, "level": None, "change": None, "unit": "NOK",
            **_nok(total), "missing": ";".join(missing),
        }  # fmt: skip


def _nok(draws: F8 | None) -> dict[str, Cell]:
    """The columns nok_low, nok and nok_high."""
    if draws is None:
        return {"nok_low": None, "nok": None, "nok_high": None}
    spread = spread_of(np.atleast_1d(draws))
    return {"nok_low": spread.low, "nok": spread.middle, "nok_high": spread.high}
