"""What pydantic finds wrong in a TOML document, as issues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic_core import ErrorDetails

from beredt.model.did_you_mean import find_closest
from beredt.model.field import Field
from beredt.model.issue import Issue, shown
from beredt.model.reading.toml_file import find_line

Path = tuple[str | int, ...]


def toml_issues(file: str, text: str, fields: Iterable[Field], errors: Iterable[ErrorDetails]) -> tuple[Issue, ...]:
    """One issue for each of pydantic's `errors` in the document `text`, whose keys are `fields` (dotted names)."""
    keys = {field.name: field for field in fields}
    return tuple(_issue(file, text, keys, error) for error in errors)


def key_path(error: ErrorDetails) -> Path:
    """The way to the key at fault: names, and positions from 0."""
    return tuple(part for part in error["loc"] if part != "[key]")


def dotted(path: Path) -> str:
    """A path as a person writes it, positions counted from 1: `targets[2].minutes`."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def unknown_key_remedy(key: str, known: Iterable[str]) -> str:
    """A remedy for an unknown key: the nearest known one, or all of them."""
    names = list(known)
    close = find_closest(key, names)
    if close:
        return f"did you mean {close}?"
    return f"remove it; here may stand {', '.join(names)}" if names else "remove it"


def _issue(file: str, text: str, keys: Mapping[str, Field], error: ErrorDetails) -> Issue:
    path = key_path(error)
    name = ".".join(part for part in path if isinstance(part, str))
    message, remedy = _words(error, name, keys)
    value = None if error["type"] == "missing" or isinstance(error["input"], dict) else shown(error["input"])
    return Issue(file, find_line(text, path), dotted(path) or None, value, 1, message, remedy)


def _words(error: ErrorDetails, name: str, keys: Mapping[str, Field]) -> tuple[str, str]:
    """Message and remedy for one of pydantic's findings."""
    field = keys.get(name)
    expected = (
        f"give {field.range_text()}: {field.description['en']}" if field else "give a value as the reference says"
    )
    if error["type"] == "missing":
        return "the key is missing", expected
    if error["type"] == "extra_forbidden":
        section, _, last = name.rpartition(".")
        siblings = (key.rpartition(".") for key in keys)
        return "no such key", unknown_key_remedy(last, (key for parent, _, key in siblings if parent == section))
    if error["loc"][-1:] == ("[key]",) and not field:
        return "no such key", "use one of " + str(error.get("ctx", {}).get("pattern", "the known keys")).strip("^$()")
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, "), expected
    if error["type"] == "string_pattern_mismatch":
        return "not an id, or not in the form that is asked for", expected
    message = error["msg"].replace("Input should", "the value should").replace("Tuple should", "the list should")
    return message[0].lower() + message[1:], expected
