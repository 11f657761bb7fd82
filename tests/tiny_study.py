"""A small complete study that every test may use: made-up places, two centres, two organisations.

Two towns lie 6 km apart, east and west of a fjord arm, joined by one main road; a village lies south of the
western town. `tiny_files()` gives the files as text, so that a test can spoil one of them; `write_tiny_study`
writes them to a folder. Nothing here is real.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from beredt.model.dictionary import load_tables
from beredt.model.study_form import StudyForm

ORDINARY = StudyForm()
"""Main-road links and rates: what the tiny study is made of."""
ORDINARY_TABLES = tuple(name for name, table in load_tables().items() if ORDINARY.asks(table.needed_by))
"""Tables without which such a study cannot do."""

YEARS = (2022, 2026)
BANDS = ("0-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90+")
SHARES = (0.10, 0.11, 0.14, 0.15, 0.14, 0.13, 0.11, 0.08, 0.03, 0.01)
URGENCIES = ("A", "H", "V")

# id, lat, lon, municipality, district, urban, people; about a kilometre apart
AREAS = (
    ("e1", 59.900, 10.640, "ost", "ost-by", 1, 4000.0),
    ("e2", 59.909, 10.640, "ost", "ost-by", 1, 3500.0),
    ("e3", 59.891, 10.640, "ost", "ost-by", 1, 3800.0),
    ("e4", 59.900, 10.658, "ost", "ost-skog", 1, 2600.5),
    ("e5", 59.909, 10.658, "ost", "ost-skog", 0, 900.0),
    ("e6", 59.891, 10.658, "ost", "ost-skog", 1, 1800.0),
    ("w1", 59.900, 10.530, "vest", "", 1, 3000.0),
    ("w2", 59.909, 10.530, "vest", "", 1, 2500.0),
    ("w3", 59.891, 10.530, "vest", "", 1, 2700.0),
    ("w4", 59.900, 10.512, "vest", "", 0, 700.0),
    ("s1", 59.850, 10.500, "sor", "", 0, 800.0),
    ("s2", 59.850, 10.518, "sor", "", 0, 300.0),
)


def _table(header: str, rows: list[tuple[object, ...]]) -> str:
    """CSV text; no cell of the tiny study needs quoting."""
    return "\n".join([header, *(",".join(str(cell) for cell in row) for row in rows)]) + "\n"


def _area_rows() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for area, lat, lon, municipality, district, urban, _ in AREAS:
        east = municipality == "ost"
        rows.append(
            (
                area,
                lat,
                lon,
                1000,
                municipality,
                district,
                urban,
                "zone-east" if east else "zone-west",
                "city" if east else "land",
                "centre-west" if municipality == "sor" else "centre-east",
                "trust-west" if municipality == "sor" else "trust-east",
            )
        )
    return rows


def _population_rows() -> list[tuple[object, ...]]:
    return [(a[0], year, round(a[6] * (1.0 if year == 2026 else 0.95), 1)) for a in AREAS for year in YEARS]


def _age_rows() -> list[tuple[object, ...]]:
    regions = ("ost-by", "ost-skog", "vest", "sor")
    return [(r, year, b, s) for r in regions for year in YEARS for b, s in zip(BANDS, SHARES, strict=True)]


def _profile_rows() -> list[tuple[object, ...]]:
    return [
        (u, day, hour, 2.0 if 8 <= hour < 20 else 1.0) for u in URGENCIES for day in range(1, 8) for hour in range(24)
    ]


def _border_rows() -> list[tuple[object, ...]]:
    pairs = (("centre-east", "centre-west"), ("centre-west", "centre-east"))
    return [
        (
            asking,
            owning,
            u,
            "seamless" if u == "A" else "own_first",
            0 if u == "A" else 60,
            0 if u == "A" else 90,
            "live" if u == "A" else "stale",
            0 if u == "A" else 300,
        )
        for asking, owning in pairs
        for u in URGENCIES
    ]


def _interval_rows() -> list[tuple[object, ...]]:
    medians = {
        "handling": (125, 365, 900),
        "mobilisation": (88, 122, 209),
        "mobilisation_out": (60, 60, 60),
        "on_scene": (1640, 1540, 1060),
        "second_on_scene": (1440, 1440, 1440),
        "handover": (1008, 827, 751),
    }
    return [(name, u, m, 0.5) for name, by in medians.items() for u, m in zip(URGENCIES, by, strict=True)]


def _tables() -> dict[str, str]:
    return {
        "areas": _table(
            "id,lat,lon,size_m,municipality,district,urban,hospital_zone,rate_region,centre,organisation", _area_rows()
        ),
        "population": _table("area,year,people", _population_rows()),
        "age_shares": _table("region,year,age_band,share", _age_rows()),
        "municipalities": _table(
            "id,number,name,urban",
            [("ost", "0101", "Øst", 1), ("vest", "0102", "Vest", 1), ("sor", "0103", "Sør", 0)],
        ),
        "districts": _table("id,name,municipality", [("ost-by", "Byen", "ost"), ("ost-skog", "Skogen", "ost")]),
        "organisations": _table("id,name", [("trust-east", "Østre HF"), ("trust-west", "Vestre HF")]),
        "centres": _table(
            "id,name,organisation,reserve_units",
            [("centre-east", "AMK Øst", "trust-east", 1), ("centre-west", "AMK Vest", "trust-west", 0)],
        ),
        "stations": _table(
            "id,name,lat,lon,organisation,centre,basis",
            [
                ("st-east", "Øst", 59.902, 10.645, "trust-east", "centre-east", "published"),
                ("st-west", "Vest", 59.898, 10.528, "trust-east", "centre-east", "published"),
                ("st-south", "Sør", 59.851, 10.505, "trust-west", "centre-west", "assumed"),
            ],
        ),
        "standby_points": _table(
            "id,name,lat,lon,centre,home_stations,keep_home,max_drive_min",
            [("sb-mid", "Midtveis", 59.900, 10.600, "centre-east", "st-east;st-west", 0, 15)],
        ),
        "unit_kinds": _table(
            "id,name_en,name_nb,transports,stops_clock,primary,second,responder",
            [
                ("ambulance", "ambulance", "ambulanse", 1, 1, 1, 1, 0),
                ("single_responder", "single responder", "enredder", 0, 1, 0, 0, 1),
            ],
        ),
        "units": _table(
            "id,station,kind,roster,basis",
            [
                ("e-1", "st-east", "ambulance", "all-day", "published"),
                ("e-2", "st-east", "ambulance", "day-shift", "published"),
                ("e-3", "st-east", "single_responder", "weekend-night", "published"),
                ("w-1", "st-west", "ambulance", "all-day", "published"),
                ("s-1", "st-south", "ambulance", "split", "assumed"),
            ],
        ),
        "rosters": _table(
            "id,weekdays,start,end",
            [
                ("all-day", "mon-sun", "00:00", "24:00"),
                ("day-shift", "mon-fri", "08:00", "20:00"),
                ("weekend-night", "sat;sun", "18:00", "04:00"),
                ("split", "mon-fri", "07:00", "15:00"),
                ("split", "mon-fri", "16:00", "23:00"),
                ("split", "sat-sun", "08:00", "24:00"),
            ],
        ),
        "hospitals": _table(
            "id,name,lat,lon,organisation,emergency",
            [
                ("hosp-east", "Øst sykehus", 59.905, 10.650, "trust-east", 1),
                ("hosp-west", "Vest sykehus", 59.895, 10.520, "trust-west", 1),
            ],
        ),
        "hospital_choice": _table(
            "hospital_zone,urgency,hospitals,share",
            [
                row
                for u in URGENCIES
                for row in (
                    ("zone-east", u, "hosp-east", 0.9),
                    ("zone-east", u, "hosp-west;hosp-east", 0.1),
                    ("zone-west", u, "hosp-west", 1),
                )
            ],
        ),
        "rates": _table(
            "rate_region,urgency,per_1000",
            [
                ("city", "A", 39.6),
                ("city", "H", 44.9),
                ("city", "V", 11.4),
                ("land", "A", 33.9),
                ("land", "H", 38.4),
                ("land", "V", 9.7),
            ],
        ),
        "age_rates": _table(
            "age_band,relative", list(zip(BANDS, (0.5, 0.4, 0.6, 0.5, 0.6, 0.8, 1.3, 2.2, 4.0, 5.0), strict=True))
        ),
        "profile": _table("urgency,weekday,hour,weight", _profile_rows()),
        "needs": _table(
            "urgency,transport_share,second_unit_share,hospital_origin_share",
            [("A", 0.7, 0.23, 0.0), ("H", 0.75, 0.0, 0.05), ("V", 1.0, 0.0, 0.4)],
        ),
        "intervals": _table("interval,urgency,median_s,sigma", _interval_rows()),
        "speeds": _table("purpose,factor", [("A", 0.8), ("H", 0.9), ("V", 1.0), ("transport", 0.9), ("return", 1.0)]),
        "border_rules": _table(
            "asking_centre,owning_centre,urgency,policy,margin_s,ask_s,view,view_age_s", _border_rows()
        ),
        "places": _table(
            "id,name,lat,lon",
            [
                ("p-east", "Østkrysset", 59.900, 10.635),
                ("p-west", "Vestkrysset", 59.900, 10.535),
                ("p-south", "Sørkrysset", 59.852, 10.510),
            ],
        ),
        "links": _table(
            "from_place,to_place,road,km,minutes,factor",
            [("p-west", "p-east", "E1", 6.5, 4.9, 1.2), ("p-south", "p-west", "Fv2", 6.4, 6.8, 1.25)],
        ),
        "water": _table(
            "line,seq,lat,lon",
            [("fjord", 1, 59.880, 10.570), ("fjord", 2, 59.890, 10.580), ("fjord", 3, 59.899, 10.59)],
        ),
        "published": _table(
            "id,value,unit,indicator,source,note",
            [("within-12-ost", 86.0, "%", "share_within_12_min:ost", "made up", "for the tests only")],
        ),
    }


def _square(kind: str, key: str, name: str, box: tuple[float, float, float, float]) -> dict[str, object]:
    south, west, north, east = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"kind": kind, "id": key, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _outlines() -> str:
    features = [
        _square("municipality", "ost", "Øst", (59.88, 10.58, 59.92, 10.67)),
        _square("municipality", "vest", "Vest", (59.88, 10.49, 59.92, 10.58)),
        _square("municipality", "sor", "Sør", (59.83, 10.48, 59.88, 10.55)),
        _square("district", "ost-by", "Byen", (59.88, 10.58, 59.92, 10.649)),
        _square("district", "ost-skog", "Skogen", (59.88, 10.649, 59.92, 10.67)),
        _square("water", "fjord", "Fjorden", (59.87, 10.565, 59.899, 10.595)),
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"


STUDY_TOML = """\
[study]
id = "tiny"
title = { en = "A tiny study", nb = "En liten studie" }
languages = ["nb", "en"]
year = 2026
start = 2026-01-01
region = { south = 59.80, west = 10.40, north = 59.95, east = 10.75 }
base_title = { en = "Today", nb = "I dag" }

