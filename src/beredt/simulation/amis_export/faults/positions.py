"""Faults of positions. The geometry and the square keep the true place, as in an export that was joined later."""

from __future__ import annotations

from random import Random

import numpy as np

from beredt.missions.coordinates import from_degrees, to_degrees
from beredt.simulation.amis_export.export_row import ExportRow, X, Y, decimal
from beredt.simulation.amis_export.faults.fault import Fault, Planted, rewritten
from beredt.simulation.amis_export.true_rows import CRS

_OTHER_ZONES = ("EPSG:25832", "EPSG:25832", "EPSG:25835")


def absent(row: ExportRow, random: Random) -> Planted:
    """No position."""
    return rewritten(row, {X: "", Y: ""})


def axes(row: ExportRow, random: Random) -> Planted:
    """East and north have changed places."""
    return rewritten(row, {X: row.cells[Y], Y: row.cells[X]})


def zone(row: ExportRow, random: Random) -> Planted:
    """The position in another zone of UTM."""
    lat, lon = to_degrees(np.array([row.truth["x"]]), np.array([row.truth["y"]]), CRS)
    x, y = from_degrees(lat, lon, random.choice(_OTHER_ZONES))
    return rewritten(row, {X: decimal(float(x[0]), 2), Y: decimal(float(y[0]), 2)})


def lost_comma(row: ExportRow, random: Random) -> Planted:
    """A spreadsheet has taken the decimal comma away."""
    return rewritten(row, {X: row.cells[X].replace(",", ""), Y: row.cells[Y].replace(",", "")})


def zeros(row: ExportRow, random: Random) -> Planted:
    """Noughts where nothing is known."""
    return rewritten(row, {X: "0,00", Y: "0,00"})


def elsewhere(row: ExportRow, random: Random) -> Planted:
    """A place in another part of the country."""
    x, y = row.truth["x"] + random.randint(100, 300) * 1000, row.truth["y"] + random.randint(200, 400) * 1000
    return rewritten(row, {X: decimal(x, 2), Y: decimal(y, 2)})


FAULTS = (
    Fault("position_missing", absent),
    Fault("position_axes", axes),
    Fault("position_zone", zone),
    Fault("position_scale", lost_comma),
    Fault("position_unreadable", zeros),
    Fault("position_outside", elsewhere),
)
