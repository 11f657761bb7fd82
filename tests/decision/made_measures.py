"""Measures made by hand, for tests of the gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from beredt.decision.gate import GateResult, GateRow, Verdict
from beredt.decision.group_measures import DIFFERENCE_UNIT, GroupMeasures, Measure
from beredt.model.settings_sections import GateSection


def rule(
    groups: Sequence[str] = ("east",),
    share_pp: float = 1.0,
    mean_s: float = 10.0,
    correction: str = "holm",
    confidence: float = 0.95,
) -> GateSection:
    return GateSection.model_validate(
        {
            "baseline": "0+",
            "groups": list(groups),
            "margin_share_pp": float(share_pp),
            "margin_mean_s": float(mean_s),
            "confidence": confidence,
            "correction": correction,
        }
    )


def measures(by_group: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> GroupMeasures:
    """Group → (share in percent per replication, mean response in seconds per replication)."""
    share = np.array([values[0] for values in by_group.values()], dtype=np.float64).T
    mean = np.array([values[1] for values in by_group.values()], dtype=np.float64).T
    return GroupMeasures(tuple(by_group), share, mean)


def shifted(base: GroupMeasures, share_pp: float, mean_s: float, spread: float = 0.1, seed: int = 5) -> GroupMeasures:
    """The same, `share_pp` points better and `mean_s` seconds slower, with some spread between replications."""
    random = np.random.default_rng(seed)
    share = base.share_pp + share_pp + spread * random.standard_normal(base.share_pp.shape)
    mean = base.mean_s + mean_s + spread * random.standard_normal(base.mean_s.shape)
    return GroupMeasures(base.groups, share, mean)


def flat(groups: Sequence[str] = ("east",), replications: int = 10) -> GroupMeasures:
    shape = (replications, len(groups))
    return GroupMeasures(tuple(groups), np.full(shape, 80.0), np.full(shape, 600.0))


def row(difference: float, half: float, margin: float, measure: Measure = "response_mean_s") -> GateRow:
    """A row with a given interval and the verdict that goes with it, as the gate would give without correction."""
    low, high = difference - half, difference + half
    harm_low, harm_high = (low, high) if measure == "response_mean_s" else (-high, -low)
    verdict: Verdict = "meets" if harm_high <= margin else "fails" if harm_low > margin else "undecided"
    return GateRow(
        group="east",
        measure=measure,
        unit=DIFFERENCE_UNIT[measure],
        difference=difference,
        low=low,
        high=high,
        margin=margin,
        pairs=10,
        harm_t=0.0,
        p_no_worse=0.0,
        p_worse=0.0,
        verdict=verdict,
        by_step=False,
        reason="",
    )


def result(*rows: GateRow) -> GateResult:
    verdicts = {one.verdict for one in rows}
    verdict: Verdict = "fails" if "fails" in verdicts else "meets" if verdicts == {"meets"} else "undecided"
    return GateResult(rows, verdict, rows[0])
