"""Edits as a page and a file of an alternative hold them."""

from __future__ import annotations

from collections.abc import Iterable

from beredt.model.dictionary import load_edits
from beredt.model.edits.edit import Edit
from beredt.model.edits.parse import KIND_KEY
from beredt.web.analyses.forms import Entry


def entries_of(edits: Iterable[Edit]) -> list[Entry]:
    """Edits in their order; what is as the dictionary has it anyway is left out."""
    return [_entry(edit) for edit in edits]


def _entry(edit: Edit) -> Entry:
    fields = load_edits()[edit.kind]
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in edit.given().items()}
    return {KIND_KEY: edit.kind} | {key: value for key, value in given.items() if str(value) != fields[key].default}
