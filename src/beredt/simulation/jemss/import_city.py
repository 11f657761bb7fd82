"""From the files of JEMSS to a study folder."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl
import polars.selectors as cs

from beredt.errors import ForeignFilesError
from beredt.model.issue import Issue, has_errors
from beredt.model.read import read_study
from beredt.simulation.jemss.city import City, read_city
from beredt.simulation.jemss.study_files import StudyFiles, study_files


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What was imported into which folder: how many of everything, which files were read, and what is not in them."""

    study: Path
    city: str
    counts: Mapping[str, int]
    divert: tuple[str, ...]
    start_s: float
    files: tuple[str, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer of the command line."""
        return {
            "study": str(self.study),
            "city": self.city,
            **self.counts,
            "divert": list(self.divert),
            "start_s": self.start_s,
            "files": list(self.files),
            "notes": list(self.notes),
        }

    def as_text(self) -> str:
        """The same for a person."""
        counts = ", ".join(f"{count:,} {what.replace('_', ' ')}" for what, count in self.counts.items())
        lines = [f"Imported {self.city} into {self.study}: {counts}.", *(f"- {note}" for note in self.notes)]
        return "\n".join([*lines, f"Look it over with: beredt study check {self.study}"])


def import_city(folder: Path, calls: Path, redispatch: str, rasters: Path | None, out: Path) -> ImportSummary:
    """Read a city model with a call trace, and write the study that replays it.

    Args:
        folder: The city model, or the city with `models/1` in it.
        calls: The call trace, a table file that may be gzipped.
        redispatch: Name of a file in the model's `misc/redispatch`, without its ending.
        rasters: Folder of the rasters that demand files name; None to leave demand points out.
        out: Folder of the study, new or empty.

    Raises:
        ForeignFilesError: With everything that is wrong in the files; nothing is written then.
        UnknownIdError: The city has no such redispatch file.
    """
    city = read_city(folder, calls, redispatch, rasters)
    written = study_files(city)
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    # Written beside it and moved there when it has passed every check: no half study is left behind.
    draft = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        _write(draft, written)
        _, issues = read_study(draft)
        if has_errors(issues):
            raise ForeignFilesError(_blamed(issues))
        if out.exists():
            out.rmdir()
        draft.chmod(0o755)
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return _summary(city, calls, rasters, out)


def _write(folder: Path, files: StudyFiles) -> None:
    (folder / "study.toml").write_text(files.settings, encoding="utf-8")
    for name, table in files.small.items():
        table.with_columns(cs.boolean().cast(pl.Int8)).write_csv(folder / f"{name}.csv")
    for name, table in files.large.items():
        table.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)


def _blamed(issues: tuple[Issue, ...]) -> list[Issue]:
    """Faults that only the study's own checks find: numbers that no study may hold."""
    return [
        Issue(one.file, one.row, one.field, one.value, one.count, f"in the study to be: {one.message}", one.remedy)
        for one in issues
        if one.severity == "error"
    ]


def _summary(city: City, calls: Path, rasters: Path | None, out: Path) -> ImportSummary:
    arcs = city.roads.arc_km
    counts = {
        "calls": city.calls.trace.height,
        "nodes": len(city.roads.lon),
        "arcs": len(arcs),
        "travel_modes": len(city.travel.off_road_kmh),
        "travel_sets": len(city.travel.sets),
        "stations": len(city.stations.names),
        "hospitals": len(city.hospitals.names),
        "ambulances": len(city.ambulances),
        "priorities": len(city.priorities.target_s),
        "cover_times": len(city.demand.cover),
        "demand_points": city.demand.points.height,
    }
    notes = [
        "The files have no calendar: day 0 is called Monday 1 January 2001.",
        "They name no share of calls to be reached in time: 100 % is written.",
        "Priorities high, medium and low became the urgencies A, H and V.",
        "Capacities of stations, classes of ambulances and attributes are not imported.",
    ]
    if not city.demand.cover:
        notes.append("The city has no demand files: rules that look at cover cannot be used.")
    elif rasters is None:
        notes.append("Without --rasters there are no demand points: rules that look at cover cannot be used.")
    pairs = tuple(f"{new}>{old}" for new, old in city.divert)
    return ImportSummary(out, city.name, counts, pairs, city.calls.start_s, (*city.files, calls.name), tuple(notes))
