"""A road map on disk: a folder with the roads, what they were made of, and everything that is wrong with them."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from beredt.errors import NetworkError
from beredt.model.issue import Issue
from beredt.roads.imported.array_file import read_arrays, write_arrays
from beredt.roads.imported.reasons import REASONS
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.tally import Fault, Tally, issues_of

MAP_FILE, ABOUT_FILE, ISSUES_FILE, FAULTS_FILE, SEGMENTS_FILE = (
    "roads.map", "roads.json", "issues.csv", "faults.geojson", "segments.csv",
)  # fmt: skip
FOLDER_IN_STUDY = "roads"
MOST_FAULTS = 50_000
"""Faults with a place of their own on the map; the count tells of all."""


@dataclass(frozen=True, slots=True, eq=False)
class ImportedRoads:
    """A road map and where it is from. `about`: the content of `roads.json`; `folder`: where it lies."""

    roads: RoadMap
    about: Mapping[str, Any]
    folder: Path


def find_roads(folder: Path) -> Path | None:
    """The folder of the road map in a folder: itself, or `roads` in a study; None where there is none."""
    for place in (folder, folder / FOLDER_IN_STUDY):
        if (place / MAP_FILE).is_file():
            return place
    return None


def load_roads(folder: Path) -> ImportedRoads:
    """The road map in a folder or study. Raises NetworkError where there is none, or it is damaged."""
    place = find_roads(folder)
    if place is None:
        raise NetworkError(f"{folder} holds no imported roads ({MAP_FILE}): make them with beredt import osm or nvdb")
    try:
        arrays = read_arrays(place / MAP_FILE)
        about = json.loads((place / ABOUT_FILE).read_text("utf-8"))
        names = {field.name for field in fields(RoadMap)}
        return ImportedRoads(RoadMap(**{name: arrays[name] for name in names}), about, place)
    except (OSError, ValueError, KeyError) as fault:
        raise NetworkError(f"{place / MAP_FILE} cannot be used ({fault}): import the roads again") from fault


def load_about(folder: Path) -> Mapping[str, Any]:
    """What the road map in a folder or study was made of. Raises NetworkError as `load_roads` does."""
    return load_roads(folder).about


def save_roads(roads: RoadMap, about: Mapping[str, Any], tally: Tally, out: Path) -> tuple[Path, tuple[Issue, ...]]:
    """Write a road map into a folder, or into `roads` of a study; returns that folder and the issues.

    Written beside it and moved there whole: an earlier import is replaced, and a broken one leaves nothing.
    """
    place = out / FOLDER_IN_STUDY if (out / "study.toml").is_file() else out
    place.parent.mkdir(parents=True, exist_ok=True)
    issues = issues_of(tally, str(about["file"]))
    draft = Path(mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        write_arrays(draft / MAP_FILE, {field.name: getattr(roads, field.name) for field in fields(RoadMap)})
        text = json.dumps(about, ensure_ascii=False, indent=2)
        (draft / ABOUT_FILE).write_text(text + "\n", encoding="utf-8")
        _write_issues(draft / ISSUES_FILE, issues)
        _write_segments(draft / SEGMENTS_FILE, tally)
        (draft / FAULTS_FILE).write_text(json.dumps(_faults(tally.faults), ensure_ascii=False), encoding="utf-8")
        draft.chmod(0o755)
        if place.exists():
            shutil.rmtree(place)
        draft.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return place, issues


def is_free(out: Path) -> bool:
    """Whether roads may be written there: a new or empty folder, a study, or the folder of an earlier import."""
    if not out.exists():
        return True
    if not out.is_dir():
        return False
    return (out / "study.toml").is_file() or (out / MAP_FILE).is_file() or not any(out.iterdir())


def _write_issues(path: Path, issues: tuple[Issue, ...]) -> None:
    columns = ("severity", "message", "count", "field", "value", "lat", "lon", "remedy")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([getattr(issue, column) for column in columns] for issue in issues)


def _write_segments(path: Path, tally: Tally) -> None:
    """Where every segment went: `used` and the rows that are left out add up to `read`; remarks stand beside."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("what", "reason", "segments", "message"))
        writer.writerow(("read", "", tally.read, "all segments of roads in the file"))
        writer.writerow(("used", "", tally.used, "in the road map"))
        for what, counts in (("left out", tally.left_out), ("remark", tally.remarks)):
            writer.writerows((what, name, counts[name], REASONS[name].message) for name in REASONS if name in counts)


def _faults(faults: list[Fault]) -> dict[str, Any]:
    placed = [fault for fault in faults if fault.lat == fault.lat][:MOST_FAULTS]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [round(fault.lon, 7), round(fault.lat, 7)]},
                "properties": {
                    "reason": fault.reason,
                    "message": REASONS[fault.reason].message,
                    "line": fault.source,
                    "segments": fault.segments,
                    "value": fault.value,
                },
            }
            for fault in placed
        ],
    }
