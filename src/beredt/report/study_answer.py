"""What a finished run tells the person at the terminal, or the script that called it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from beredt.model.study import Study
from beredt.report.results import Results, read_results
from beredt.report.terminal import terminal_text


@dataclass(frozen=True, slots=True)
class StudyAnswer:
    """Where results and reports lie, and what the gate says of each alternative."""

    study: str
    fingerprint: str
    replications: int
    verdicts: dict[str, str]
    results: str
    reports: tuple[str, ...]
    summary: str

    def as_json(self) -> dict[str, Any]:
        """All fields but the text."""
        fields = asdict(self)
        del fields["summary"]
        return fields

    def as_text(self) -> str:
        """The summary for a terminal."""
        return self.summary


def answer_of(study: Study, out: Path, reports: Sequence[Path], language: str) -> StudyAnswer:
    """Read a run's results back and sum them up.

    Args:
        study: that was run.
        out: folder of the run.
        reports: files written.
        language: of the summary.
    """
    results = read_results(out)
    return StudyAnswer(
        study=study.settings.study.id,
        fingerprint=str(results.fact("fingerprint")),
        replications=int(results.fact("replications")),
        verdicts=_verdicts(results),
        results=str(out / "results"),
        reports=tuple(str(path) for path in reports),
        summary=f"{terminal_text(out, study, language)}\n\n{_where(reports)}",
    )


def _verdicts(results: Results) -> dict[str, str]:
    table = results.find_table("verdicts")
    return {} if table is None else dict(zip(table["alternative"].to_list(), table["verdict"].to_list(), strict=True))


def _where(reports: Sequence[Path]) -> str:
    """The pages and, in one line, what lies beside them."""
    beside = ", ".join(("report.pdf", "tables.xlsx", "areas.gpkg", "figures/", "results/"))
    return "\n".join([*(str(path) for path in reports), f"Beside: {beside}"])
