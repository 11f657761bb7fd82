"""The tiny study with a table for every chapter: opinions, staff, prices, travel, an income model. All made up."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from tests.decision.example_figures import BLOCK, OF_THE_TINY_STUDY, tiny_tables
from tests.tiny_comparison import write_comparison
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "patient-travel.md"

PRICES = """\
taxi_nok_per_trip,all,50,60,70,assumed,made up
taxi_nok_per_km,all,15,18,20,assumed,made up
bus_nok_per_km,all,20,25,30,assumed,made up
"""

DESTINATIONS = """\
origin,destination,share,basis,source
ost,hosp-east,0.8,assumed,made up
ost,hosp-west,0.2,assumed,made up
vest,hosp-east,0.5,assumed,made up
vest,hosp-west,0.5,assumed,made up
sor,hosp-east,1,assumed,made up
"""

LINES = """\
id,organisation,name_en,name_nb,direction,weekdays,seats,taken,wheelchairs,riders,basis,source
in,trust-west,Line east,Linje øst,out,mon-fri,30,14,2,all,assumed,made up
back,trust-west,Line home,Linje heim,home,mon-fri,30,14,2,all,assumed,made up
"""

STOPS = """\
line,alternative,position,name,lat,lon,time,km,basis,source
in,today,10,South,59.850,10.510,08:00,,assumed,made up
in,2,20,West,59.899,10.530,08:15,,assumed,made up
in,today,30,East,59.905,10.650,08:40,,assumed,made up
back,today,10,East,59.905,10.650,15:00,,assumed,made up
back,today,30,South,59.850,10.510,15:40,,assumed,made up
"""


def income_files() -> dict[str, str]:
    """Table → the CSV of an income model that the documentation shows, with the places of the tiny study."""
    shown = {name: text for name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if name.startswith("income")}
    places = {**OF_THE_TINY_STUDY, "baerum": "vest"}
    return {name: re.sub(r"\b(ous|vv|baerum)\b", lambda m: places[m[0]], text) for name, text in shown.items()}


def travel_files() -> dict[str, str]:
    """Figures of the bundled study with made-up prices, and a bus line that stops once more in alternative 2."""
    figures = files("beredt.studies").joinpath("asker_baerum", "travel_figures.csv").read_text(encoding="utf-8")
    return {
        "travel_figures": figures + PRICES,
        "travel_destinations": DESTINATIONS,
        "bus_lines": LINES,
        "bus_stops": STOPS,
    }


def write_whole_study(folder: Path, **changed: str) -> Path:
    """Write it to `folder` and return that; `changed` replaces whole tables by name."""
    tables = {**tiny_tables(), **travel_files(), **income_files(), **changed}
    return write_comparison(write_opinions(write_tiny_study(folder, **tables)))
