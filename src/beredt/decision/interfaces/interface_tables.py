"""Result tables of the interface register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.interfaces.congruence import congruence_of
from beredt.decision.interfaces.register import Register, make_register
from beredt.model.service import Service
from beredt.model.study import Study

ANY = "any"
WHOLE_DAY = -1
SIMULATED, INPUT = "simulated", "input"


def interface_tables(
    study: Study, services: Mapping[str, Service], baseline: str, results: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Tables `interfaces`, `interface_congruence` and `positions`; without rows where the study has no register.

    Args:
        study: its decision tables of the register.
        services: finished service by alternative id, today first.
        baseline: the alternative that a simulated statement speaks of when it names none.
        results: of the run so far, for simulated statements.
    """
    register = make_register(study.decision["interface_roles"], study.decision["interfaces"], services)
    return {
        "interfaces": result_frame("interfaces", _meetings(register, services)),
        "interface_congruence": result_frame("interface_congruence", _congruence(register, services)),
        "positions": result_frame("positions", _positions(study.decision["positions"], baseline, results)),
    }


def _meetings(register: Register, alternatives: Mapping[str, object]) -> Iterator[Mapping[str, Cell]]:
    for alternative in alternatives:
        for place in register.places:
            for role in register.roles:
                changed = register.changes(alternative, role, place)
                for one in register.meetings.get((alternative, role, place), ()):
                    yield {
                        "place": place,
                        "role": role,
                        "alternative": alternative,
                        "counterpart": one.counterpart,
                        "changed": changed,
                        "status": one.status,
                        "source": one.source,
                    }


def _congruence(register: Register, alternatives: Mapping[str, object]) -> Iterator[Mapping[str, Cell]]:
    for alternative in alternatives:
        for municipality in dict.fromkeys(register.municipality_of.values()):
            found = asdict(congruence_of(register, alternative, municipality))
            yield {"municipality": municipality, "alternative": alternative, **found}


def _positions(
    positions: pl.DataFrame, baseline: str, results: Mapping[str, pl.DataFrame]
) -> Iterator[Mapping[str, Cell]]:
    """Statements with their figures. One that calls itself simulated and has no figure is only an input."""
    indicators = results.get("indicators")
    for row in positions.iter_rows(named=True):
        found = None
        if row["status"] == SIMULATED and row["measure"] and indicators is not None:
            found = _find(indicators, row, row["alternative"] or baseline)
        status = INPUT if row["status"] == SIMULATED and found is None else row["status"]
        figures = found or {"unit": "", "value": None, "low": None, "high": None}
        yield {
            "id": row["id"],
            "topic": row["topic"],
            "party": row["party"],
            "status": status,
            "source": row["source"],
            "measure": row["measure"] or "",
            **{key: figures[key] for key in ("unit", "value", "low", "high")},
        }


def _find(indicators: pl.DataFrame, row: Mapping[str, Cell], alternative: str) -> Mapping[str, Cell] | None:
    urgency = "" if row["urgency"] == ANY else str(row["urgency"])
    found = indicators.filter(
        (pl.col("alternative") == alternative)
        & (pl.col("measure") == row["measure"])
        & (pl.col("urgency").fill_null("") == urgency)
        & (pl.col("group") == row["group"])
        & (pl.col("hour") == WHOLE_DAY)
        & pl.col("value").is_not_null()
    )
    return None if found.is_empty() else found.row(0, named=True)