[simulation]
seed = 11
replications = 2
days = 28
warmup_days = 1
cooldown_days = 1

[travel]
access_s = 102
noise_sigma = 0.25

[travel.local]
max_km = 3.0
neighbours = 8
near_km = 1.6
detour_near = 1.25
detour_far = 1.9
density_steps = [30, 300, 1500, 4000]
pace_min_per_km = [1.30, 1.30, 1.35, 1.45, 1.60]

[dispatch]
divert = ["A>H", "A>V"]
divert_margin_s = 120
responder_release_s = 300

[misrouting]
band_km = 2.0
share = 0.05
delay_min_s = 0
delay_max_s = 90

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

[[groups]]
id = "west"
name = { en = "The west", nb = "Vestsiden" }
municipalities = ["vest", "sor"]
districts = []

[[groups]]
id = "forest"
name = { en = "The forest", nb = "Skogen" }
municipalities = []
districts = ["ost-skog"]

[simultaneity]
group = "west"
local_stations = ["st-west", "st-south"]

[gate]
baseline = "0+"
groups = ["west", "forest"]
urgency = "A"
margin_share_pp = 2.0
margin_mean_s = 30
confidence = 0.95
correction = "holm"

[[sensitivities]]
id = "busier"
name = { en = "More need", nb = "Større behov" }
decides = true

