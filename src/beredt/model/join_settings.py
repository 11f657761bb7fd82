"""Settings that examples need, written into the settings of a study that does not have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beredt.model.issue import Issue, shown
from beredt.model.reading.files import SETTINGS_FILE
from beredt.model.reading.toml_file import find_line, parse_toml


def join_settings(study: bytes, asked: Mapping[str, bytes]) -> tuple[bytes, list[Issue]]:
    """The settings of a study with those that examples ask for.

    Args:
        study: its settings, TOML.
        asked: TOML by path.

    Returns:
        The settings, all else as it is written, and the issues of reading what is asked for, with one for every value
        that differs from what is there. Settings of the study that cannot be read come back as they are.
    """
    import tomlkit

    own, own_text, _ = parse_toml(SETTINGS_FILE, study)
    if own is None:
        return study, []
    document = tomlkit.parse(own_text)
    said = {dotted: (SETTINGS_FILE, value) for dotted, value in _leaves(own)}
    issues: list[Issue] = []
    for file, content in asked.items():
        brought, text, found = parse_toml(file, content)
        issues += found
        for dotted, value in _leaves(brought or {}):
            first, there = said.setdefault(dotted, (file, value))
            if there != value:
                issues.append(_contradiction(file, text, dotted, value, first))
            elif first == file:
                _write(document, dotted, value)
    return tomlkit.dumps(document).encode(), issues


def _leaves(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def _write(document: Any, dotted: tuple[str, ...], value: object) -> None:
    import tomlkit

    table = document
    for name in dotted[:-1]:
        table = table.setdefault(name, tomlkit.table())
    table[dotted[-1]] = value


def _contradiction(file: str, text: str, dotted: tuple[str, ...], value: object, first: str) -> Issue:
    return Issue(
        file,
        find_line(text, dotted),
        ".".join(dotted),
        shown(value),
        1,
        f"{first} has another value for this setting",
        "ask for these examples in runs of their own, or make their settings agree",
    )
