"""The tiny study on roads of a map: the same places, with three roads, a street and an island drawn by hand."""

from __future__ import annotations

from pathlib import Path

from beredt.roads.imported.import_roads import import_roads
from beredt.roads.osm.read_osm import read_osm
from beredt.roads.profile.profile import load_profile
from tests.roads.imported.tiny_osm import TinyOsm
from tests.tiny_study import STUDY_TOML, tiny_files, write_files

POINTS = {
    1: (59.900, 10.500), 2: (59.900, 10.530), 3: (59.900, 10.635), 4: (59.900, 10.660), 5: (59.852, 10.510),
    6: (59.909, 10.530), 7: (59.891, 10.640), 8: (59.860, 10.700), 9: (59.862, 10.700),
}  # fmt: skip
WEST_EAST, SOUTH = 11, 12
"""Ids of the road over the water and of the one to the village."""


def write_map_study(folder: Path, **alternatives: str) -> Path:
    """Write the study below `folder`, its roads imported; `alternatives` are files by their names."""
    drawn = TinyOsm(places=POINTS)
    drawn.way(WEST_EAST, [1, 2, 3, 4], highway="primary", maxspeed="80")
    drawn.way(SOUTH, [5, 2], highway="secondary", maxspeed="60")
    drawn.way(13, [2, 6]).way(14, [3, 7]).way(15, [8, 9])
    files = {name: text for name, text in tiny_files().items() if name not in ("places.csv", "links.csv", "water.csv")}
    files["study.toml"] = STUDY_TOML.replace("[travel]", '[roads]\nform = "map"\n\n[travel]', 1)
    files |= {f"alternatives/{name}.toml": text for name, text in alternatives.items()}
    study = write_files(folder / "tiny", files)
    source = drawn.write(folder / "tiny.osm.pbf")
    profile = load_profile()
    import_roads(
        lambda limits_of, tally: read_osm(source, profile, limits_of, tally),
        [source], "osm", profile, "NO", study, "made by hand",
    )  # fmt: skip
    return study
