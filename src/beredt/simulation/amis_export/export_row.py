"""Rows of an export: cells of text as AMIS writes them, and what truly happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import polars as pl

from beredt.missions.generated import MARKER

STAMP_COLUMNS: Mapping[str, str] = {
    "call_t": "tidspunkt",
    "created_t": "tiltak_opprettet",
    "alerted_t": "varslet",
    "rolling_t": "rykker_ut",
    "scene_t": "ank_hentested",
    "leave_t": "avg_hentested",
    "dest_t": "ank_levsted",
    "free_t": "ledig",
}
"""Stamps, and the columns that hold them."""

ID, NUMBER = "", "amis_nr"
X, Y, CELL, GEOMETRY = "xcoor", "ycoor", "ssbid1000M", "geometry"

COLUMNS = (
    *(ID, *STAMP_COLUMNS.values(), "hastegrad", "tiltak_type", "ressurs_id", "stasjon", "helseforetak"),
    *("kommune", "bydel", "tettsted", X, Y, CELL, GEOMETRY, "avbestilt", "alder", "km", MARKER),
)
"""The header; the first column has no name."""

KINDS: Mapping[str, str] = {
    "ambulance": "Ambulanse",
    "single_responder": "Akuttbil",
    "doctor": "Legebil",
    "patient_transport": "Syketransport",
    "operations_leader": "Operativ Leder",
    "helicopter": "Luftambulanse",
    "boat": "Ambulansebåt",
}
"""Kinds of unit of a study, and what AMIS calls them; another kind is an ambulance."""

Form = Literal["plain", "unquoted", "cut"]
"""How a line is written: as it should be · the geometry without quotation marks · without its last cells."""


@dataclass(slots=True)
class ExportRow:
    """One line of the export, which faults may change; `truth` is the row of `true_rows` that it was made of."""

    cells: dict[str, str]
    truth: Mapping[str, Any]
    form: Form = "plain"
    taken: bool = False  # has a fault already: no other is planted here


def export_rows(rows: pl.DataFrame) -> list[ExportRow]:
    """Rows of `true_rows` as lines without any fault, in the same order."""
    return [ExportRow(cells_of(truth), truth) for truth in rows.iter_rows(named=True)]


def cells_of(truth: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row, but for its id."""
    urgency = truth["urgency"]
    cells = {
        ID: "",
        **{column: stamp_text(truth[stamp]) for stamp, column in STAMP_COLUMNS.items()},
        "hastegrad": ("V2" if truth["planned"] else "V1") if urgency == "V" else urgency,
        "tiltak_type": KINDS.get(truth["kind"], KINDS["ambulance"]) if truth["unit"] else "",
        "ressurs_id": truth["unit"],
        "stasjon": truth["station"],
        "helseforetak": truth["organisation"],
        "kommune": truth["municipality"],
        "bydel": truth["district"],
        "tettsted": truth["tettsted"],
        "avbestilt": "Ja" if truth["cancelled"] else "Nei",
        "alder": str(truth["age"]),
        "km": decimal(truth["km"], 1),
        MARKER: "1",
        NUMBER: str(truth["incident"]),
    }
    return cells | place_cells(truth["x"], truth["y"])


def place_cells(x: float, y: float) -> dict[str, str]:
    """The cells of a position in metres: coordinates, the square kilometre of Statistics Norway, and a geometry."""
    cell = 20_000_000_000_000 + int(x // 1000) * 10_000_000_000 + int(y // 1000) * 1000
    return {X: decimal(x, 2), Y: decimal(y, 2), CELL: str(cell), GEOMETRY: f"POINT ({x:.2f}, {y:.2f})"}


def stamp_text(moment: datetime | None) -> str:
    """A clock with the day first, empty where there is none."""
    return "" if moment is None else moment.strftime("%d.%m.%Y %H:%M:%S")


def decimal(number: float | None, digits: int) -> str:
    """A number with a decimal comma, empty where there is none."""
    return "" if number is None else f"{number:.{digits}f}".replace(".", ",")
