"""A folder as `beredt fetch` fills it, for two made-up municipalities."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from beredt.fetch.provenance import Origin, write_provenance
from beredt.fetch.transfer import sha256_of
from tests.fetch.real_forms import border, grid_zip, json_stat

NUMBERS = ("9901", "9902")
AGES = [f"{age:03d}" for age in range(106)]


def place(name: str | None, lat: float, lon: float, **tags: str) -> dict[str, Any]:
    """An element as Overpass tells it; without a name if None."""
    return {"type": "node", "lat": lat, "lon": lon, "tags": tags | ({"name": name} if name else {})}


STATIONS = [
    place("Nordbyen ambulansestasjon", 60.01, 10.01, emergency="ambulance_station"),
    place(None, 60.005, 10.03, emergency="ambulance_station"),
    place("Langt borte", 61.0, 12.0, emergency="ambulance_station"),
]
HOSPITALS = [
    {"type": "way", "center": {"lat": 60.02, "lon": 10.05}, "tags": {"name": "Åsen sykehus", "amenity": "hospital"}},
    place("Legekontoret", 60.01, 10.01, amenity="hospital", emergency="no"),
]


def dimensions(*codes: list[str]) -> dict[str, list[str]]:
    """The variables of a table of people, in their order."""
    return dict(zip(("Region", "Kjonn", "Alder", "ContentsCode", "Tid"), codes, strict=True))


def fetched_folder(
    folder: Path, instead: Mapping[str, bytes] = MappingProxyType({}), numbers: Sequence[str] = NUMBERS
) -> Path:
    """Write every file with its provenance. `instead`: other contents by source, or by file."""
    folder.mkdir(parents=True)
    with_k = [f"K-{one}" for one in NUMBERS]
    ages = json_stat(dimensions(with_k, ["1", "2"], AGES, ["Personer1"], ["2025"]), [3.0] * 424)
    grown = json_stat(
        dimensions(list(NUMBERS), ["1"], ["000", "091"], ["Personer", "Personer1"], ["2030", "2040"]),
        [600.0, 1200.0, 500.0, 900.0, 36.0, 72.0, 30.0, 60.0] * 2,
    )
    trusts = {
        "correspondenceItems": [
            {"sourceName": "Nordre HF", "targetCode": "9901"}, {"sourceName": "Søndre HF", "targetCode": "9902"}
        ]
    }  # fmt: skip
    files = {
        ("population-grid", "population/grid-250m-2025.zip"): grid_zip(folder),
        ("population-age", "population/age-2025.json"): ages,
        ("projection", "population/projection.json"): grown,
        **{("municipality-borders", f"borders/{one}.json"): border(one) for one in numbers if one in NUMBERS},
        **{("municipality-borders", file): content for file, content in instead.items() if file.startswith("borders/")},
        ("ambulance-stations", "places/ambulance-stations.json"): json.dumps({"elements": STATIONS}).encode(),
        ("hospitals", "places/hospitals.json"): json.dumps({"elements": HOSPITALS}).encode(),
        ("health-trusts", "codes/health-trusts-2025.json"): json.dumps(trusts).encode(),
    }
    origins = []
    for (source, file), content in files.items():
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(instead.get(source, content))
        origins.append(
            Origin(
                source, file, "https://example.org", "GET", "0" * 64, "2026-03-01T12:00:00Z", path.stat().st_size,
                sha256_of(path), None, None, "CC BY 4.0", "Somebody", "https://example.org/about",
            )
        )  # fmt: skip
    write_provenance(folder, tuple(origins), "test")
    return folder
