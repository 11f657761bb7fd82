"""A CSV file of one table that somebody gives beside a study: every fault of it an issue, all told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from beredt.errors import DefinitionError
from beredt.model.dictionary import TableDescription, load_fields
from beredt.model.issue import Issue, has_errors
from beredt.model.reading.csv_table import read_csv_table
from beredt.model.reading.table import Table
from beredt.model.reading.text import decode
from beredt.model.reading.typed_table import type_table


@dataclass(frozen=True, slots=True)
class OwnTable:
    """What is read: `what` it is called in an error, `fields` the file of `model/fields/` that describes its columns.

    `find_faults` tells what is wrong with rows that can be read; `may_be_empty` says whether there may be none.
    """

    what: str
    fields: str
    find_faults: Callable[[Table], Iterable[Issue]]
    may_be_empty: bool = False

    def read(self, path: Path) -> Table:
        """The table in a file. Raises DefinitionError with every fault of it."""
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise self._unread(path, "there is no such file") from error
        except OSError as error:
            raise self._unread(path, str(error.strerror)) from error
        return self.parse(path.name, content)

    def parse(self, file: str, content: bytes) -> Table:
        """The table in the content of a file; see `read`."""
        text, issues = decode(file, content)
        raw, more = read_csv_table(file, text) if text is not None else (None, ())
        issues += more
        if raw is None:
            raise DefinitionError(self.what, issues)
        name, fields = self.fields.rpartition("/")[2], load_fields(self.fields)
        table, faults = type_table(TableDescription(name, fields, self.may_be_empty, "every", "every", False, {}), raw)
        issues += (*faults, *self.find_faults(table))
        if has_errors(issues):
            raise DefinitionError(self.what, issues)
        return table

    def _unread(self, path: Path, reason: str) -> DefinitionError:
        message = f"it cannot be read: {reason}"
        return DefinitionError(self.what, [Issue(path.name, None, None, None, 1, message, "check its path")])
