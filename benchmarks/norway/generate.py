"""From the population grid to an ordinary study folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.norway.areas import merge_cells
from benchmarks.norway.grid import YEAR, read_cells
from benchmarks.norway.sizes import Sizes
from benchmarks.norway.tables import make_plan, outlines_of, study_tables
from beredt.model.find import find_study_folder
from beredt.model.reading.files import OUTLINES_FILE

BORROWED = ("age_rates", "intervals", "needs", "profile", "rosters", "speeds", "unit_kinds")
"""Tables of the bundled study that the generated one has as they are."""

PEOPLE_OF_NORWAY = 5_627_400.0
"""On 1 January 2026, as the grid has them: a part of the country gets its share of everything."""

SETTINGS = f"""\
# Generated to measure speed. Stations, units, hospitals, borders and rates are made up by rule; only people and
# municipalities are real. Nothing that comes out of this study says anything about any service.

[study]
id = "generated-norway"
languages = ["en", "nb"]
year = {YEAR}
start = {YEAR}-01-01

[study.title]
en = "Generated service for a test of speed: {{place}}"
nb = "Generert tjeneste for en fartsprøve: {{place}}"

[study.base_title]
en = "Generated"
nb = "Generert"

[study.region]
south = 57.5
west = 4.0
north = 71.5
east = 31.5

[simulation]
seed = 20260101
replications = 1
days = 365
warmup_days = 2
cooldown_days = 1

[travel]
access_s = 102
noise_sigma = 0.25

# No roads: straight lines between neighbouring areas, made longer by one factor for mountains, fjords and bends.
[travel.local]
max_km = 50
neighbours = 8
near_km = 50
detour_near = 1.4
detour_far = 1.4
density_steps = [30, 300, 1500, 4000]
pace_min_per_km = [1.00, 1.05, 1.20, 1.40, 1.60]

[dispatch]
divert = ["A>H", "A>V"]
divert_margin_s = 120
responder_release_s = 300

[[targets]]
urgency = "A"
where = "urban"
minutes = 12
share = 0.9

[[targets]]
urgency = "A"
where = "rural"
minutes = 25
share = 0.9
"""


def generate_study(source: Path, folder: Path, sizes: Sizes | None = None, numbers: str = "") -> Path:
    """Write the study.

    Args:
        source: folder with the grid, the age table and the municipalities.
        folder: where the study is to lie; it must be new or empty.
        sizes: how much of everything; by default those of Norway, or the part that the chosen people are of it.
        numbers: only municipalities whose number begins so; all where it is empty.

    Returns:
        The folder.

    Raises:
        FileExistsError: the folder has something in it.
        FileNotFoundError, ValueError: see `read_cells`.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty: name a new folder")
    cells = read_cells(source, numbers)
    chosen = sizes or Sizes().part(min(1.0, float(cells.people.sum()) / PEOPLE_OF_NORWAY))
    plan = make_plan(merge_cells(cells, chosen.areas), chosen)
    tables = study_tables(plan, source)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_csv(folder / f"{name}.csv")
    bundled = find_study_folder("asker-baerum")
    for name in BORROWED:
        shutil.copyfile(bundled / f"{name}.csv", folder / f"{name}.csv")
    outlines = json.dumps(outlines_of(plan, source), ensure_ascii=False)
    (folder / OUTLINES_FILE).write_text(outlines, encoding="utf-8")
    place = f"municipalities {numbers}…" if numbers else "all of Norway"
    (folder / "study.toml").write_text(SETTINGS.format(place=place), encoding="utf-8")
    return folder
