"""Example alternatives: files beside a study that are read only when somebody asks for one of them by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from beredt.model.reading.files import ALTERNATIVES_FOLDER

EXAMPLES_FOLDER = "examples"


def list_examples(folder: Path) -> tuple[str, ...]:
    """Ids of the examples of a study, sorted."""
    return tuple(sorted(path.stem for path in (folder / EXAMPLES_FOLDER).glob("*.toml")))


def examples_asked(folder: Path, ids: Iterable[str]) -> Mapping[str, bytes]:
    """The files that examples add to a study: path in the study → content, for `read_study`.

    An example is `examples/<id>.toml`, an alternative as any other. Tables that it needs and that the study lacks may
    lie in the folder `examples/<id>`. What the study has itself is never replaced: an id of one of its own
    alternatives means that one, and a table of its own stays.
    """
    found: dict[str, bytes] = {}
    for name in dict.fromkeys(ids):
        example = folder / EXAMPLES_FOLDER / f"{name}.toml"
        own = f"{ALTERNATIVES_FOLDER}/{name}.toml"
        if name not in list_examples(folder) or (folder / own).exists():
            continue
        found[own] = example.read_bytes()
        for table in sorted(example.with_suffix("").glob("*.csv")):
            if not (folder / table.name).exists() and not (folder / table.with_suffix(".parquet").name).exists():
                found[table.name] = table.read_bytes()
    return found
