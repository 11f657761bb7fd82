"""``beredt risk import``: what a workshop filled in, as the scores of a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, findings_as_json, print_json
from beredt.cli.options import JsonOption, StudyArgument


def risk_import(
    study: StudyArgument,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Filled-in workbooks, one or several.", exists=True, dir_okay=False),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where the scores go; in the study's folder they are used.")
    ] = Path("risk_scores.csv"),
    replace: Annotated[bool, typer.Option("--replace", help="Write over scores that are there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read workbooks of a risk workshop and put all assessors' scores together. With a fault nothing is written."""
    with faults_as_exit_codes(as_json):
        from beredt.errors import StudyError
        from beredt.model.issue import has_errors
        from beredt.model.read import load_study
        from beredt.report.risk_form.read_form import read_risk_forms
        from beredt.report.risk_form.write_scores import write_scores

        read = load_study(study)
        scores, issues = read_risk_forms(read, files)
        if has_errors(issues) or scores.is_empty():
            raise StudyError(issues, "the workbooks cannot be imported")
        write_scores(scores, out, replace=replace)
    assessors = scores.select("role", "assessor").n_unique()
    if as_json:
        print_json(
            {"file": str(out), "assessors": assessors, "answers": scores.height, "issues": findings_as_json(issues)}
        )
        return
    for issue in issues:
        typer.echo(f"Warning: {issue.text()}", err=True)
    typer.echo(f"{out}: {scores.height} answers of {assessors} assessors")
