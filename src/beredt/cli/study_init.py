"""``beredt study init``: a folder to begin from."""

from __future__ import annotations

import shutil
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
        from beredt.model.read import find_study_folder

        files = _copy_study(find_study_folder(template), folder)

    if as_json:
        print_json({"study": str(folder), "files": files})
    else:
        typer.echo(f"Made {folder} with {len(files)} files. Look it over with: beredt study check {folder}")


def _copy_study(template: Path, folder: Path) -> list[str]:
    """Copy what belongs to the study, Parquet tables as CSV, and name the files made, relative to the folder."""
    made = []
    for source in sorted(path for path in template.rglob("*") if path.is_file()):
        name = source.relative_to(template)
        if source.suffix in {".py", ".pyc"}:
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".parquet":
            target = target.with_suffix(".csv")
            _write_csv(source, target)
        else:
            shutil.copyfile(source, target)
        made.append(target.relative_to(folder).as_posix())
    return made


def _write_csv(source: Path, target: Path) -> None:
    import polars as pl
    import polars.selectors as cs

    # A table writes yes and no as 1 and 0.
    pl.read_parquet(source).with_columns(cs.boolean().cast(pl.Int8)).write_csv(target)
