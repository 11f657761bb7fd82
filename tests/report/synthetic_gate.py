"""The gate's tables of made-up results."""

from __future__ import annotations

import polars as pl

from tests.report.synthetic_tables import Rows, levels_of
from tests.report.synthetic_world import World


def _gate_rows(world: World, sensitivity: str, shift: float) -> Rows:
    gate = world.study.settings.gate
    assert gate is not None
    rows: Rows = []
    for alternative in world.services:
        if alternative in ("today", gate.baseline):
            continue
        for group in gate.groups:
            levels = levels_of(world, alternative, gate.urgency, group)
            base = levels_of(world, gate.baseline, gate.urgency, group)
            for measure, unit, margin, sign in (
                ("share_within_target", 100.0, gate.margin_share_pp, -1.0),
                ("response_mean_s", 1.0, gate.margin_mean_s, 1.0),
            ):
                difference = (levels[measure][1] - base[measure][1]) * unit - sign * -1.0 * shift * (
                    0.8 if unit > 1 else 6.0
                )
                half = 0.3 if unit > 1 else 3.0
                harm = (sign * difference - half, sign * difference + half)
                verdict = "meets" if harm[1] <= margin else "fails" if harm[0] > margin else "undecided"
                rows.append(
                    {"sensitivity": sensitivity, "alternative": alternative, "baseline": gate.baseline, "group": group,
                     "measure": measure, "difference": difference, "low": difference - half, "high": difference + half,
                     "margin": margin, "verdict": verdict}
                )  # fmt: skip
    return rows


def _verdict(rows: Rows) -> str:
    verdicts = {row["verdict"] for row in rows}
    return "fails" if "fails" in verdicts else "meets" if verdicts == {"meets"} else "undecided"


def gate_tables(world: World) -> dict[str, pl.DataFrame]:
    rows = _gate_rows(world, "", 0.0)
    for number, sensitivity in enumerate(world.study.sensitivities):
        rows += _gate_rows(world, sensitivity.id, 0.9 * (-1) ** number * (1 + number % 3))
    verdicts: Rows = []
    for alternative in dict.fromkeys(row["alternative"] for row in rows):
        own = [row for row in rows if row["alternative"] == alternative]
        main = _verdict([row for row in own if row["sensitivity"] == ""])
        turned = [
            s.id
            for s in world.study.sensitivities
            if s.decides and _verdict([row for row in own if row["sensitivity"] == s.id]) != main
        ]
        worst = next((row for row in own if row["verdict"] == main and row["sensitivity"] == ""), own[0])
        verdicts.append(
            {"alternative": alternative, "verdict": "undecided" if turned else main,
             "deciding_group": worst["group"], "deciding_measure": worst["measure"], "turned_by": ";".join(turned)}
        )  # fmt: skip
    sensitivities = [
        {"sensitivity": row["sensitivity"], "alternative": row["alternative"], "group": row["group"], "urgency": "A",
         "measure": row["measure"], "value": 0.8, "difference": row["difference"], "low": row["low"],
         "high": row["high"]}
        for row in rows
    ]  # fmt: skip
    return {
        "gate": pl.DataFrame(rows),
        "verdicts": pl.DataFrame(verdicts),
        "sensitivities": pl.DataFrame(sensitivities),
    }
