"""The files of an export: the CSV with AMIS's habits, the list of what was planted, and a profile to read it with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from beredt.simulation.amis_export.export_row import COLUMNS, GEOMETRY, ID, ExportRow

ENCODING = "cp1252"
DELIMITER = ","
CUT_AFTER = 9
"""Cells that are left of a line that is cut."""


def write_csv(rows: Sequence[ExportRow], columns: Sequence[str], path: Path) -> None:
    """Write the export: windows-1252, commas between cells, a first column without a name that counts the lines."""
    lines = [DELIMITER.join(columns)]
    for number, row in enumerate(rows, start=1):
        row.cells[ID] = str(number)
        lines.append(line_of(row, columns))
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(ENCODING))


def line_of(row: ExportRow, columns: Sequence[str]) -> str:
    """One line of the file."""
    cells = [
        row.cells[name] if row.form == "unquoted" and name == GEOMETRY else quoted(row.cells[name]) for name in columns
    ]
    return DELIMITER.join(cells[:CUT_AFTER] if row.form == "cut" else cells)


def quoted(cell: str) -> str:
    """A cell in quotation marks where it needs them."""
    if DELIMITER in cell or '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def write_planted(document: Mapping[str, Any], path: Path) -> None:
    """Write the list of what was planted."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def columns_of(numbered: bool, number: str) -> tuple[str, ...]:
    """The header, with a column for the numbers of incidents where there is one."""
    return (*COLUMNS, number) if numbered else COLUMNS


def profile_text(region: Mapping[str, float], stations: Sequence[str], latest: str) -> str:
    """The profile for exports of AMIS with a region, a list of stations, and when the export was written."""
    text = files("beredt.missions").joinpath("profiles", "amis.toml").read_text(encoding="utf-8")
    head, _, rest = text.partition("[region]\n")
    _, _, tail = rest.partition("\n[")
    limits = "".join(f"{side} = {degrees:.4f}\n" for side, degrees in region.items())
    names = ", ".join(json.dumps(name, ensure_ascii=False) for name in stations)
    cleaning = f"[cleaning]\nlatest = {latest}\nstations = [{names}]\n"
    renamed = head.replace('id = "amis"', 'id = "amis-generated"', 1)
    return f"{renamed}[region]\n{limits}\n{cleaning}\n[{tail}"
