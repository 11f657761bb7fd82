"""A new study folder: a copy of the old one with the rows that a log has replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from beredt.decision.calibration.calibrate import Calibration
from beredt.decision.calibration.change import Change, is_few
from beredt.demand.intensity import DAY_HOURS
from beredt.model.copy_study import copy_study
from beredt.model.urgency import URGENCIES

FOLDER = "calibration"
"""Folder inside the study that says where its figures come from; reading a study leaves it alone."""

WEIGHT_DIGITS = 4

WHOLE_ROWS = MappingProxyType({"profile": "weight", "area_factors": "factor"})
"""Tables of which all rows of an urgency are replaced together, and the column that is meant."""


def write_calibrated_study(calibration: Calibration, folder: Path, *, draws: bool = True) -> list[str]:
    """Copy the study with its changed tables, and say what changed in `calibration/changes.csv`.

    Args:
        calibration: What is changed.
        folder: New or empty.
        draws: Whether simulations of the new study draw rates within what the log leaves open: `rate_spread` is then
            written, and `study.toml` says so. Without it, rates and areas are taken as if they were known.

    Returns:
        The names of the changed tables.
    """
    copy_study(calibration.study.folder, folder, without=(FOLDER,))
    changed = []
    for table in sorted({change.table for change in calibration.changes if change.replaced}):
        if table == "area_factors":
            _area_factors(calibration, draws=draws).write_csv(folder / f"{table}.csv")
        else:
            _rewrite(calibration, table, folder / f"{table}.csv")
        changed.append(table)
    if draws and calibration.leaves_open:
        pl.DataFrame([asdict(row) for row in calibration.rate_spread]).write_csv(folder / "rate_spread.csv")
        _draw_rates(folder / "study.toml")
        changed = sorted([*changed, "rate_spread"])
    (folder / FOLDER).mkdir()
    change_table(calibration).write_csv(folder / FOLDER / "changes.csv")
    profile_table(calibration).write_csv(folder / FOLDER / "profile.csv")
    return changed


def _area_factors(calibration: Calibration, *, draws: bool) -> pl.DataFrame:
    rows = [asdict(row) for row in calibration.area_factors]
    return pl.DataFrame(rows if draws else [row | {"relative_sd": 0.0} for row in rows])


def _draw_rates(path: Path) -> None:
    """Set `demand.variation.draw_rates`, and leave all else in the file as it is written."""
    import tomlkit

    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    demand = document.setdefault("demand", tomlkit.table(is_super_table=True))
    variation = demand.setdefault("variation", tomlkit.table())
    if not variation.get("draw_rates", False):
        variation["draw_rates"] = True
        path.write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")


def change_table(calibration: Calibration) -> pl.DataFrame:
    """One row per value: table, row, field, before, after, n, n_test, error_before, error_after, replaced, reason.

    An error that is not finite is null. A count is null where it is so small that it might tell of single people.
    """
    rows = list(_change_rows(calibration.changes))
    text, number = pl.String(), pl.Float64()
    schema: dict[str, pl.DataType] = dict.fromkeys(("table", "row", "field"), text)
    schema |= {"before": number, "after": number, "n": pl.Int64(), "n_test": pl.Int64()}
    schema |= {"error_before": number, "error_after": number, "replaced": pl.Int8(), "reason": text}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.when(pl.col(pl.Float64).is_finite()).then(pl.col(pl.Float64))
    )


def profile_table(calibration: Calibration) -> pl.DataFrame:
    """Weights of every hour of the week, mean 1: urgency, weekday, hour, before, after."""
    return pl.DataFrame(
        {
            "urgency": urgency,
            "weekday": place // DAY_HOURS + 1,
            "hour": place % DAY_HOURS,
            "before": round(float(calibration.profile_before[code, place]), WEIGHT_DIGITS),
            "after": round(float(calibration.profile_after[code, place]), WEIGHT_DIGITS),
        }
        for code, urgency in enumerate(URGENCIES)
        for place in range(calibration.profile_after.shape[1])
    )


def calibration_as_json(calibration: Calibration) -> dict[str, Any]:
    """Where the figures come from and what was left out, for a document."""
    return {
        "study": calibration.study.settings.study.id,
        "study_fingerprint": calibration.study.fingerprint,
        "store": {
            "profile": calibration.store.profile,
            "profile_sha256": calibration.store.profile_sha256,
            "generated": calibration.store.generated,
            "sources": [asdict(source) for source in calibration.store.sources],
        },
        "first": calibration.first.isoformat(),
        "last": calibration.last.isoformat(),
        "days": calibration.days,
        "incidents": calibration.incidents,
        "missions": calibration.missions,
        "incidents_unusable": calibration.unusable,
        "incidents_outside": calibration.outside,
        "municipalities_left_out": list(calibration.uncovered),
        "people_year": calibration.people_year,
        "rate_spread": [asdict(row) for row in calibration.rate_spread],
    }


def _change_rows(changes: tuple[Change, ...]) -> Iterator[tuple[object, ...]]:
    for one in changes:
        counts = (None if is_few(count) else count for count in (one.n, one.n_test))
        tail = (*counts, one.error_before, one.error_after, int(one.replaced), one.reason)
        row = " ".join(one.key.values())
        for field in one.before or (WHOLE_ROWS[one.table],):
            yield one.table, row, field, one.before.get(field), one.after.get(field), *tail


def _rewrite(calibration: Calibration, table: str, path: Path) -> None:
    """Change the cells of the replaced rows, and leave all others as they are written."""
    frame = pl.read_csv(path, infer_schema=False)
    changes = [change for change in calibration.of_table(table) if change.replaced]
    if table == "profile":
        frame = _with_weights(calibration, frame, {change.key["urgency"] for change in changes})
    for change in changes:
        named = pl.all_horizontal(pl.col(name).str.strip_chars() == value for name, value in change.key.items())
        frame = frame.with_columns(
            pl.when(named).then(pl.lit(f"{value:g}" if value >= 1e6 else repr(value))).otherwise(field).alias(field)
            for field, value in change.after.items()
        )
    frame.write_csv(path)


def _with_weights(calibration: Calibration, frame: pl.DataFrame, urgencies: set[str]) -> pl.DataFrame:
    """The profile with all hours of the urgencies that are replaced, in the place of those that stood there."""
    new = (
        profile_table(calibration)
        .filter(pl.col("urgency").is_in(sorted(urgencies)))
        .select("urgency", "weekday", "hour", weight="after")
        .cast(pl.String)
    )
    return pl.concat([frame.filter(~pl.col("urgency").is_in(sorted(urgencies))), new], how="diagonal")
