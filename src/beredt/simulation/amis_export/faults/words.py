"""Faults of codes, names and amounts."""

from __future__ import annotations

from random import Random

from beredt.simulation.amis_export.export_row import STAMP_COLUMNS, ExportRow
from beredt.simulation.amis_export.faults.fault import Fault, Planted, changed, rewritten

URGENCIES = ("X", "H?", "9", "Grå")
KINDS = ("Motorsykkel", "AMBULANSE 2", "Ukjent")
STATIONS = ("Smestad/Majorstua", "Ukjent stasjon", "Ås")


def urgency(row: ExportRow, random: Random) -> Planted:
    """A code of urgency that nobody knows."""
    return changed(row, hastegrad=random.choice(URGENCIES))


def unit_kind(row: ExportRow, random: Random) -> Planted:
    """A kind of unit that nobody knows."""
    return changed(row, tiltak_type=random.choice(KINDS))


def station(row: ExportRow, random: Random) -> Planted:
    """A station that is in no list."""
    return changed(row, stasjon=random.choice(STATIONS))


def no_unit(row: ExportRow, random: Random) -> Planted:
    """An incident to which nobody was sent."""
    blank = [*STAMP_COLUMNS.values()][2:]
    return rewritten(row, dict.fromkeys((*blank, "tiltak_type", "ressurs_id", "stasjon", "helseforetak", "km"), ""))


def age(row: ExportRow, random: Random) -> Planted:
    """An age that nobody has."""
    return changed(row, alder=random.choice(("-1", "151", "999")))


def km(row: ExportRow, random: Random) -> Planted:
    """A distance that nobody drives."""
    return changed(row, km=random.choice(("-5,0", "48213,0")))


def no_number(row: ExportRow, random: Random) -> Planted:
    """A word where a number should be."""
    return changed(row, km=random.choice(("ca. 12", "ukjent", "12 km")))


FAULTS = (
    Fault("unknown_urgency", urgency),
    Fault("unknown_unit_kind", unit_kind),
    Fault("unknown_station", station),
    Fault("no_unit", no_unit, responses=-1),
    Fault("impossible_age", age),
    Fault("impossible_km", km),
    Fault("unreadable_number", no_number),
)
