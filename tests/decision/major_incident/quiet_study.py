"""The tiny study without chance: two ambulances, every duration its median, hardly an incident of its own."""

from __future__ import annotations

from pathlib import Path

from beredt.model.read import load_study
from beredt.model.study import Study
from tests.tiny_study import tiny_files, write_files

UNITS = (
    "id,station,kind,roster,basis\ne-1,st-east,ambulance,all-day,published\nw-1,st-west,ambulance,all-day,published\n"
)


def write_quiet_study(folder: Path, **changed: str) -> Path:
    """Write it; `changed` replaces whole tables by name."""
    files = tiny_files()
    files["intervals.csv"] = "\n".join(
        line.rsplit(",", 1)[0] + (",0" if number else ",sigma")
        for number, line in enumerate(files["intervals.csv"].splitlines())
    )
    rates = files["rates.csv"].splitlines()
    files["rates.csv"] = "\n".join([rates[0], *(line.rsplit(",", 1)[0] + ",0.0001" for line in rates[1:])])
    files["study.toml"] = files["study.toml"].replace("noise_sigma = 0.25", "noise_sigma = 0.0")
    files["units.csv"] = UNITS
    return write_files(folder, files | {f"{name}.csv": text for name, text in changed.items()})


def quiet_study(folder: Path, **changed: str) -> Study:
    """The same, read."""
    return load_study(write_quiet_study(folder, **changed))
