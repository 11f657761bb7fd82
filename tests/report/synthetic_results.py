"""Results of a run that never was: every table of a results folder, for any study, with plausible figures."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl

from beredt.decision.cost.staff_and_cost import staff_and_cost_tables
from beredt.decision.demand.tables import demand_tables
from beredt.decision.frames import result_frame
from beredt.decision.income.tables import income_tables
from beredt.decision.major_incident.tables import no_major_tables
from beredt.decision.opinion_tables import opinion_tables
from beredt.decision.pathways.tables import pathway_tables
from beredt.decision.patient_travel.tables import travel_tables
from beredt.decision.road_tables import road_tables
from beredt.model.dictionary import load_fields
from beredt.model.study import Study
from beredt.roads.build import load_or_build_network
from beredt.roads.networks import load_networks
from tests.report.synthetic_comparison import comparison_tables
from tests.report.synthetic_gate import gate_tables
from tests.report.synthetic_tables import area_tables, indicator_tables, other_tables, unit_tables
from tests.report.synthetic_world import make_world

EMPTY = ("consequences", "kinds", "standby_work", "task_capacity", "policies")
"""Tables of what only some studies have, or that need counts of replications."""


def write_synthetic_results(study: Study, folder: Path, seed: int = 7) -> Path:
    """Write `results/*.parquet` and `results.json` below `folder` and return the folder of the tables."""
    world = make_world(study, seed)
    tables: dict[str, pl.DataFrame] = {}
    for make in (indicator_tables, area_tables, unit_tables, gate_tables, other_tables):
        tables |= make(world)
    tables = {name: with_all_columns(name, table) for name, table in tables.items()}
    network = load_or_build_network(study)
    tables |= opinion_tables(study, world.services, tables)
    tables |= staff_and_cost_tables(study, network, world.services, tables)
    tables |= travel_tables(study, network, world.services) | income_tables(study, world.services)
    tables |= demand_tables(study, world.services, tables["units"])
    tables |= pathway_tables(study, world.services, {name: [] for name in world.services})
    tables |= {name: result_frame(name, ()) for name in EMPTY}
    tables |= road_tables(study, load_networks(study, world.services.values()), world.services)
    tables |= no_major_tables()
    tables |= comparison_tables(world, tables)
    results = folder / "results"
    results.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_parquet(results / f"{name}.parquet")
    facts = _facts(study)
    facts["verdicts"] = tables["verdicts"].to_dicts()
    facts["files"] = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(results.glob("*.parquet"))
    }
    (folder / "results.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    return results


_TYPES = {"int": pl.Int64, "float": pl.Float64, "bool": pl.Boolean}


def with_all_columns(name: str, table: pl.DataFrame) -> pl.DataFrame:
    """The table with the columns of its field dictionary, those that nobody made up left empty."""
    fields = load_fields(f"results/{name}")
    for field in fields:
        if field.name not in table.columns:
            kind = _TYPES.get(field.base_type)
            empty = pl.lit("") if kind is None else pl.lit(None, dtype=kind)
            table = table.with_columns(empty.alias(field.name))
    return table.select([field.name for field in fields])


def _facts(study: Study) -> dict[str, Any]:
    settings = study.settings
    return {
        "study": settings.study.id,
        "title": settings.study.title,
        "fingerprint": study.fingerprint,
        "version": "0.0.0",
        "seed": settings.simulation.seed,
        "replications": settings.simulation.replications,
        "days": settings.simulation.days,
        "settings": settings.model_dump(mode="json"),
        "alternatives": [
            {
                "id": one.id,
                "title": dict(one.title),
                "description": dict(one.description),
                "edits": [{"edit": edit.kind, **edit.given()} for edit in one.edits],
            }
            for one in study.alternatives
        ],
    }
