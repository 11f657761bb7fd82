"""One import from end to end: read, put in order, write, and tell."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from beredt.errors import OptionError
from beredt.model.issue import Issue
from beredt.roads.imported.assemble import assemble
from beredt.roads.imported.drawn_roads import DrawnRoads
from beredt.roads.imported.folder import is_free, save_roads
from beredt.roads.imported.reasons import REASONS
from beredt.roads.imported.road_class import ROAD_CLASSES, RoadFlag
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.tally import Tally
from beredt.roads.profile.limits import Limits, find_country, load_limits
from beredt.roads.profile.profile import Profile

Region = tuple[float, float, float, float]
Reader = Callable[[Callable[[Region], Limits], Tally], tuple[DrawnRoads, Limits]]
"""Given how limits are chosen for a region, and a tally: the roads, and the limits that hold there."""

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class ImportAnswer:
    """What was imported into which folder. `about` is what `roads.json` holds."""

    folder: Path
    about: Mapping[str, Any]
    issues: tuple[Issue, ...]

    def as_text(self) -> str:
        """A few lines for a person."""
        counts = self.about["segments"]
        roads = self.about["roads"]
        left_out = sum(counts["left_out"].values())
        lines = [
            f"Imported {self.about['file']} into {self.folder}: {roads['nodes']:,} nodes, "
            f"{roads['arcs']:,} one-way arcs, {roads['km']:,.0f} km of road, {roads['turn_bans']} turn bans.",
            f"Limits without a sign, on {roads['share_of_limits_guessed']:.0%} of the length: those of country "
            f"{self.about['country']}.",
            f"Segments: {counts['read']:,} read = {counts['used']:,} used + {left_out:,} left out:",
        ]
        lines += [f"  {count:>9,}  {REASONS[name].message}" for name, count in counts["left_out"].items()]
        lines += [f"{issue.severity}: {issue.text()}" for issue in self.issues]
        return "\n".join(lines)


def import_roads(
    read: Reader, paths: list[Path], kind: str, profile: Profile, country: str | None, out: Path, licence: str
) -> ImportAnswer:
    """Read roads and write them into a folder or study.

    `read` draws the roads; `paths`: the files, for their checksums; `country`: two letters, None to find it from the
    region; `licence`: of the data. Raises OptionError where `out` cannot be written into, and what readers raise.
    """
    if not is_free(out):
        raise OptionError(
            "--out", str(out), "it is neither new, empty, a study nor an earlier import", "name another folder"
        )
    tally = Tally()
    guessed: list[str] = []

    def limits_of(region: Region) -> Limits:
        found = country or find_country(*region)
        if found is None:
            guessed.append("default")
        return load_limits(found or "default")

    drawn, limits = read(limits_of, tally)
    roads = assemble(drawn, limits, tally)
    about = _about(paths, kind, profile, limits, roads, tally, licence)
    place, issues = save_roads(roads, about, tally, out)
    if guessed:
        issues = (*issues, _no_country(paths[0].name))
    return ImportAnswer(place, about, issues)


def _no_country(file: str) -> Issue:
    return Issue(
        file, None, "--country", "default", 1,
        "the country is not sure from where the roads lie: limits without a sign are the most usual ones",
        "name it, such as --country NO", severity="warning",
    )  # fmt: skip


def _about(
    paths: list[Path], kind: str, profile: Profile, limits: Limits, roads: RoadMap, tally: Tally, licence: str
) -> dict[str, Any]:
    from beredt import __version__

    metres = roads.arc_m * roads.one_of_two()
    by_class = np.bincount(roads.arc_class, metres, minlength=len(ROAD_CLASSES)) / 1000
    guessed = (roads.arc_flags & int(RoadFlag.LIMIT_GUESSED)) > 0
    return {
        "kind": kind,
        "file": paths[0].name,
        "files": {path.name: _sha256(path) for path in paths},
        "licence": licence,
        "version": __version__,
        "profile": profile.id,
        "profile_sha256": profile.checksum,
        "country": limits.country,
        "limits_source": limits.source,
        "limits_sha256": limits.checksum,
        "checksum": roads.checksum(),
        "region": {
            "south": float(roads.lat.min()),
            "west": float(roads.lon.min()),
            "north": float(roads.lat.max()),
            "east": float(roads.lon.max()),
        },
        "roads": {
            "nodes": roads.nodes,
            "arcs": roads.arcs,
            "turn_bans": roads.bans,
            "km": round(float(metres.sum()) / 1000, 3),
            "km_by_class": {name: round(float(km), 3) for name, km in zip(ROAD_CLASSES, by_class, strict=True) if km},
            "share_of_limits_guessed": round(float(metres[guessed].sum() / max(metres.sum(), 1e-9)), 4),
            "share_with_gradient": round(
                float(metres[np.isfinite(roads.arc_grade)].sum() / max(metres.sum(), 1e-9)), 4
            ),
        },
        "segments": {"read": tally.read, "used": tally.used, "left_out": tally.left_out, "remarks": tally.remarks},
    }


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()
