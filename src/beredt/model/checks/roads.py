"""A road network node by node: arcs lead somewhere, every way of driving has its times."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.issue import Issue, shown
from beredt.model.reading.table import Table, Tables


def check_roads(tables: Tables) -> Iterator[Issue]:
    """Arcs that end where they begin, missing times, and networks that nobody can get on or off."""
    if "road_arcs" in tables:
        arcs = tables["road_arcs"]
        loops = (arcs.frame["from_node"] == arcs.frame["to_node"]).fill_null(False).arg_true().to_list()
        if loops:
            yield arcs.issue(loops, "to_node", "the arc ends where it begins", "remove it, or correct one of its ends")
    if "road_nodes" in tables:
        access = tables["road_nodes"].frame["access"]
        if len(access) and not access.fill_null(True).any():
            message = "no node has access: nobody could get on or off the roads"
            yield tables["road_nodes"].whole_issue("access", message, "write 1 for the nodes of ordinary streets")
    if {"road_arcs", "road_times", "travel_modes"} <= set(tables):
        yield from _missing_times(tables["road_arcs"], tables["travel_modes"], tables["road_times"])


def _missing_times(arcs: Table, modes: Table, times: Table) -> Iterator[Issue]:
    """One issue for all pairs of arc and mode without a time; silent where keys that could not be read may be they."""
    wanted = arcs.frame.select(pl.col("id").alias("arc")).drop_nulls().unique(maintain_order=True)
    wanted = wanted.join(modes.frame.select(pl.col("id").alias("mode")).drop_nulls().unique(), how="cross")
    have = times.frame.select("arc", "mode")
    missing = wanted.join(have, on=["arc", "mode"], how="anti").sort("arc", "mode")
    unread = have.select(pl.any_horizontal(pl.all().is_null()).sum()).item()
    if missing.height > unread:
        arc, mode = missing.row(0)
        more = f" and {missing.height - 1} more" if missing.height > 1 else ""
        yield Issue(
            times.file,
            None,
            "arc, mode",
            shown(f"{arc}, {mode}"),
            missing.height,
            f"no time for arc {arc} with mode {mode}{more}",
            "add a row for every arc and mode",
        )