[[sensitivities.edits]]
edit = "scale_rate"
urgency = "*"
factor = 1.2

[break_even]
ask_s = [0, 120, 240]
replications = 2
max_units = 2
roster = "all-day"
kind = "ambulance"

[break_even.stations]
"0+" = "st-west"
2 = "st-mid"
"""

ALTERNATIVE_ZERO = """\
id = "0+"
title = { en = "As today", nb = "Som i dag" }
description = { en = "Nothing changes but improvements.", nb = "Bare forbedringer." }
"""

ALTERNATIVE_TWO = """\
id = "2"
title = { en = "West takes over", nb = "Vest overtar" }
description = { en = "The western trust takes the western town.", nb = "Vestre helseforetak overtar Vest." }

[[edits]]
edit = "assign_areas"
municipalities = ["vest"]
centre = "centre-west"
organisation = "trust-west"

[[edits]]
edit = "transfer_station"
station = "st-west"
organisation = "trust-west"
centre = "centre-west"

[[edits]]
edit = "open_station"
id = "st-mid"
name = "Midt"
lat = 59.899
lon = 10.60
organisation = "trust-west"
centre = "centre-west"

[[edits]]
edit = "add_unit"
id = "m-1"
station = "st-mid"
unit_kind = "ambulance"
roster = "all-day"

[[edits]]
edit = "set_border_policy"
asking_centre = "*"
owning_centre = "*"
urgency = "A"
policy = "own_first"
margin_s = 0
ask_s = 90
view = "stale"
view_age_s = 300
"""


def tiny_files() -> dict[str, str]:
    """All files of the study: path inside the folder → text."""
    files = {f"{name}.csv": text for name, text in _tables().items()}
    return files | {
        "study.toml": STUDY_TOML,
        "outlines.geojson": _outlines(),
        "alternatives/0-plus.toml": ALTERNATIVE_ZERO,
        "alternatives/2.toml": ALTERNATIVE_TWO,
    }


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files (text as UTF-8, bytes as they are) below `folder` and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def write_tiny_study(folder: Path, **changed: str) -> Path:
    """Write the tiny study to `folder` (made if missing) and return it.

    `changed` replaces the text of whole tables by name, for example `units="id,station,kind,roster,basis\\n"`.
    """
    files = tiny_files() | {f"{name}.csv": text for name, text in changed.items()}
    return write_files(folder, files)
