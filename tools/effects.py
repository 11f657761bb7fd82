"""Print the effects of a run's alternatives as a table of a page: `python tools/effects.py OUT FIGURE…`.

OUT is the folder of `beredt study run --out`. A FIGURE is a measure, with an urgency and a group where it is not
of all: `response_mean_s:A:baerum`. Measures of pathways, planned tasks and waiting at hospitals have what they are of
instead: `need_response_s:A>*`, `delivered:HOSPITAL`, `tasks_done:FORM`. Each line has today's level and every
alternative's paired difference with its 95 % interval, in the unit of the tables, with three digits after the point.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

ALL = "all"
TODAY = "today"
OF_SOMETHING = ("pathways", "consequences", "standby_work")
"""Tables with a level and a difference in every row, and what it is of."""


def main(out: Path, figures: list[str]) -> None:
    """Print one line per figure, in Markdown."""
    tables = out / "results"
    levels, changes = _plain(tables), _paired(tables)
    names = levels["alternative"].unique(maintain_order=True).to_list()
    others = [name for name in names if name != TODAY]
    print("| figure | unit | today | " + " | ".join(others) + " |")
    print("|" + "---|" * (3 + len(others)))
    for figure in figures:
        measure, of, group = (*figure.split(":"), "", "")[:3]
        keys = {"measure": measure, "of": of, "group": group or ALL}
        level = _find_line(levels, keys | {"alternative": TODAY})
        found = {name: _find_line(changes, keys | {"alternative": name}) for name in others}
        if level is None and not any(found.values()):
            sys.exit(f"the run has no figure {keys}: look at its tables indicators, {', '.join(OF_SOMETHING)}")
        cells = ["" if line is None else _change(line) for line in found.values()]
        unit = next(line["unit"] for line in (level, *found.values()) if line is not None)
        today = "" if level is None else f"{level['value']:,.3f}"
        print(f"| {figure} | {unit} | {today} | " + " | ".join(cells) + " |")


def _plain(tables: Path) -> pl.DataFrame:
    return pl.concat(_both(tables, "indicators", ("value",), ("value",)))


def _paired(tables: Path) -> pl.DataFrame:
    bounds = ("value", "low", "high")
    return pl.concat(_both(tables, "differences", bounds, ("difference", "difference_low", "difference_high")))


def _both(
    tables: Path, simulated: str, bounds: tuple[str, ...], of_pathways: tuple[str, ...]
) -> Iterator[pl.DataFrame]:
    """The same figures of two tables under the same names."""
    found = pl.read_parquet(tables / f"{simulated}.parquet").filter(pl.col("hour") == -1)
    if "baseline" in found.columns:
        found = found.filter(pl.col("baseline") == TODAY)
    names = ("value", "low", "high")[: len(bounds)]
    yield found.select("alternative", "measure", pl.col("urgency").fill_null("").alias("of"), "group", "unit", *bounds)
    renamed = [pl.col(one).alias(name) for one, name in zip(of_pathways, names, strict=True)]
    for other in OF_SOMETHING:
        rows = pl.read_parquet(tables / f"{other}.parquet")
        rows = rows.filter(~pl.col("measure").is_in(found["measure"].unique().to_list()))  # hours and km are told twice
        group = pl.col("group") if "group" in rows.columns else pl.lit(ALL).alias("group")
        yield rows.select("alternative", "measure", pl.col("of").fill_null(""), group, "unit", *renamed)


def _find_line(table: pl.DataFrame, keys: dict[str, str]) -> dict[str, Any] | None:
    """The one row of a figure; None where an alternative has none, as of tasks that it does not plan."""
    rows = table.filter(*(pl.col(name) == value for name, value in keys.items()))
    return rows.row(0, named=True) if rows.height == 1 else None


def _change(line: dict[str, Any]) -> str:
    return (
        f"{line['value']:+,.3f} ({line['low']:+,.3f} to {line['high']:+,.3f})"
        if line["low"] is not None
        else (f"{line['value']:+,.3f}")
    )


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
