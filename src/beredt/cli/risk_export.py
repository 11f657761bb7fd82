"""``beredt risk export``: a workbook in which a workshop assesses the events of a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption, StudyArgument


def risk_export(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="New workbook, .xlsx.", dir_okay=False)],
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="LANGUAGE", help="nb, nn or en. [default: the study's first]")
    ] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(
            "--role", metavar="ID", help="A sheet for this role; may be repeated. [default: choose on the sheet]"
        ),
    ] = None,
    scores: Annotated[
        bool, typer.Option("--scores", help="A sheet per assessor of the study, filled in: for a second round.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Write a workbook for a risk workshop: every event under every alternative, with drop-downs, and no names."""
    if scores and role:
        raise typer.BadParameter("give --role or --scores, not both", param_hint="--scores")
    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{out} does not end in .xlsx.", param_hint="--out")
    if out.exists():
        raise typer.BadParameter(f"{out} exists. Name a new file.", param_hint="--out")
    with faults_as_exit_codes(as_json):
        from beredt.errors import OptionError
        from beredt.model.read import load_study
        from beredt.report.risk_form.write_form import empty_sheets, filled_sheets, write_risk_form
        from beredt.report.words import load_words

        read = load_study(study)
        words = load_words(lang or read.settings.study.languages[0])
        table = read.decision["risk_scores"]
        if scores and table.is_empty():
            raise OptionError("--scores", str(study), "the study has no scores yet", "leave the option out")
        if not out.parent.is_dir():
            raise OptionError("--out", str(out), "there is no such folder", "make it first, or give another name")
        sheets = filled_sheets(table) if scores else empty_sheets(read, words, role or ())
        write_risk_form(read, words, out, sheets)
    events, alternatives = read.decision["risk_events"].height, len(read.alternatives)
    if as_json:
        print_json({"file": str(out), "sheets": [one.name for one in sheets], "events": events})
        return
    typer.echo(f"{out}: {len(sheets)} sheets, {events} events under {alternatives} alternatives")
