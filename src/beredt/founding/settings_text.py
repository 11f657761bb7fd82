"""`study.toml` of a founded study, and the word of where everything in it is from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from string import Template

import numpy as np
import polars as pl

from beredt.fetch.provenance import Origin
from beredt.founding.borders import Municipality
from beredt.founding.tables import COPIED, Founded

MARGIN_DEGREES = 0.05
MINUTES = {"urban": 12, "rural": 25}
"""Guiding targets for acute incidents: 90 % within these minutes of the call."""
ROADS = '\n[roads]\nform = "map"    # the folder roads/, made by beredt import osm or nvdb\n'
WITH_ROADS = (
    "| `roads/` | OpenStreetMap, see `roads/roads.json`; what could not be used is in `roads/issues.csv`. | "
    "Speeds where no limit is signed. |"
)
WITHOUT_ROADS = (
    "| roads | **None were fetched**: ways are as the crow flies with a detour, also across water and mountains. "
    "| **All of it: no answer about response times can rest on it.** |"
)


def settings_text(
    founded: Founded,
    areas: pl.DataFrame,
    municipalities: pl.DataFrame,
    study: str,
    *,
    has_roads: bool,
    verb: str = "beredt study init --from",
) -> str:
    """The settings, as a person would write them. `areas`, `municipalities`: the tables; `study`: its id."""
    names = ", ".join(one.name for one in founded.municipalities)
    places = [*founded.stations, *founded.hospitals]
    lat = np.append(areas["lat"].to_numpy(), [one.lat for one in places])
    lon = np.append(areas["lon"].to_numpy(), [one.lon for one in places])
    return template_of("study.template.toml").substitute(
        verb=verb,
        id=_text(study),
        year=founded.year,
        title_en=_text(f"The prehospital service in {names}"),
        title_nb=_text(f"Den prehospitale tjenesten i {names}"),
        south=f"{lat.min() - MARGIN_DEGREES:.2f}",
        north=f"{lat.max() + MARGIN_DEGREES:.2f}",
        west=f"{lon.min() - 2 * MARGIN_DEGREES:.2f}",
        east=f"{lon.max() + 2 * MARGIN_DEGREES:.2f}",
        roads=ROADS if has_roads else "",
        targets="".join(_target(where) for where, there in _where(areas, municipalities).items() if there),
        groups="".join(_group(one) for one in founded.municipalities),
        municipalities=json.dumps([one.id for one in founded.municipalities]),
        gate_groups=json.dumps([f"group-{one.id}" for one in founded.municipalities]),
        stations=json.dumps([one.id for one in founded.stations]),
    )


def sources_text(founded: Founded, origins: Sequence[Origin], *, has_roads: bool) -> str:
    """SOURCES.md: each table, where it is from, and what in it is assumed."""
    unsure = [one.name for one in founded.trusts if one.assumed]
    rows = [
        f"| {one.file} | {one.attribution} | {one.licence} | {one.asked_utc} | {one.sha256[:16]}… |" for one in origins
    ]
    return template_of("SOURCES.template.md").substitute(
        files="\n".join(rows),
        trusts=f" Not told, or told twice: look at {', '.join(unsure)}." if unsure else "",
        copied=", ".join(f"`{name}`" for name in COPIED),
        roads=WITH_ROADS if has_roads else WITHOUT_ROADS,
    )


def _where(areas: pl.DataFrame, municipalities: pl.DataFrame) -> dict[str, bool]:
    """Whether anything is urban, and rural: by its own place, or by its municipality."""
    urban = np.append(areas["urban"].to_numpy(), municipalities["urban"].to_numpy()) == 1
    return {"urban": bool(urban.any()), "rural": not urban.all()}


def _target(where: str) -> str:
    return f'\n[[targets]]\nurgency = "A"\nwhere = "{where}"\nminutes = {MINUTES[where]}\nshare = 0.9\n'


def template_of(name: str) -> Template:
    """A text of this folder with places to fill in."""
    return Template(files("beredt.founding").joinpath(name).read_text(encoding="utf-8"))


def _group(one: Municipality) -> str:
    name = f"{{ en = {_text(one.name)}, nb = {_text(one.name)} }}"
    return f'\n[[groups]]\nid = "group-{one.id}"\nname = {name}\nmunicipalities = [{_text(one.id)}]\n'


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
