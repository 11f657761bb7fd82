"""``beredt study init``: a folder to begin from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption


def study_init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; it must be new or empty.")],
    template: Annotated[str, typer.Option("--template", metavar="STUDY", help="The study to copy.")] = "asker-baerum",
    as_json: JsonOption = False,
) -> None:
    """Make the folder of a new study as a copy of a bundled one, with every table as CSV."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise typer.BadParameter(f"{folder} exists and is not an empty folder. Name a new one.", param_hint="DIR")
    with faults_as_exit_codes(as_json):
        from beredt.model.copy_study import copy_study
        from beredt.model.read import find_study_folder

        files = copy_study(find_study_folder(template), folder)

    if as_json:
        print_json({"study": str(folder), "files": files})
    else:
        typer.echo(f"Made {folder} with {len(files)} files. Look it over with: beredt study check {folder}")
