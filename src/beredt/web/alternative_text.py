"""An alternative as TOML: written new, or changed with everything kept that somebody wrote by hand and still holds.

A file is cut at its `[[edits]]`: a block is such a table with the comment lines right above it. Blocks of edits that
stay are kept to the letter, wherever they move; new ones are written in the order of the field dictionary. The head
is changed key by key. What comes out is read back before it is used: where a file is written in a way that cutting
does not understand, it is written anew.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.items import Table

from beredt.model.dictionary import load_edits
from beredt.model.edits.parse import KIND_KEY

Entry = Mapping[str, Any]
Texts = Mapping[str, str]

EDITS = "edits"
_HEADER = re.compile(r"^\s*\[")
_EDITS_HEADER = re.compile(r"^\s*\[\[\s*edits\s*\]\]\s*(#.*)?$")
_COMMENT = re.compile(r"^\s*#")


@dataclass(frozen=True, slots=True)
class AlternativeContent:
    """What a file of an alternative holds: `edits` are tables as they stand there, texts are by language."""

    id: str
    title: Texts
    description: Texts
    note: Texts
    edits: tuple[Entry, ...]

    def as_document(self) -> dict[str, Any]:
        """The content as TOML reads it; an empty note or list is left out."""
        whole: dict[str, Any] = {
            "id": self.id,
            "title": dict(self.title),
            "description": dict(self.description),
            "note": dict(self.note),
            EDITS: [dict(edit) for edit in self.edits],
        }
        return {key: value for key, value in whole.items() if value}


def new_text(content: AlternativeContent) -> str:
    """A file for an alternative that has none."""
    document = tomlkit.document()
    document["id"] = content.id
    for name, texts in _texts_of(content).items():
        if texts:
            table = tomlkit.table()
            table.update(dict(texts))
            document[name] = table
    return _joined(tomlkit.dumps(document), [_edit_block(edit, "\n") for edit in content.edits], "\n")


def changed_text(text: str, content: AlternativeContent) -> str:
    """The file `text`, valid TOML, with another content; all of it that still holds stays to the letter."""
    if _says(text, content):
        return text
    changed = _changed(text, content)
    return changed if changed is not None and _says(changed, content) else new_text(content)


def _says(text: str, content: AlternativeContent) -> bool:
    """Whether a file reads as a content."""
    try:
        found = tomllib.loads(text)
    except ValueError:
        return False
    return {key: value for key, value in found.items() if value} == content.as_document()


def _changed(text: str, content: AlternativeContent) -> str | None:
    """The file changed by cutting, None where it is written in a way that cutting does not understand."""
    newline = "\r\n" if "\r\n" in text else "\n"
    head, blocks = _cut(text)
    try:
        known = [tomllib.loads(block)[EDITS] for block in blocks]
        document = tomlkit.parse(head)
    except (ValueError, KeyError):
        return None
    if any(len(entries) != 1 for entries in known):
        return None
    kept = list(zip((entries[0] for entries in known), blocks, strict=True))
    _change_head(document, content, inline=bool(content.edits) and not blocks)
    if EDITS in document:
        return tomlkit.dumps(document)
    return _joined(tomlkit.dumps(document), [_kept_or_new(edit, kept, newline) for edit in content.edits], newline)


def _cut(text: str) -> tuple[str, list[str]]:
    """The head, that is all that is not an edit, and the blocks of edits, both with their line ends."""
    head: list[str] = []
    blocks: list[list[str]] = []
    part = head
    for line in text.splitlines(keepends=True):
        if _HEADER.match(line):
            above = _taken_from_end(part)
            if _EDITS_HEADER.match(line.rstrip("\r\n")):
                part = []
                blocks.append(part)
            else:
                part = head
            part += above
        part.append(line)
    return "".join(head), ["".join(block) for block in blocks]


def _taken_from_end(lines: list[str]) -> list[str]:
    """Take the comment lines at the end away: they stand right above what comes next, and belong to it."""
    count = 0
    while count < len(lines) and _COMMENT.match(lines[-1 - count]):
        count += 1
    above = lines[len(lines) - count :]
    del lines[len(lines) - count :]
    return above


def _change_head(document: tomlkit.TOMLDocument, content: AlternativeContent, *, inline: bool) -> None:
    """Put id and texts into the head. Edits that stand in one list there stay if they are to stay, else they go."""
    if document.get("id") != content.id:
        document["id"] = content.id
    for name, texts in _texts_of(content).items():
        if not texts:
            document.pop(name, None)
        elif name not in document:
            table = tomlkit.table()
            table.update(dict(texts))
            document[name] = table
        else:
            _change_texts(document[name], texts)
    if EDITS in document and not (inline and document[EDITS] == [dict(edit) for edit in content.edits]):
        del document[EDITS]


def _change_texts(table: Table, texts: Texts) -> None:
    for language in [one for one in table if one not in texts]:
        del table[language]
    for language, text in texts.items():
        if table.get(language) != text:
            table[language] = text


def _kept_or_new(edit: Entry, kept: list[tuple[Entry, str]], newline: str) -> str:
    """The block that an edit has already, used once, or a new one."""
    for number, (known, block) in enumerate(kept):
        if known == edit:
            del kept[number]
            return block
    return _edit_block(edit, newline)


def _edit_block(edit: Entry, newline: str) -> str:
    """An edit as a table: its kind first, its keys as the dictionary has them."""
    order = [KIND_KEY, *load_edits().get(str(edit.get(KIND_KEY)), ())]
    keys = [key for key in order if key in edit] + [key for key in edit if key not in order]
    lines = [f"[[{EDITS}]]", *(f"{key} = {tomlkit.item(edit[key]).as_string()}" for key in keys)]
    return newline.join(lines) + newline


def _joined(head: str, blocks: Sequence[str], newline: str) -> str:
    """Head and blocks with one empty line between them and a line end at the end."""
    parts = [part.strip("\r\n") for part in (head, *blocks)]
    return (newline * 2).join(part for part in parts if part) + newline


def _texts_of(content: AlternativeContent) -> dict[str, Texts]:
    return {"title": content.title, "description": content.description, "note": content.note}
