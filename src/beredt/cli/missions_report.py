"""``beredt missions report``: everything that a store of missions can tell, as a report with its tables."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.generated_logs import tell_generated
from beredt.cli.options import JsonOption
from beredt.cli.progress import TerminalProgress
from beredt.cli.roster_issues import list_roster_issues, tell_roster_issues
from beredt.missions.kept_memory import keep_memory
from beredt.missions.rare_collection import collect_rarely

if TYPE_CHECKING:
    from beredt.model.study import Study

StoreArgument = Annotated[Path, typer.Argument(metavar="STORE", help="Folder of the store.")]

StudyOption = Annotated[
    str | None,
    typer.Option("--study", metavar="STUDY", help="Study that knows places, stations, targets and outlines."),
]

RosterOption = Annotated[
    Path | None,
    typer.Option("--roster", metavar="FILE", help="Roster, CSV: unit,on,off,staffed,reason, one row per shift."),
]

MinCountOption = Annotated[
    int,
    typer.Option("--min-count", min=0, metavar="N", help="Leave out counts below N, and what would tell them."),
]

LanguageOption = Annotated[
    str | None,
    typer.Option("--lang", metavar="nb|nn|en", help="Language of the page [default: as in the study, else English]."),
]


def missions_report(
    store: StoreArgument,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for report and tables.")],
    study: StudyOption = None,
    roster: RosterOption = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            metavar="STORE",
            help="Earlier log that maps are compared with [default: the year before, where the log is long enough].",
        ),
    ] = None,
    printed: Annotated[
        Path | None,
        typer.Option(
            "--printed",
            metavar="FILE",
            help="Printed figures to set beside the log's, CSV with the columns of published [default: the study's].",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    links: Annotated[
        Path | None,
        typer.Option(
            "--links",
            metavar="LINKS.toml",
            help="Link file of beredt missions link: tell of pathways over several logs, too.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    key_file: Annotated[
        Path | None,
        typer.Option("--key-file", metavar="FILE", help="Key that patients of the link file are hashed with."),
    ] = None,
    queue: Annotated[
        Path | None,
        typer.Option(
            "--queue",
            metavar="FILE",
            help="Queue of missions under review [default: STORE.review.sqlite, where there is one].",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    catalogue: Annotated[
        list[Path] | None,
        typer.Option(
            "--catalogue",
            metavar="FILE.toml",
            help="Indicators of your own, beside those that come with the program; may be repeated.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help="Only calls of this month [default: all].")
    ] = None,
    min_count: MinCountOption = 5,
    responders: Annotated[
        bool, typer.Option("--responders", help="Let single responders and the like stop the clock of an incident.")
    ] = False,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the report of a log: page, Excel file, tables with their dictionary, and what they were made from."""
    keep_memory()
    collect_rarely()
    with faults_as_exit_codes(as_json), TerminalProgress() as progress, ExitStack() as stack:
        from beredt.simulation.kernel_cache import prepare_kernel_cache

        prepare_kernel_cache()
        from beredt.missions.store import open_store
        from beredt.report.missions.beside import is_worth_a_process, worker_beside

        opened = open_store(store)
        # What is imported here is imported there at the same time.
        worker = stack.enter_context(worker_beside(is_worth_a_process(opened)))
        from beredt.report.missions.choices import ReportChoices
        from beredt.report.missions.write import write_log_report
        from beredt.report.whole_folder import whole_folder

        choices = ReportChoices(
            study=load_study(study),
            roster=roster,
            previous=open_store(previous) if previous else None,
            printed=printed,
            links=links,
            key_file=key_file,
            queue=queue or _queue_beside(store),
            catalogues=tuple(catalogue or ()),
            month=month,
            threshold=min_count,
            responders=responders,
        )
        with whole_folder(out) as coming:
            facts, written = write_log_report(opened, choices, coming, language, progress, worker)
    pages = [out / page.name for page in written]
    answer: dict[str, Any] = {
        "report": str(pages[0]),
        "pages": [str(page) for page in pages],
        "tables": str(out / "results"),
        **{name: facts[name] for name in ("generated", "fingerprint", "incidents", "unit_responses", "first", "last")},
        "not_answered": facts["not_answered"],
        "roster_issues": list_roster_issues(out),
    }
    if as_json:
        print_json(answer)
    else:
        tell_generated(facts["generated"])
        typer.echo(f"{pages[0]}: {facts['incidents']:,} incidents, {facts['unit_responses']:,} unit responses.")
        tell_roster_issues(answer["roster_issues"])
        for question, reason in facts["not_answered"].items():
            typer.echo(f"Not answered: {question} ({reason.replace('_', ' ')}).")


def load_study(name: str | None) -> Study | None:
    """The checked study of an option, None where it was not given."""
    if name is None:
        return None
    from beredt.cli.checked_study import load_checked_study

    return load_checked_study(name)


def _queue_beside(store: Path) -> Path | None:
    """The queue that stands beside a store, None where there is none."""
    from beredt.cli.review_options import queue_path

    beside = queue_path(store, None)
    return beside if beside.is_file() else None
