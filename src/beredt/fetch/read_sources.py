"""The table of sources that comes with the program, and what a user's own table puts in its place."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from beredt.errors import DefinitionError, UnknownIdError
from beredt.fetch.source import Source, SourceTable
from beredt.model.issue import Issue, shown

SHIPPED = "sources.toml"


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources by id, and collections of ids."""

    by_id: dict[str, Source]
    collections: dict[str, tuple[str, ...]]

    def choose(self, name: str) -> tuple[Source, ...]:
        """The sources of a collection, or one by its id. Raises UnknownIdError."""
        if name in self.by_id:
            return (self.by_id[name],)
        if name not in self.collections:
            raise UnknownIdError("source or collection", name, [*self.collections, *self.by_id])
        return tuple(self.get(one) for one in self.collections[name])

    def get(self, name: str) -> Source:
        """One source. Raises UnknownIdError."""
        if name not in self.by_id:
            raise UnknownIdError("source", name, self.by_id)
        return self.by_id[name]


def read_sources(own: Path | None = None) -> Sources:
    """The shipped sources; those of the user's own file replace shipped ones of the same id, or stand beside them.

    Raises DefinitionError with all faults of the user's file.
    """
    shipped = SourceTable.model_validate(tomllib.loads(files("beredt.fetch").joinpath(SHIPPED).read_text("utf-8")))
    tables = [shipped] if own is None else [shipped, _read(own)]
    by_id = {source.id: source for table in tables for source in table.sources}
    collections = {name: ids for table in tables for name, ids in table.collections.items()}
    unknown = sorted({one for ids in collections.values() for one in ids} - set(by_id))
    if unknown:
        message = "a collection names a source that is not there"
        raise DefinitionError(
            "table of sources", [_issue(own, "collections", ", ".join(unknown), message, "name a source of the table")]
        )
    return Sources(by_id, collections)


def _read(path: Path) -> SourceTable:
    try:
        return SourceTable.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        issues = [_issue(path, None, None, f"cannot be read: {error.strerror}", "name a file that can be read")]
    except UnicodeDecodeError:
        issues = [_issue(path, None, None, "is no UTF-8 text", "save it as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        issues = [_issue(path, None, None, f"is no TOML: {error}", "mend the line that is named")]
    except ValidationError as error:
        issues = [
            _issue(
                path,
                ".".join(str(part) for part in fault["loc"]) or None,
                shown(fault["input"]),
                fault["msg"].removeprefix("Value error, "),
                "see the shipped table, `beredt fetch --list --json`",
            )
            for fault in error.errors()
        ]
    raise DefinitionError("table of sources", issues)


def _issue(path: Path | None, field: str | None, value: str | None, message: str, remedy: str) -> Issue:
    return Issue(str(path or SHIPPED), None, field, value, 1, message, remedy)
