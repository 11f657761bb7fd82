"""The tables of made-up results, with the columns that a run writes."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from tests.report.synthetic_world import URGENCIES, World

Rows = list[dict[str, Any]]
HOURS = range(24)
LEVELS = range(6)


def _estimate(world: World, value: float, spread: float) -> dict[str, float]:
    half = abs(spread) * (0.7 + 0.6 * float(world.rng.random()))
    return {"value": float(value), "low": float(value - half), "high": float(value + half)}


def levels_of(world: World, alternative: str, urgency: str, group: str) -> dict[str, tuple[str, float, float]]:
    inside = world.groups[group]
    weight = world.incidents(urgency)[inside]
    mean = world.mean_s[alternative][urgency][inside]

    def average(values: Any) -> float:
        return float(np.average(values, weights=weight + 1e-9))

    within = {m: world.share_within(alternative, urgency, m)[inside] for m in (12, 25)}
    return {
        "incidents": ("per year", float(weight.sum()), float(weight.sum()) ** 0.5 * 0.45),
        "response_mean_s": ("s", average(mean), 3.0),
        "response_median_s": ("s", average(mean) * 0.93, 3.0),
        "response_p90_s": ("s", average(mean) * 1.62, 8.0),
        "share_within_12": ("share", average(within[12]), 0.004),
        "share_within_25": ("share", average(within[25]), 0.002),
        "share_within_target": ("share", average(within[12]), 0.004),
        "nearest_station_share": ("share", 0.6 + 0.2 * float(world.rng.random()), 0.004),
        "queued_share": ("share", 0.01, 0.001),
        "bumped": ("per year", float(weight.sum()) * 0.02, 4.0),
    }


def _whole_service(world: World, alternative: str, number: int) -> Rows:
    group = world.study.settings.simultaneity
    local = group.group if group else "all"
    rows: Rows = []

    def add(measure: str, unit: str, value: float, spread: float, **keys: Any) -> None:
        base = {"alternative": alternative, "measure": measure, "urgency": "", "group": local, "hour": -1}
        rows.append({**base, **keys, "unit": unit, **_estimate(world, value, spread)})

    add("outside_missions", "per year", 3600 - 700 * number, 60)
    add("outside_first_units", "per year", 2700 - 500 * number, 50)
    add("days_without_drawn_in", "days per year", 0.4 + number, 0.3)
    add("true_conflict_hours", "h per year", 420 - 60 * number, 12)
    add("true_conflict_acute_share", "share", 0.06 - 0.01 * number, 0.002, urgency="A")
    add("true_conflict_time_h", "h per year", 200 - 30 * number, 6)
    add("hours_without_free_local", "h per year", 460 - 60 * number, 12)
    add("hours_with_one_free_local", "h per year", 980 - 80 * number, 15)
    add("hours_without_free_any", "h per year", 0.2, 0.1, group="all")
    for level in range(1, 6):
        add(f"drawn_in_hours_level_{level}", "h per year", 3000 / level**2, 20)
    for hour in HOURS:
        shape = 1.0 + np.sin((hour - 8) / 24 * 2 * np.pi) * 0.6
        add("drawn_in_mean", "units", 0.9 * shape, 0.05, hour=hour)
        for urgency in ("A", "H"):
            night = 40.0 if hour < 7 else 0.0
            add("response_mean_s", "s", 640 + night - 8 * number, 8, hour=hour, urgency=urgency, group="all")
            add("share_within_target", "share", 0.8 - night / 800 + 0.01 * number, 0.01, hour=hour, urgency=urgency)
    for kind, table in (("centre", world.study.service.centres), ("organisation", world.study.service.organisations)):
        ids = [row.id for row in table][:3]
        for a in ids:
            for b in ids:
                if a != b:
                    for urgency in URGENCIES:
                        value = 40 + 900 * float(world.rng.random()) / (1 + number)
                        add("missions_across", "per year", value, 20, group=f"{kind}:{a}>{b}", urgency=urgency)
    add("asked", "per year", 300 + 900 * number, 25, group="all")
    add("km", "km per year", 4.1e6 + 3e4 * number, 5e3, group="all")
    add("active_h", "h per year", 1.2e5, 300, group="all")
    add("overtime_h", "h per year", 5200, 60, group="all")
    return rows


def indicator_tables(world: World) -> dict[str, pl.DataFrame]:
    rows: Rows = []
    for number, alternative in enumerate(world.services):
        for group in world.groups:
            for urgency in URGENCIES:
                for measure, (unit, value, spread) in levels_of(world, alternative, urgency, group).items():
                    keys = {"alternative": alternative, "measure": measure, "urgency": urgency, "group": group}
                    rows.append({**keys, "hour": -1, "unit": unit, **_estimate(world, value, spread)})
        rows += _whole_service(world, alternative, number)
    indicators = pl.DataFrame(rows).with_columns(replications=pl.lit(world.study.settings.simulation.replications))
    key = ["measure", "urgency", "group", "hour", "unit"]
    parts = []
    for baseline in ("today", "0+"):
        base = indicators.filter(pl.col("alternative") == baseline)
        joined = indicators.filter(pl.col("alternative") != baseline).join(base, on=key, suffix="_base")
        half = (pl.col("high") - pl.col("low")) * 0.25 + 1e-12
        difference = pl.col("value") - pl.col("value_base")
        same = difference.abs() < 1e-12
        parts.append(
            joined.with_columns(
                baseline=pl.lit(baseline),
                value=difference,
                low=pl.when(same).then(difference).otherwise(difference - half),
                high=pl.when(same).then(difference).otherwise(difference + half),
            ).select("baseline", *indicators.columns)
        )
    return {"indicators": indicators, "differences": pl.concat(parts)}


def area_tables(world: World) -> dict[str, pl.DataFrame]:
    areas: Rows = []
    flows: dict[tuple[str, str, str, str], float] = {}
    for alternative, service in world.services.items():
        for number, area in enumerate(world.study.service.areas):
            for urgency in ("A", "H"):
                incidents = float(world.incidents(urgency)[number])
                areas.append(
                    {
                        "alternative": alternative,
                        "area": area.id,
                        "urgency": urgency,
                        "incidents": incidents,
                        "mean_s": float(world.mean_s[alternative][urgency][number]),
                        "share_within_target": float(world.share_within(alternative, urgency, 12)[number]),
                        "nearest_station_share": 0.7,
                    }
                )
            nearest = int(world.nearest[alternative][number])
            for urgency in URGENCIES:
                incidents = float(world.incidents(urgency)[number])
                for step, share in ((0, 0.7), (1, 0.2), (2, 0.1)):
                    station = service.stations[(nearest + step) % len(service.stations)].id
                    key = (alternative, station, world.zone(number), urgency)
                    flows[key] = flows.get(key, 0.0) + incidents * share
    flow_rows = [
        {"alternative": a, "station": s, "zone": z, "urgency": u, "counting": counting, "value": v * factor,
         "low": v * factor * 0.97, "high": v * factor * 1.03}
        for (a, s, z, u), v in sorted(flows.items())
        for counting, factor in (("missions", 1.25), ("first_units", 1.0))
    ]  # fmt: skip
    return {"areas": pl.DataFrame(areas), "flows": pl.DataFrame(flow_rows)}


def unit_tables(world: World) -> dict[str, pl.DataFrame]:
    rows: Rows = []
    for alternative, service in world.services.items():
        for unit in service.units:
            duty = 8760.0 if "all" in unit.roster else 4380.0
            use = 0.18 + 0.35 * float(world.rng.random())
            rows.append(
                {"alternative": alternative, "unit": unit.id, "station": unit.station, "kind": unit.kind,
                 "duty_h": duty, "overtime_h": duty * 0.01, "active_h": duty * use, "standby_h": duty * 0.08,
                 "driving_home_h": duty * 0.06, "missions": duty * use * 1.02, "km": duty * use * 18.0,
                 "utilisation": use}
            )  # fmt: skip
    simultaneity: Rows = []
    hours: Rows = []
    days = world.study.settings.simulation.days
    for number, alternative in enumerate(world.services):
        for hour in HOURS:
            rate = 1.1 * (1.0 + np.sin((hour - 9) / 24 * 2 * np.pi) * 0.7) / (1 + 0.3 * number)
            drawn = np.minimum(world.rng.poisson(rate, days), 9)
            for day in range(days):
                simultaneity.append(
                    {"alternative": alternative, "day": day, "hour": hour, "drawn_in": int(drawn[day]),
                     "free_local_least": int(max(0, 4 - drawn[day]))}
                )  # fmt: skip
            for level in LEVELS:
                share = float(np.mean(drawn == level if level < 5 else drawn >= 5))
                hours.append(
                    {"alternative": alternative, "hour": hour, "level": level, "share": share,
                     "low": max(0.0, share - 0.01), "high": share + 0.01}
                )  # fmt: skip
    return {
        "units": pl.DataFrame(rows),
        "simultaneity": pl.DataFrame(simultaneity).sort("alternative", "day", "hour"),
        "simultaneity_hours": pl.DataFrame(hours),
    }


def other_tables(world: World) -> dict[str, pl.DataFrame]:
    study = world.study
    services = world.services
    exceedance = [
        {"alternative": alternative, "group": group, "urgency": urgency, "minutes": step / 2,
         "share_later": float(
             np.average(1.0 - world.share_within(alternative, urgency, step / 2)[inside], weights=world.people[inside])
         ) if step else 1.0}
        for alternative in services
        for group, inside in world.groups.items()
        for urgency in ("A", "H")
        for step in range(121)
    ]  # fmt: skip
    gate, settings = study.settings.gate, study.settings.break_even
    points: Rows = []
    curve: Rows = []
    if gate and settings:
        for number, alternative in enumerate(a for a in services if a not in ("today", gate.baseline)):
            for lever, levels in (("ask_s", settings.ask_s), ("extra_units", range(settings.max_units + 1))):
                for level in levels:
                    worse = level / 60.0 if lever == "ask_s" else -level
                    for group in gate.groups:
                        difference = 2.0 - 0.9 * worse - number
                        verdict = "meets" if difference > 0 else "undecided" if difference > -1.5 else "fails"
                        curve.append(
                            {"alternative": alternative, "lever": lever, "level": float(level), "group": group,
                             "measure": "share_within_target", "difference": difference, "low": difference - 0.4,
                             "high": difference + 0.4, "verdict": verdict}
                        )  # fmt: skip
                points.append(
                    {"alternative": alternative, "lever": lever, "level_low": 95.0, "level": 120.0 - 40 * number,
                     "level_high": 150.0, "interval_low": 90.0, "interval_high": 160.0, "holds_at_smallest": True,
                     "holds_at_largest": number == 0, "smallest": 0.0, "largest": 240.0}
                )  # fmt: skip
    published = [
        {"id": one.id, "indicator": one.indicator, "unit": one.unit, "printed": one.value,
         "simulated": one.value * factor, "low": one.value * (factor - 0.03), "high": one.value * (factor + 0.03),
         "deviation": one.value * (factor - 1), "deviation_share": factor - 1, "within": abs(factor - 1) < 0.1,
         "tolerance": abs(one.value) * 0.1, "source": one.source, "note": one.note or ""}
        for number, one in enumerate(study.published)
        for factor in (1.9 if number < 2 else 0.92 + 0.02 * (number % 9),)
    ]  # fmt: skip
    zones = list(dict.fromkeys(world.zone(number) for number in range(len(study.service.areas))))
    reach = [
        {"station": station.id, "minutes": minutes, "zone": zone, "people": 1000.0 * minutes,
         "share": min(1.0, minutes / 25 * float(world.rng.random()) * 1.6)}
        for station in study.service.stations
        for minutes in (10, 15, 20)
        for zone in zones
    ]  # fmt: skip
    facts = [
        {"station": study.service.stations[0].id, "zone": zone, "minutes": 10, "verdict": verdict, "share": share}
        for zone, verdict, share in zip(
            zones, ("reproduced", "touched", "not_reproduced"), (0.92, 0.3, 0.01), strict=False
        )
    ]
    people = [
        {"measure": "near_border", "what": "a/b", "year": 2026, "value": 85164.0, "printed": 90000.0},
        {"measure": "nearest_station", "what": "a:x", "year": 2026, "value": 50531.0, "printed": 43000.0},
        {
            "measure": "population",
            "what": study.service.municipalities[0].id,
            "year": 2026,
            "value": 130512.0,
            "printed": None,
        },
    ]
    tables = {
        "exceedance": exceedance, "break_even": curve, "break_even_points": points, "published": published,
        "reach": reach, "reach_facts": facts, "people": people,
    }  # fmt: skip
    return {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in tables.items() if rows}
