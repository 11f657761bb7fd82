"""`beredt missions generate`: a year of a study as an export of AMIS, with faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

from beredt.errors import OptionError
from beredt.indicators.observed import Frame
from beredt.missions.checks.rule import load_rules
from beredt.model.alternative import TODAY
from beredt.model.edits.service_of import service_of
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.amis_export.eligible import with_conditions
from beredt.simulation.amis_export.export_row import NUMBER, export_rows
from beredt.simulation.amis_export.faults.catalogue import list_faults
from beredt.simulation.amis_export.natural import natural_counts
from beredt.simulation.amis_export.plant import Export, plant
from beredt.simulation.amis_export.true_rows import draw, true_rows
from beredt.simulation.amis_export.write_export import columns_of, profile_text, write_csv, write_planted
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import load_or_build_roads

Progress = Callable[[str, int, int], None]

MARGIN_DEGREES = 0.1
"""How far the region of the profile reaches beyond the areas of the study."""

WRITTEN_AFTER = timedelta(days=30)
"""When the export was written, after the last day of the period."""


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What was written. `faults` counts what was planted, by rule, `expected` what rules must mark in all."""

    study: str
    alternative: str
    replication: int
    seed: int
    rows: int
    incidents: int
    unit_responses: int
    faults: Mapping[str, int]
    expected: Mapping[str, int]
    file: str
    planted: str
    profile: str

    def as_json(self) -> dict[str, Any]:
        """All fields."""
        return asdict(self)

    def as_text(self) -> str:
        """A few lines for a terminal."""
        return "\n".join(
            [
                f"{self.study}, {self.alternative}, replication {self.replication}: {self.rows} generated rows, "
                f"{self.incidents} incidents, {sum(self.faults.values())} planted faults of {len(self.faults)} kinds",
                f"export: {self.file}",
                f"what was planted: {self.planted}",
                f"profile to read it with: {self.profile}",
            ]
        )


def generate_export(
    study: Study,
    *,
    alternative: str | None,
    replication: int,
    faults: int,
    wanted: Mapping[str, int],
    numbered: bool,
    out: Path,
    progress: Progress,
) -> ExportSummary:
    """Simulate one year and write it as an export.

    Beside the file FILE.csv there is FILE.planted.json, which lists every planted fault and what each rule must find,
    and FILE.profile.toml, the profile for exports of AMIS with the study's region and stations.

    Args:
        study: checked.
        alternative: its id, None or `today` for the base.
        replication: its number, at least 0.
        faults: how many of every kind, or as many as there are rows for: nights in which clocks are moved are rare.
        wanted: how many of single kinds instead, by the rule that finds them.
        numbered: whether rows have the number of their incident; else only time, place and urgency tell it.
        out: the CSV file; what is there is written over.
        progress: told of every stage.

    Raises:
        UnknownIdError: No such alternative.
        OptionError: No such fault, or more of one than there is room for.
    """
    known = list_faults(numbered)
    _check_names({fault.rule for fault in known}, wanted)
    service = service_of(study, alternative)
    rows, frame = _simulated(study, service, replication, progress)
    progress("Writing the export", 0, 1)
    seed = study.settings.simulation.seed
    export = plant(rows, export_rows(rows), known, faults, wanted, seed)
    write_csv(export.rows, columns_of(numbered, NUMBER), out)
    natural = natural_counts(rows, numbered)
    expected = {rule: natural.get(rule, 0) + export.rules.get(rule, 0) for rule in load_rules()}
    summary = ExportSummary(
        study=study.settings.study.id,
        alternative=alternative or TODAY,
        replication=replication,
        seed=seed,
        rows=len(export.rows),
        incidents=rows["incident"].n_unique() + export.incidents,
        unit_responses=rows.filter(pl.col("unit") != "").height + export.responses,
        faults={rule: count for rule, count in sorted(export.counts.items()) if count},
        expected=expected,
        file=str(out),
        planted=str(out.with_suffix(".planted.json")),
        profile=str(out.with_suffix(".profile.toml")),
    )
    write_planted(_document(summary, export), Path(summary.planted))
    Path(summary.profile).write_text(_profile(service, frame), encoding="utf-8", newline="\n")
    progress("Writing the export", 1, 1)
    return summary


def _check_names(known: set[str], wanted: Mapping[str, int]) -> None:
    for rule, count in wanted.items():
        if rule not in known:
            raise OptionError("--fault", f"{rule}={count}", "there is no such fault here", ", ".join(sorted(known)))


def _simulated(study: Study, service: Service, replication: int, progress: Progress) -> tuple[pl.DataFrame, Frame]:
    """The true rows of one replication."""
    network = load_or_build_roads(study, progress=progress, services=[service])
    with Simulator(study, network, jobs=1) as simulator:
        progress("Simulating", 0, 1)
        frame = simulator.frame_of(service)
        *_, last = simulator.observe(service, replication + 1)
        progress("Simulating", 1, 1)
    year = last.year
    draws = draw(len(year.incidents.call_t), study.settings.simulation.seed, replication)
    return with_conditions(true_rows(study, service, frame, year, draws)), frame


def _document(summary: ExportSummary, export: Export) -> dict[str, Any]:
    """What was planted, with the line of each fault as a spreadsheet shows it."""
    line = {id(row): number for number, row in enumerate(export.rows, start=2)}
    document = {name: value for name, value in summary.as_json().items() if name not in {"file", "planted", "profile"}}
    return {
        "generated": True,
        **document,
        "list": [
            {"rule": one.rule, "row": line[id(one.row)], "found_in": line[id(one.found)], **asdict(one.mark)}
            for one in export.planted
        ],
    }


def _profile(service: Service, frame: Frame) -> str:
    lat, lon = [area.lat for area in service.areas], [area.lon for area in service.areas]
    region = {
        "south": min(lat) - MARGIN_DEGREES,
        "west": min(lon) - MARGIN_DEGREES,
        "north": max(lat) + MARGIN_DEGREES,
        "east": max(lon) + MARGIN_DEGREES,
    }
    last = frame.start_date + timedelta(seconds=frame.end_s - frame.start_s) + WRITTEN_AFTER
    return profile_text(region, [station.name for station in service.stations], f"{last.isoformat()}T00:00:00Z")
