"""From tallies to the tables of results: the same tallies always give the same rows in the same order.

Columns, their types and what names a row stand in the field dictionary, `model/fields/results/<table>.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from beredt.errors import UnknownIdError
from beredt.indicators.area_response import AreaCount
from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.estimate import Estimate, estimate, paired_difference
from beredt.indicators.exceedance import STEP_MS, STEPS
from beredt.indicators.flows import Counting
from beredt.indicators.free_units import FLEET_LOCAL
from beredt.indicators.group_response import Count
from beredt.indicators.measures.block import ALL, ALL_HOURS, ratio
from beredt.indicators.measures.catalogue import load_measures
from beredt.indicators.measures.flows import COUNTING_NAMES
from beredt.indicators.measures.units import unit_values
from beredt.indicators.measures.values import KEYS, IndicatorValues, indicator_values
from beredt.indicators.moments import MS_PER_S
from beredt.indicators.observed import GROUP_ALL, I4, I8, URGENCY_COUNT, Frame
from beredt.indicators.runs import Runs
from beredt.indicators.simultaneity import LEVELS
from beredt.indicators.tally import Tally
from beredt.model.dictionary import load_fields
from beredt.model.urgency import URGENCIES

MS_PER_MIN = 60 * MS_PER_S

_EVERYTHING: Mapping[str, Any] = {"measure": None, "urgency": ALL, "group": GROUP_ALL, "hour": ALL_HOURS}
"""What names an indicator where nothing else is said."""

_POLARS_TYPES = {"int": pl.Int64, "float": pl.Float64}


def indicator_tables(
    frames: Mapping[str, Frame],
    tallies: Mapping[str, Sequence[Tally]],
    baselines: Sequence[str],
    by_replication: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> dict[str, pl.DataFrame]:
    """Make every table that tallies alone can fill.

    Args:
        frames: By alternative.
        tallies: By alternative, in order of the replication; the same replications for all.
        baselines: Alternatives that all others are compared with.
        by_replication: Indicators whose values are kept one by one, as `replications_table` wants them.

    Returns:
        By name: indicators, differences, replications, areas, flows, simultaneity, simultaneity_hours, units,
        exceedance.

    Raises:
        UnknownIdError: A baseline is not among the alternatives.
        ValueError: An alternative has another number of replications than a baseline.
    """
    runs = {alternative: Runs(frame, tallies[alternative]) for alternative, frame in frames.items()}
    values = {alternative: indicator_values(one) for alternative, one in runs.items()}
    return {
        "indicators": indicators_table(values),
        "differences": differences_table(values, baselines),
        "replications": replications_table(values, by_replication),
        "areas": areas_table(runs),
        "flows": flows_table(runs),
        "simultaneity": simultaneity_table(runs),
        "simultaneity_hours": simultaneity_hours_table(runs),
        "units": units_table(runs),
        "exceedance": exceedance_table(runs),
    }


def indicators_table(values: Mapping[str, IndicatorValues]) -> pl.DataFrame:
    """Every indicator of every alternative, with its interval."""
    return _table("indicators", (_estimates(a, v.keys, estimate(v.values)) for a, v in values.items()))


def replications_table(values: Mapping[str, IndicatorValues], wanted: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    """The value in every replication of the indicators that are wanted.

    Args:
        values: By alternative.
        wanted: By the id under which the table holds it, what names an indicator: measure, and, where it is not all,
            urgency, group and hour. Alternatives that lack one have no rows for it.
    """
    rows = []
    for name, keys in wanted.items():
        same = [pl.col(key) == keys.get(key, default) for key, default in _EVERYTHING.items()]
        for alternative, own in values.items():
            for place in own.keys.select(pl.arg_where(pl.all_horizontal(same))).to_series():
                drawn = own.values[place]
                rows.append(
                    {
                        "id": [name] * len(drawn),
                        "alternative": [alternative] * len(drawn),
                        "replication": np.arange(len(drawn)),
                        "value": drawn,
                    }
                )
    return _table("replications", rows)


def differences_table(values: Mapping[str, IndicatorValues], baselines: Sequence[str]) -> pl.DataFrame:
    """Paired differences of every indicator that both an alternative and a baseline have."""

    def parts() -> Iterable[dict[str, Any]]:
        for baseline in baselines:
            if baseline not in values:
                raise UnknownIdError("alternative", baseline, values)
            base = values[baseline]
            for alternative, own in values.items():
                if alternative != baseline:
                    both = _common_rows(own.keys, base.keys)
                    difference = paired_difference(own.values[both["row"]], base.values[both["base_row"]])
                    yield {"baseline": baseline, **_estimates(alternative, both, difference)}

    return _table("differences", parts())


def areas_table(runs: Mapping[str, Runs]) -> pl.DataFrame:
    """Response by area and urgency, all replications taken together; only areas that had an incident."""

    def parts() -> Iterable[dict[str, Any]]:
        for alternative, (frame, tallies) in runs.items():
            counts = _total(tally.areas.counts for tally in tallies)
            response_ms = _total(tally.areas.response_ms for tally in tallies)
            area, k = np.nonzero(counts[..., AreaCount.INCIDENTS])
            incidents, served, within, nearest = counts[area, k].T
            has_target = np.isfinite(frame.area_target_s[area, k])
            yield {
                "alternative": alternative,
                "area": np.array(frame.area_ids)[area],
                "urgency": np.array(URGENCIES)[k],
                "incidents": incidents / len(tallies) * runs[alternative].per_year,
                "mean_s": ratio(response_ms[area, k], served) / MS_PER_S,
                "share_within_target": np.where(has_target, ratio(within, incidents), np.nan),
                "nearest_station_share": ratio(nearest, served),
            }

    return _table("areas", parts())


def flows_table(runs: Mapping[str, Runs]) -> pl.DataFrame:
    """Missions from stations to zones; only pairs with a mission in some replication."""

    def parts() -> Iterable[dict[str, Any]]:
        for alternative, one in runs.items():
            flows = np.stack([tally.flows.stations for tally in one.tallies], axis=-1)  # [S, Z, 3, counting, R]
            station, zone, k, counting = np.nonzero(flows.any(axis=-1))
            found = estimate(flows[station, zone, k, counting].astype(np.float64) * one.per_year)
            yield {
                "alternative": alternative,
                "station": np.array(one.frame.station_ids)[station],
                "zone": np.array(one.frame.zone_ids)[zone],
                "urgency": np.array(URGENCIES)[k],
                "counting": [COUNTING_NAMES[Counting(code)] for code in counting.tolist()],
                "value": found.value,
                "low": found.low,
                "high": found.high,
            }

    return _table("flows", parts())


def simultaneity_table(runs: Mapping[str, Runs]) -> pl.DataFrame:
    """Every hour of replication 0, a generated year; no rows without a local group."""

    def parts() -> Iterable[dict[str, Any]]:
        for alternative, (frame, tallies) in runs.items():
            if frame.local_group:
                drawn_in = tallies[0].simultaneity.drawn_in
                day, hour = np.indices(drawn_in.shape)
                yield {
                    "alternative": alternative,
                    "day": day.ravel(),
                    "hour": hour.ravel(),
                    "drawn_in": drawn_in.ravel(),
                    "free_local_least": tallies[0].free.least[FLEET_LOCAL].ravel(),
                }

    return _table("simultaneity", parts())


def simultaneity_hours_table(runs: Mapping[str, Runs]) -> pl.DataFrame:
    """How often each number of units was drawn in, by clock hour; no rows without a local group."""

    def parts() -> Iterable[dict[str, Any]]:
        for alternative, (frame, tallies) in runs.items():
            if frame.local_group:
                drawn_in = np.stack([tally.simultaneity.drawn_in for tally in tallies], axis=-1)  # [D, 24, R]
                levels = np.minimum(drawn_in, LEVELS - 1)
                shares = np.stack([(levels == level).mean(axis=0) for level in range(LEVELS)], axis=1)
                hour, level = np.indices(shares.shape[:2])
                found = estimate(shares)
                yield {
                    "alternative": alternative,
                    "hour": hour.ravel(),
                    "level": level.ravel(),
                    "share": found.value.ravel(),
                    "low": found.low.ravel(),
                    "high": found.high.ravel(),
                }

    return _table("simultaneity_hours", parts())


def units_table(runs: Mapping[str, Runs]) -> pl.DataFrame:
    """What every unit does in a year, mean over replications."""

    def parts() -> Iterable[dict[str, Any]]:
        for alternative, one in runs.items():
            frame, sums = one.frame, np.stack([tally.units for tally in one.tallies], axis=1)  # [U, R, what]
            means = {name: estimate(values).value for name, values in unit_values(sums, one.per_year).items()}
            yield {
                "alternative": alternative,
                "unit": frame.unit_ids,
                "station": np.array(frame.station_ids)[frame.unit_station],
                "kind": np.array(frame.kind_ids)[frame.unit_kind],
                **means,
            }

    return _table("units", parts())


def exceedance_table(runs: Mapping[str, Runs]) -> pl.DataFrame:
    """Share of incidents reached later than each half minute, all replications taken together."""

    def parts() -> Iterable[dict[str, Any]]:
        for alternative, (frame, tallies) in runs.items():
            later = _total(tally.exceedance for tally in tallies)  # [G, 3, STEPS]
            cells = np.s_[:, :URGENCY_COUNT, WHOLE_DAY, Count.INCIDENTS]
            incidents = _total(tally.response.counts[cells] for tally in tallies)
            group, k = np.nonzero(incidents)
            yield {
                "alternative": alternative,
                "group": np.array(frame.group_ids)[group].repeat(STEPS),
                "urgency": np.array(URGENCIES)[k].repeat(STEPS),
                "minutes": np.tile(np.arange(STEPS) * (STEP_MS / MS_PER_MIN), len(group)),
                "share_later": (later[group, k] / incidents[group, k, None]).ravel(),
            }

    return _table("exceedance", parts())


def _total(counts: Iterable[I4 | I8]) -> I8:
    """Sum over replications."""
    total: I8 = np.sum(list(counts), axis=0, dtype=np.int64)
    return total


def _estimates(alternative: str, keys: pl.DataFrame, found: Estimate) -> dict[str, Any]:
    """Columns of estimates: those that name the indicator, its unit, and the numbers."""
    measures = load_measures()
    columns = {key: keys[key].to_list() for key in KEYS}
    return {
        "alternative": alternative,
        **columns,
        "unit": [measures[measure].unit for measure in columns["measure"]],
        **found._asdict(),
    }


def _common_rows(own: pl.DataFrame, base: pl.DataFrame) -> pl.DataFrame:
    """Indicators that both have, with the places of their values in `row` and `base_row`."""
    return own.with_row_index("row").join(
        base.with_row_index("base_row"), on=list(KEYS), how="inner", maintain_order="left"
    )


def _table(name: str, parts: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Put parts below each other as the dictionary wants the table: its columns and types, ordered by its key.

    Not a number becomes empty. A column that the dictionary does not have, or that is missing, is a KeyError.
    """
    fields = load_fields(f"results/{name}")
    schema = {field.name: _POLARS_TYPES.get(field.base_type, pl.String) for field in fields}
    frames = []
    for part in parts:
        if part.keys() != schema.keys():
            raise KeyError(f"table {name} has the columns {list(part)}, its dictionary {list(schema)}")
        frames.append(pl.DataFrame({column: part[column] for column in schema}, schema=schema))
    table = pl.concat(frames) if frames else pl.DataFrame(schema=schema)
    return table.with_columns(pl.col(pl.Float64).fill_nan(None)).sort(field.name for field in fields if field.key)
