"""`alternatives/*.toml` to alternatives, every fault an issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field, ValidationError

from beredt.model.alternative import Alternative
from beredt.model.dictionary import load_fields
from beredt.model.edits.parse import ParsedEdits, parse_edits
from beredt.model.issue import Issue
from beredt.model.reading.files import ALTERNATIVES_FOLDER
from beredt.model.reading.toml_file import parse_toml
from beredt.model.reading.toml_issues import toml_issues
from beredt.model.settings_base import AlternativeId, Edits, LocalText, Section, Texts


class AlternativeFile(Section):
    """An alternative as written."""

    id: AlternativeId
    title: LocalText
    description: LocalText
    note: Texts = Field(default_factory=dict)
    edits: Edits = ()


@dataclass(frozen=True, slots=True)
class AlternativeReading:
    """One file of an alternative. `alternative` is None when its head is at fault; `edits` are then judged still."""

    file: str
    text: str
    alternative: Alternative | None
    edits: ParsedEdits
    issues: tuple[Issue, ...]


def parse_alternatives(contents: Mapping[str, bytes]) -> tuple[AlternativeReading, ...]:
    """All alternatives in the order of their file names."""
    names = sorted(name for name in contents if name.startswith(f"{ALTERNATIVES_FOLDER}/"))
    return tuple(_parse(name, contents[name]) for name in names)


def _parse(file: str, content: bytes) -> AlternativeReading:
    document, text, issues = parse_toml(file, content)
    if document is None:
        return AlternativeReading(file, text, None, ParsedEdits((), (), frozenset(), ()), issues)
    head: AlternativeFile | None = None
    try:
        head = AlternativeFile.model_validate(document)
    except ValidationError as error:
        issues = toml_issues(file, text, load_fields("alternative"), error.errors(include_url=False))
    entries = document.get("edits")
    tables = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    edits = parse_edits(file, text, tables)
    issues += edits.issues
    alternative = None
    if head is not None:
        alternative = Alternative(head.id, dict(head.title), dict(head.description), edits.edits, dict(head.note), file)
    return AlternativeReading(file, text, alternative, edits, issues)
