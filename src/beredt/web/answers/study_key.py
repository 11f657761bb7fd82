"""What tells whether years that were simulated still hold: everything of a study but what is proposed."""

from __future__ import annotations

import hashlib

import polars as pl

from beredt.model.study import Study
from beredt.roads.build import road_inputs
from beredt.web.open_study import without_plans


def study_key(study: Study) -> str:
    """SHA-256 over what a simulated year rests on: saving an alternative leaves it as it is, any other file may not.

    Raises NetworkError for a study on a road graph.
    """
    digest = hashlib.sha256(study.service.checksum().encode())
    digest.update(study.settings.model_dump_json().encode())
    digest.update(road_inputs(without_plans(study)).checksum().encode())
    for frame in (study.population, study.age_shares, study.demand_points, *study.demand.values()):
        digest.update(_checksum(frame))
    digest.update(repr(study.cover).encode())
    return digest.hexdigest()


def _checksum(frame: pl.DataFrame) -> bytes:
    words = f"{frame.schema}".encode()
    return words if frame.is_empty() else words + frame.hash_rows().to_numpy().tobytes()
