"""Example alternatives of a study: in a folder of their own, read only when they are asked for by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from beredt.errors import StudyError
from beredt.model.dictionary import load_tables
from beredt.model.issue import Issue, has_errors
from beredt.model.join_settings import join_settings
from beredt.model.join_tables import join_tables
from beredt.model.reading.files import ALTERNATIVES_FOLDER, SETTINGS_FILE

EXAMPLES_FOLDER = "examples"
EXAMPLE_SETTINGS = "settings.toml"
"""Beside the tables of an example: settings that it needs and the study does not have."""


def read_examples(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The examples of a study among some names, as if they stood in its folder of alternatives.

    Names that are no example, or that the study's own alternatives have, are left to whoever looks them up. Tables
    and settings that an example needs and the study lacks stand in a folder of its name; what the study has is never
    replaced. Where several examples bring the same table, their rows are joined.

    Args:
        folder: of the study.
        names: ids of alternatives.

    Returns:
        Contents by the path that an alternative of that id, its tables and the settings would have inside the folder.

    Raises:
        StudyError: two examples, or an example and the study's settings, contradict each other, or what is to be
            joined cannot be read.
    """
    known = {path.stem: path for path in folder.glob(f"{EXAMPLES_FOLDER}/*.toml")}
    own = {path.stem for path in folder.glob(f"{ALTERNATIVES_FOLDER}/*.toml")}
    wanted = [name for name in dict.fromkeys(names) if name in known and name not in own]
    found = {f"{ALTERNATIVES_FOLDER}/{name}.toml": known[name].read_bytes() for name in wanted}
    there = {path.stem for path in folder.iterdir()}
    brought: dict[str, dict[str, bytes]] = {}
    for path in [path for name in wanted for path in sorted(known[name].with_suffix("").glob("*.csv"))]:
        if path.stem not in there:
            brought.setdefault(path.name, {})[path.relative_to(folder).as_posix()] = path.read_bytes()
    issues: list[Issue] = []
    for name, contents in brought.items():
        found[name], clashes = join_tables(contents, _key(name))
        issues += clashes
    settings = [path for name in wanted if (path := known[name].with_suffix("") / EXAMPLE_SETTINGS).is_file()]
    if settings:
        asked: Mapping[str, bytes] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in settings}
        found[SETTINGS_FILE], clashes = join_settings((folder / SETTINGS_FILE).read_bytes(), asked)
        issues += clashes
    if has_errors(issues):
        raise StudyError(tuple(issues))
    return found


def _key(file: str) -> tuple[str, ...]:
    """Columns that together name a row; none for a table that nobody knows, which the study's reading tells."""
    table = load_tables().get(Path(file).stem)
    return () if table is None else table.key
