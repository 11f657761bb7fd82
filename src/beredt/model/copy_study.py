"""A copy of a study folder, with every table as CSV."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path


def copy_study(template: Path, folder: Path, *, without: Collection[str] = ()) -> list[str]:
    """Copy what belongs to a study, Parquet tables as CSV.

    Args:
        template: Folder of the study.
        folder: New or empty.
        without: Folders of the template that are left behind.

    Returns:
        The files made, relative to the folder.
    """
    made = []
    for source in sorted(path for path in template.rglob("*") if path.is_file()):
        name = source.relative_to(template)
        if source.suffix in {".py", ".pyc"} or name.parts[0] in without:
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
