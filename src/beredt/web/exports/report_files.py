"""Tables and map layers of an answer, written by the code of the report: the same columns, words and bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from beredt import __version__
from beredt.indicators.runs import Runs
from beredt.indicators.tables import indicator_tables
from beredt.report.context import ReportContext
from beredt.report.geopackage.write import write_geopackage
from beredt.report.results import Results
from beredt.report.workbook import write_workbook
from beredt.web.answers.figures import figures_of
from beredt.web.answers.telling import Telling

FORMS: Mapping[str, Callable[[Path, ReportContext], None]] = {
    "gpkg": write_geopackage,
    "xlsx": write_workbook,
}
"""What can be written, by the ending of its name."""

MEDIA_TYPES = {
    "gpkg": "application/geopackage+sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_WRITING = Lock()
"""The date that GDAL writes is a setting of the whole process."""


def report_file(form: str, telling: Telling, runs: Mapping[str, Runs]) -> bytes:
    """The content of a file about everything that is compared. The same years give the same bytes.

    Args:
        form: a key of `FORMS`.
        telling: the question.
        runs: its years by name, all of the same replications.
    """
    context = _context(telling, runs)
    with TemporaryDirectory(prefix="beredt-export-") as folder, _WRITING:
        path = Path(folder) / f"export.{form}"
        FORMS[form](path, context)
        return path.read_bytes()


def _context(telling: Telling, runs: Mapping[str, Runs]) -> ReportContext:
    """The answer as a run of the whole study leaves it, as far as it is simulated."""
    against = telling.compared.against
    tables = indicator_tables(
        {name: one.frame for name, one in runs.items()}, {name: one.tallies for name, one in runs.items()}, [against]
    )
    facts = {
        "fingerprint": telling.study.fingerprint,
        "replications": len(runs[against].tallies),
        "seed": telling.study.settings.simulation.seed,
        "version": __version__,
    }
    figures = figures_of(runs, against, telling.urgency)
    return telling.context(Results(facts, tables), figures.levels, figures.changes)
