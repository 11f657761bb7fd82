"""What does not fit between a roster and its log, in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer


def list_roster_issues(out: Path) -> list[dict[str, Any]]:
    """Rows of the table `roster_issues` of a report; none without a roster.

    Args:
        out: Folder of the report.
    """
    import polars as pl

    table = out / "results" / "roster_issues.parquet"
    return pl.read_parquet(table).to_dicts() if table.is_file() else []


def tell_roster_issues(issues: list[dict[str, Any]]) -> None:
    """One line on stderr for each of them."""
    from beredt.model.issue import Issue

    for issue in issues:
        told = {name: value for name, value in issue.items() if name != "kind"}
        typer.echo(Issue(**told, severity="warning").text(), err=True)
