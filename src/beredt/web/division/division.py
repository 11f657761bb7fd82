"""Which organisation opens which study. What no row says is not seen.

A CSV file, every fault of it an issue; what each column holds stands in `model/fields/web/division.csv`. What is in a
study is common to all that open it: tables, saved alternatives, the risk workshop. What somebody brings or has made on
the server belongs to the organisation of whoever did: mission logs, jobs, and all that came of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from beredt.errors import DefinitionError
from beredt.model.dictionary import TableDescription, load_fields
from beredt.model.issue import Issue, has_errors
from beredt.model.reading.csv_table import read_csv_table
from beredt.model.reading.table import Table
from beredt.model.reading.text import decode
from beredt.model.reading.typed_table import type_table

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
    try:
        content = path.read_bytes()
    except OSError as error:
        issue = Issue(path.name, None, None, None, 1, f"it cannot be read: {error.strerror}", "check its path")
        raise DefinitionError(WHAT, [issue]) from error
    text, issues = decode(path.name, content)
    raw, more = read_csv_table(path.name, text) if text is not None else (None, ())
    issues += more
    if raw is None:
        raise DefinitionError(WHAT, issues)
    description = TableDescription("division", load_fields("web/division"), True, "every", "every", False, {})
    table, faults = type_table(description, raw)
    issues += (*faults, *_faults(table, studies))
    if has_errors(issues):
        raise DefinitionError(WHAT, issues)
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
