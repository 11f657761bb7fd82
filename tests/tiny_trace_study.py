"""A small complete study of a call trace on a road graph: one town, two stations, one hospital, six incidents.

The roads are a ladder of eight nodes, driven both ways but for one one-way street; two of the nodes lie on a bridge
where nobody may get on or off. `trace_files()` gives the files as text, so that a test can spoil one of them.
Nothing here is real.
"""

from __future__ import annotations

from pathlib import Path

from tests.tiny_study import write_files

# id, lat, lon, access: two rows of four, 0.01 degrees apart
NODES = tuple(
    (4 * row + column + 1, 59.90 + 0.01 * row, 10.50 + 0.01 * column, 0 if column == 1 else 1)
    for row in range(2)
    for column in range(4)
)
EDGES = ((1, 2), (2, 3), (3, 4), (5, 6), (6, 7), (7, 8), (1, 5), (4, 8))
ONE_WAY = (3, 7)
KM, MINUTES = 1.0, (1.0, 1.5)

STUDY_TOML = """\
[study]
id = "tiny-trace"
languages = ["en"]
year = 2001
start = 2001-01-01
title = { en = "Tiny trace" }
base_title = { en = "As it was" }

[study.region]
south = 59.8
west = 10.4
north = 60.0
east = 10.7

[simulation]
seed = 1
replications = 1
days = 1
warmup_days = 0
cooldown_days = 0

[roads]
form = "graph"
x_km_per_degree = 55.8
y_km_per_degree = 111.32
time_unit_s = 60

[demand]
source = "trace"

[dispatch]
divert = ["A>V"]
divert_margin_s = 0

[[targets]]
urgency = "A"
where = "urban"
minutes = 8
share = 0.9
"""


def _table(header: str, *rows: tuple[object, ...]) -> str:
    return "\n".join([header, *(",".join(str(cell) for cell in row) for row in rows)]) + "\n"


def _arcs() -> list[tuple[int, int]]:
    return [pair for a, b in EDGES for pair in ((a, b), (b, a))] + [ONE_WAY]


def trace_files() -> dict[str, str | bytes]:
    """All files of the study: path inside the folder → text."""
    arcs = list(enumerate(_arcs(), start=1))
    tables = {
        "areas": _table(
            "id,lat,lon,municipality,urban,hospital_zone,rate_region,centre,organisation",
            ("town", 59.905, 10.515, "town", 1, "all", "all", "amk", "trust"),
        ),
        "municipalities": _table("id,number,name,urban", ("town", "0000", "Town", 1)),
        "organisations": _table("id,name", ("trust", "Trust")),
        "centres": _table("id,name,organisation,reserve_units", ("amk", "AMK", "trust", 0)),
        "stations": _table(
            "id,name,lat,lon,organisation,centre,basis",
            ("station-1", "First", 59.901, 10.501, "trust", "amk", "published"),
            ("station-2", "Second", 59.909, 10.531, "trust", "amk", "published"),
        ),
        "unit_kinds": _table(
            "id,name_en,name_nb,transports,stops_clock,primary,second,responder",
            ("ambulance", "ambulance", "ambulanse", 1, 1, 1, 0, 0),
        ),
        "units": _table(
            "id,station,kind,roster,basis",
            ("ambulance-1", "station-1", "ambulance", "always", "published"),
            ("ambulance-2", "station-2", "ambulance", "always", "published"),
        ),
        "rosters": _table("id,weekdays,start,end", ("always", "mon-sun", "00:00", "24:00")),
        "hospitals": _table(
            "id,name,lat,lon,organisation,emergency", ("hospital-1", "Hospital", 59.905, 10.52, "trust", 1)
        ),
        "road_nodes": _table("id,lat,lon,access", *NODES),
        "road_arcs": _table("id,from_node,to_node,km", *((number, a, b, KM) for number, (a, b) in arcs)),
        "road_times": _table(
            "arc,mode,time",
            *((number, f"mode-{mode}", time) for number, _ in arcs for mode, time in enumerate(MINUTES, start=1)),
        ),
        "travel_modes": _table("id,off_road_kmh", ("mode-1", 47), ("mode-2", 33)),
        "travel_sets": _table(
            "set,purpose,mode",
            *(("day", purpose, "mode-1") for purpose in ("A", "H")),
            *(("day", purpose, "mode-2") for purpose in ("V", "transport", "return")),
        ),
        "travel_timing": _table("start_s,set", (0, "day")),
        "trace": _table(
            "incident,call_s,urgency,lat,lon,handling_s,on_scene_s,transported,hospital,handover_s",
            (1, 60, "V", 59.9095, 10.5005, 50, 600, 1, "", 900),
            (2, 90.5, "A", 59.9005, 10.5305, 50, 600, 0, "", 0),
            (3, 300, "H", 59.9, 10.52, 50, 900, 1, "hospital-1", 600),
            (4, 300, "A", 59.9101, 10.5202, 50, 300, 1, "", 300),
            (5, 3000, "V", 59.9, 10.5, 50, 60, 0, "", 0),
            (7, 86399, "A", 59.91, 10.53, 50, 60, 0, "", 0),
        ),
        "demand_points": _table("lat,lon,people", (59.9, 10.5, 100), (59.91, 10.53, 50.5)),
        "cover": _table("urgency,cover_s,rate_per_day", ("A", 430, 3), ("V", 1150, 1)),
    }
    return {"study.toml": STUDY_TOML, **{f"{name}.csv": text for name, text in tables.items()}}


def write_trace_study(folder: Path, **changed: str) -> Path:
    """Write the study to `folder` (made if missing) and return it; `changed` replaces whole tables by name."""
    return write_files(folder, trace_files() | {f"{name}.csv": text for name, text in changed.items()})
