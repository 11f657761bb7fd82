"""Pathways: every record of the first log, with the record of each other log that links lead to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from beredt.indicators.pathway.fit_weights import fit_weights
from beredt.indicators.pathway.link import Linked, link
from beredt.indicators.pathway.link_file import LinkFile
from beredt.indicators.pathway.rule import LinkRule


class Step(NamedTuple):
    """One link of the file, with what came of it. `records` and `partners` count what was to be linked."""

    rule: LinkRule
    linked: Linked
    records: int
    partners: int


class Pathways(NamedTuple):
    """The steps in their order, and `rows`: one row per record of the first log, with the row of each log in a column
    of its name, null where no link leads to it, and the times as `<log>.start` and `<log>.end`.
    """

    steps: tuple[Step, ...]
    rows: pl.DataFrame


def find_pathways(links: LinkFile, records: Mapping[str, pl.DataFrame], *, fit: bool = False) -> Pathways:
    """Link every log that the file names.

    A link begins at the records that the links before it have reached: a hospital record that nobody was brought to is
    in no pathway, and counted as a record without a partner.

    Args:
        links: What is linked, in order.
        records: By name of the log, the columns of RECORDS.
        fit: Learn the weights from the logs, instead of taking those that the file states.
    """
    first = links.links[0].source
    rows = _with_times(records[first].select(pl.col("row").alias(first)), first, records[first])
    steps = []
    for rule in links.links:
        reached = records[rule.source].join(
            rows.select(pl.col(rule.source).alias("row")).drop_nulls(), on="row", how="semi", maintain_order="left"
        )
        target = records[rule.target]
        weights = fit_weights(reached, target, rule).weights if fit else None
        linked = link(reached, target, rule, weights)
        steps.append(Step(rule, linked, reached.height, target.height))
        pairs = linked.links.select(pl.col("source_row").alias(rule.source), pl.col("target_row").alias(rule.target))
        rows = rows.join(pairs, on=rule.source, how="left", maintain_order="left")
        rows = _with_times(rows, rule.target, target)
    return Pathways(tuple(steps), rows)


def _with_times(rows: pl.DataFrame, name: str, records: pl.DataFrame) -> pl.DataFrame:
    times = records.select(
        pl.col("row").alias(name), pl.col("start").alias(f"{name}.start"), pl.col("end").alias(f"{name}.end")
    )
    return rows.join(times, on=name, how="left", maintain_order="left")
