"""Where every fetched file comes from: `provenance.json` for programs, `LICENCES.md` for people."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from beredt.errors import ResultsError

PROVENANCE, LICENCES = "provenance.json", "LICENCES.md"
FORM = 1
"""The version of the file's form."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one file comes from. `request` is the checksum of address and body, `asked_utc` when it was whole."""

    source: str
    file: str
    url: str
    method: str
    request: str
    asked_utc: str
    bytes: int
    sha256: str
    etag: str | None
    last_modified: str | None
    licence: str
    attribution: str
    about: str


def read_provenance(folder: Path) -> tuple[Origin, ...]:
    """What is told of the files in a folder, by source and file; nothing where nothing was fetched.

    Raises ResultsError for a file that cannot be read.
    """
    path = folder / PROVENANCE
    if not path.exists():
        return ()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["form"] != FORM:
            raise ResultsError(f"{path} is of form {document['form']}, this version reads {FORM}; fetch anew elsewhere")
        return tuple(Origin(**one) for one in document["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResultsError(f"{path} cannot be read: {error}; move it away and fetch again") from error


def write_provenance(folder: Path, origins: tuple[Origin, ...], version: str) -> None:
    """Write both files, whole or not at all."""
    ordered = sorted(origins, key=lambda one: (one.source, one.file))
    document = {"form": FORM, "beredt": version, "files": [asdict(one) for one in ordered]}
    _write(folder / PROVENANCE, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    _write(folder / LICENCES, _licences(ordered))


def _licences(origins: list[Origin]) -> str:
    lines = ["# Licences of the files in this folder", ""]
    for one in origins:
        lines += [f"- `{one.file}`: {one.attribution}, {one.licence}, fetched {one.asked_utc}. {one.about}"]
    return "\n".join([*lines, ""])


def _write(path: Path, text: str) -> None:
    half = path.with_name(f"{path.name}.half")
    half.write_text(text, encoding="utf-8", newline="\n")
    half.replace(path)
