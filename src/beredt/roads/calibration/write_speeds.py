"""A fitted table written beside the one it came from: the same file with other shares."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import tomlkit

from beredt.roads.calibration.fit import SpeedFit
from beredt.roads.imported.road_class import ROAD_CLASSES
from beredt.roads.speeds.speed_table import BUNDLED


def write_speeds(path: Path, fit: SpeedFit, given: Path | None) -> None:
    """Write the table that was `given` (None: the bundled one), comments kept, with the fitted shares and a new id."""
    source = files("beredt.roads.speeds") / BUNDLED if given is None else given
    document = tomlkit.parse(source.read_text("utf-8"))
    document["id"] = fit.speeds.id
    shares = document["share"]
    for number, name in enumerate(ROAD_CLASSES):
        if name in fit.factor:
            shares[name] = round(float(fit.speeds.share[number]), 4)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
