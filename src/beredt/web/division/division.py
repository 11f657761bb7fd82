"""Which organisation opens which study. What no row says is not seen.

A CSV file, every fault of it an issue; what each column holds stands in `model/fields/web/division.csv`. What is in a
study is common to all that open it: tables, saved alternatives, the risk workshop. What somebody brings or has made on
the server belongs to the organisation of whoever did: mission logs, jobs, and all that came of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from beredt.model.issue import Issue
from beredt.model.reading.own_table import OwnTable
from beredt.model.reading.table import Table

WHAT = "file that divides Studio"
RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Opens:
    """`organisation` opens `study`; `results` says whether it sees what others had made of it, mission logs never."""

    study: str
    organisation: str
    results: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """All rows of a file."""

    rows: tuple[Opens, ...]

    @property
    def organisations(self) -> frozenset[str]:
        """Those that open anything."""
        return frozenset(row.organisation for row in self.rows)

    def studies_of(self, organisation: str) -> frozenset[str]:
        """What an organisation opens."""
        return frozenset(row.study for row in self.rows if row.organisation == organisation)

    def results_of(self, organisation: str) -> frozenset[str]:
        """The studies of which it sees what others had made."""
        return frozenset(row.study for row in self.rows if row.organisation == organisation and row.results)


def read_division(path: Path, studies: Collection[str]) -> Division:
    """The division that a file says.

    Args:
        path: of the file.
        studies: ids of those that the server has open.

    Raises:
        DefinitionError: with every fault of the file.
    """
    table = OwnTable(WHAT, "web/division", lambda table: _faults(table, studies), may_be_empty=True).read(path)
    rows = table.frame.iter_rows(named=True)
    return Division(tuple(Opens(row["study"], row["organisation"], row["sees"] == RESULTS) for row in rows))


def _faults(table: Table, studies: Collection[str]) -> Iterable[Issue]:
    """Studies that are not open, and pairs that are there twice."""
    strange = [at for at, study in enumerate(table.frame["study"]) if study is not None and study not in studies]
    if strange:
        remedy = f"take one of {', '.join(sorted(studies))}, or open it: beredt serve STUDY …"
        yield table.issue(strange, "study", "this server has no such study open", remedy)
    pairs = list(table.frame.select("study", "organisation").iter_rows())
    twice = [at for at, pair in enumerate(pairs) if pair in pairs[:at]]
    if twice:
        yield table.issue(twice, "organisation", "the pair is there twice", "say once what the organisation sees")
