"""``beredt study check``: every fault of a study, with its remedy."""

from __future__ import annotations

import typer

from beredt.cli.answer import WRONG_INPUT, faults_as_exit_codes, findings_as_json, print_json
from beredt.cli.checked_study import check_study
from beredt.cli.options import JsonOption, StudyArgument


def study_check(study: StudyArgument, as_json: JsonOption = False) -> None:
    """List every fault of a study: file, row, field, value, how often, and what to do.

    A warning does not keep a study from being used; only an error ends in exit code 1.
    """
    with faults_as_exit_codes(as_json):
        from beredt.model.find import find_study_folder

        folder = find_study_folder(study)
        usable, issues = check_study(folder)

    if as_json:
        print_json({"study": str(folder), "issues": findings_as_json(issues)})
    else:
        for issue in issues:
            typer.echo(f"{issue.severity}: {issue.text()}")
        errors = sum(issue.severity == "error" for issue in issues)
        typer.echo(f"{folder}: {_counted(errors, 'error')}, {_counted(len(issues) - errors, 'warning')}")
    if usable is None:
        raise typer.Exit(WRONG_INPUT)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
