"""What `results.json` says of a run: enough to know what was run, and to run it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from beredt import __version__
from beredt.demand.projection.carried_to import CarriedTo
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study

CARRIED = "carried_to"
MAJOR = "major_incidents"
"""What was asked and assumed of each event that the study names."""


def run_facts(
    study: Study, services: Mapping[str, Service], replications: int, carried: CarriedTo | None = None
) -> dict[str, Any]:
    """The facts of a run; neither the time, the machine nor the number of workers is among them.

    `fingerprint` is that of everything that decides the results: the study's files, the settings of this run, and the
    version. `inputs` is that of the study's files alone. `carried` is the year that the study was carried
    to, if it was.
    """
    simulation = study.settings.simulation
    decides = {
        "inputs": study.fingerprint,
        "version": __version__,
        "seed": simulation.seed,
        "replications": replications,
        "services": {name: service.checksum() for name, service in services.items()},
    }
    return {
        "study": study.settings.study.id,
        "title": dict(study.settings.study.title),
        "fingerprint": hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest(),
        "days": simulation.days,
        "settings": study.settings.model_dump(mode="json"),
        "alternatives": [
            {
                "id": one.id,
                "title": dict(one.title),
                "description": dict(one.description),
                "edits": [{"edit": edit.kind, **_plain(edit.values())} for edit in one.edits],
            }
            for one in study.alternatives
            if one.id in services
        ],
        "calls": "generated",
        "base": TODAY,
        **decides,
        **({} if carried is None else {CARRIED: asdict(carried)}),
    }


def carried_to(facts: Mapping[str, Any]) -> CarriedTo | None:
    """The year that the study of a run was carried to, None for its own."""
    found = facts.get(CARRIED)
    return None if found is None else CarriedTo(int(found["year"]), str(found["growth"]))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON has them, those that were not given left out."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value is not None
    }
