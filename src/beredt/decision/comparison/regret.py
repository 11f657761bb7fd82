"""Regret: how much worse an alternative is than the best one would have been, once one knows which assumption holds.

    regret(a, s) = max over b of benefit(b, s) − benefit(a, s)  ≥ 0

for every assumption s under which all alternatives were run. The largest regret over the assumptions is what a
cautious choice keeps small [1]. Benefit is in the unit of the measure, so regrets of two measures are never added.

1. L. J. Savage, *The theory of statistical decision*, Journal of the American Statistical Association 46 (1951) 55–67,
   doi:10.1080/01621459.1951.10500768.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.group_measures import DIFFERENCE_UNIT, HARM_SIGN, MEASURES, Measure


def regret_table(sensitivities: pl.DataFrame, alternatives: Sequence[str], baseline: str) -> pl.DataFrame:
    """Table `regret`: for each alternative, group and measure its regret under the study's assumptions, and at most.

    Args:
        sensitivities: the result table of that name: differences from the baseline under every assumption.
        alternatives: that could be chosen, the baseline among them.
        baseline: from which the differences are taken; its own are 0.
    """
    rows: list[Mapping[str, Cell]] = []
    for (group, measure), part in _parts(sensitivities):
        found = _regrets(part, alternatives, baseline, HARM_SIGN[measure])
        for alternative in alternatives:
            own = {scenario: by[alternative] for scenario, by in found.items()}
            worst = max(own, key=lambda scenario: own[scenario], default=None)
            rows.append(
                {
                    "alternative": alternative,
                    "group": group,
                    "measure": measure,
                    "unit": DIFFERENCE_UNIT[measure],
                    "regret": own.get(""),
                    "most": None if worst is None else own[worst],
                    "worst_under": worst or "",
                    "scenarios": len(own),
                }
            )
    return result_frame("regret", rows)


def _parts(sensitivities: pl.DataFrame) -> Iterator[tuple[tuple[str, Measure], pl.DataFrame]]:
    """Rows of each group and measure."""
    for group in dict.fromkeys(sensitivities["group"].to_list()):
        for measure in MEASURES:
            part = sensitivities.filter(pl.col("group") == group, pl.col("measure") == measure)
            yield (group, measure), part


def _regrets(
    part: pl.DataFrame, alternatives: Sequence[str], baseline: str, harm_sign: int
) -> dict[str, dict[str, float]]:
    """Assumption → alternative → regret, for assumptions under which every alternative has a figure."""
    harms: dict[str, dict[str, float]] = {}
    for row in part.iter_rows(named=True):
        harm = 0.0 if row["alternative"] == baseline else row["difference"]
        if harm is not None and isfinite(harm) and row["alternative"] in alternatives:
            harms.setdefault(row["sensitivity"] or "", {})[row["alternative"]] = harm * harm_sign
    whole = {scenario: by for scenario, by in harms.items() if len(by) == len(alternatives)}
    return {
        scenario: {alternative: harm - min(by.values()) for alternative, harm in by.items()}
        for scenario, by in whole.items()
    }
