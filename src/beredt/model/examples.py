"""Example alternatives of a study: in a folder of their own, read only when they are asked for by name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from beredt.model.reading.files import ALTERNATIVES_FOLDER

EXAMPLES_FOLDER = "examples"


def read_examples(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The examples of a study among some names, as if they stood in its folder of alternatives.

    Names that are no example, or that the study's own alternatives have, are left to whoever looks them up. Tables
    that an example needs and the study lacks stand in a folder of its name; a table of the study is never replaced.

    Args:
        folder: of the study.
        names: ids of alternatives.

    Returns:
        Contents by the path that an alternative of that id, and its tables, would have inside the folder.
    """
    known = {path.stem: path for path in folder.glob(f"{EXAMPLES_FOLDER}/*.toml")}
    own = {path.stem for path in folder.glob(f"{ALTERNATIVES_FOLDER}/*.toml")}
    wanted = [name for name in dict.fromkeys(names) if name in known and name not in own]
    found = {f"{ALTERNATIVES_FOLDER}/{name}.toml": known[name].read_bytes() for name in wanted}
    tables = [table for name in wanted for table in sorted(known[name].with_suffix("").glob("*.csv"))]
    there = {path.stem for path in folder.iterdir()}
    return found | {table.name: table.read_bytes() for table in tables if table.stem not in there}
