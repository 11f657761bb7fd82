"""The same count in several tables: what one of them leaves out no other one prints.

A count has a name: what is counted, where and when, and how many. Tables are guarded one after the other; each of them
keeps what an earlier one has printed and leaves out what an earlier one has left out. Where it has to leave out what
was printed already, all of them are made again with what is known by then, until nothing of the kind is left: the
hidden ones only become more. A. Hundepool et al., *Statistical Disclosure Control* (2012), section 4.8: linked tables.
Each table is judged by itself, so that the sums of several tables taken together are not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import numpy as np
import polars as pl

from beredt.indicators.suppression.additive import B
from beredt.indicators.suppression.sums import ALL

Made = TypeVar("Made")

ROUNDS = 6


@dataclass(slots=True)
class Ledger:
    """What tables have printed and left out so far, by the name of the count."""

    hidden: set[str] = field(default_factory=set)
    printed: set[str] = field(default_factory=set)

    @property
    def contradicted(self) -> bool:
        """Whether a count is printed in one table and left out of another."""
        return not self.hidden.isdisjoint(self.printed)

    def note(self, names: pl.DataFrame, hidden: B) -> None:
        """Take in what a table prints and leaves out.

        Args:
            names: [N rows, K counts] names; null for those that no other table holds.
            hidden: [N, K]
        """
        for column, out in zip(names.iter_columns(), hidden.T, strict=True):
            mask = pl.Series(out)
            self.hidden.update(column.filter(mask).drop_nulls())
            self.printed.update(column.filter(~mask).drop_nulls())

    def look_up(self, names: pl.DataFrame) -> tuple[B, B]:
        """Which of the counts [N, K] another table has left out, and which it has printed."""
        shape = (names.height, names.width)
        found = [
            np.array([column.is_in(list(known)).fill_null(False).to_numpy() for column in names.iter_columns()]).T
            for known in (self.hidden, self.printed - self.hidden)
        ]
        return found[0].reshape(shape), found[1].reshape(shape)


class Names(NamedTuple):
    """How the counts of a table are called in the ledger."""

    ledger: Ledger
    dimensions: Mapping[str, str]  # of key columns; one that is not here has no part in the name
    counts: Mapping[str, tuple[str, Mapping[str, str]]]  # by column: what is counted, and values of other dimensions

    def of(self, table: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
        """The names of all counts of a table; null where a column has none, or nothing is counted."""
        return table.select(self._of_count(column) for column in columns)

    def _of_count(self, column: str) -> pl.Expr:
        if column not in self.counts:
            return pl.lit(None, pl.String).alias(column)
        what, values = self.counts[column]
        parts = {name: pl.lit(f";{name}={value}") for name, value in values.items() if value != ALL}
        for key, name in self.dimensions.items():
            one = pl.when(pl.col(key) != ALL).then(pl.format(";{}={}", pl.lit(name), pl.col(key))).otherwise(pl.lit(""))
            parts[name] = parts[name] + one if name in parts else one
        called = pl.concat_str(pl.lit(what), *(parts[one] for one in sorted(parts)), pl.lit(" "), pl.col(column))
        return pl.when(pl.col(column) > 0).then(called).alias(column)


def until_settled(make: Callable[[Ledger], Made]) -> Made:
    """What `make` makes of tables that contradict each other in nothing.

    Args:
        make: Makes all tables, noting what they print and leave out.

    Raises:
        RuntimeError: They still contradict each other after some rounds.
    """
    hidden: set[str] = set()
    for _ in range(ROUNDS):
        ledger = Ledger(set(hidden))
        made = make(ledger)
        if not ledger.contradicted:
            return made
        hidden = ledger.hidden
    raise RuntimeError(f"tables still contradict each other in {len(ledger.hidden & ledger.printed)} counts")
