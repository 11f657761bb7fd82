"""``beredt missions month``: the management report of a month, made again by one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.generated_logs import tell_generated
from beredt.cli.missions_report import (
    LanguageOption,
    MinCountOption,
    RosterOption,
    StoreArgument,
    StudyOption,
    load_study,
)
from beredt.cli.options import JsonOption
from beredt.cli.progress import TerminalProgress
from beredt.cli.roster_issues import list_roster_issues, tell_roster_issues


def missions_month(
    store: StoreArgument,
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", help="The month.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for report and tables.")],
    roster: RosterOption = None,
    study: StudyOption = None,
    previous: Annotated[
        Path | None,
        typer.Option("--previous", metavar="STORE", help="Log that holds the year before [default: the same store]."),
    ] = None,
    min_count: MinCountOption = 5,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the management report of a month: hours, free units, the indicator, against the same month last year."""
    with faults_as_exit_codes(as_json), TerminalProgress() as progress:
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.missions.store import open_store
        from beredt.report.missions.choices import ReportChoices
        from beredt.report.missions.month.write_month import write_month_report
        from beredt.report.whole_folder import whole_folder

        choices = ReportChoices(
            study=load_study(study),
            roster=roster,
            previous=open_store(previous) if previous else None,
            threshold=min_count,
        )
        with whole_folder(out) as coming:
            facts, written = write_month_report(open_store(store), month, choices, coming, language, progress)
    pages = [out / page.name for page in written]
    issues = list_roster_issues(out)
    if as_json:
        names = ("generated", "fingerprint", "month", "incidents", "unit_responses")
        told = {name: facts[name] for name in names}
        print_json({"report": str(pages[0]), "tables": str(out / "results"), **told, "roster_issues": issues})
    else:
        tell_generated(facts["generated"])
        typer.echo(f"{pages[0]}: {facts['incidents']:,} incidents in {month}.")
        tell_roster_issues(issues)
