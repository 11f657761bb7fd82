"""``beredt study check``: every fault of a study, with its remedy."""

from __future__ import annotations

import typer

from beredt.cli.answer import WRONG_INPUT, faults_as_exit_codes, findings_as_json, print_json
from beredt.cli.options import JsonOption, StudyArgument


def study_check(study: StudyArgument, as_json: JsonOption = False) -> None:
    """List every fault of a study: file, row, field, value, how often, and what to do.

    A warning does not keep a study from being used; only an error ends in exit code 1.
    """
    with faults_as_exit_codes(as_json):
        from beredt.model.issue import has_errors
        from beredt.model.read import find_study_folder, read_study

        folder = find_study_folder(study)
        _, issues = read_study(folder)

    if as_json:
        print_json({"study": str(folder), "issues": findings_as_json(issues)})
    else:
        for issue in issues:
            typer.echo(f"{issue.severity}: {issue.text()}")
        errors = sum(issue.severity == "error" for issue in issues)
        typer.echo(f"{folder}: {errors} errors, {len(issues) - errors} warnings")
    if has_errors(issues):
        raise typer.Exit(WRONG_INPUT)
