"""The gate: is an alternative no worse than the baseline by more than the margins that were set beforehand?

Non-inferiority in the sense of ICH E9 [1] and E10 [2]. Harm is the difference turned so that more is worse: percentage
points fewer within the target, seconds longer. For each declared group and measure two one-sided questions are
asked of the paired differences, with Student's t:

* *no worse*: is the harm below the margin? p = P(T ≤ t), t = (harm − margin) / standard error;
* *worse*: is it above the margin? p = P(T ≥ t).

Each question is asked at α = (1 − confidence)/2 for all rows of an alternative together, so that the answers agree
with a two-sided interval of that confidence, as [1] recommends (2.5 % a side at 95 %). A row **meets** when *no worse*
is shown, **fails** when *worse* is shown, and is **undecided** otherwise. An alternative meets when all its rows meet,
fails when one fails, and is undecided otherwise.

How intervals and decisions agree. The interval of a row has Bonferroni's confidence, whichever correction decides. Then

* an interval that lies wholly on one side of the margin always goes with the verdict of that side;
* an undecided row's interval always holds the margin;
* only Holm's can decide a row whose interval still holds the margin, in a later step: such a row has `by_step`.

"All rows meet" would need no correction at all (an intersection–union test [3]); it is made all the same, so that every
single row may be read as it stands. "One row fails" needs it.

[1] ICH E9, Statistical principles for clinical trials (1998), 3.3.2 and 5.5.
[2] ICH E10, Choice of control group (2000), 1.5.
[3] R. L. Berger, Multiparameter hypothesis testing and acceptance sampling, *Technometrics* 24 (1982) 295–300.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, isfinite, isnan, nan
from typing import Literal

from scipy.special import stdtr

from beredt.decision.compare import Difference, paired_differences
from beredt.decision.correction import adjusted_p, interval_confidence
from beredt.decision.group_measures import DIFFERENCE_UNIT, HARM_SIGN, SHARE, GroupMeasures, Measure
from beredt.model.settings_sections import GateSection

Verdict = Literal["meets", "fails", "undecided"]
Reason = Literal["", "no_incidents", "too_few_replications"]


@dataclass(frozen=True, slots=True)
class GateRow:
    """The answer for one group and measure.

    `difference`, `low`, `high`: alternative − baseline in `unit` (pp or s), the interval as wide as the correction
    asks; NaN with fewer than two replications. `margin`: harm still held to be no worse, ≥ 0. `harm_t`: (harm −
    margin) in standard errors, ±inf without any spread, NaN where nothing is known. `p_no_worse`, `p_worse`: adjusted
    p-values. `by_step`: decided although the interval holds the margin. `reason`: why nothing could be decided, else
    empty.
    """

    group: str
    measure: Measure
    unit: str
    difference: float
    low: float
    high: float
    margin: float
    pairs: int
    harm_t: float
    p_no_worse: float
    p_worse: float
    verdict: Verdict
    by_step: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class GateResult:
    """The gate's answer for one alternative: its rows, the verdict, and the row that the verdict rests on most."""

    rows: tuple[GateRow, ...]
    verdict: Verdict
    deciding: GateRow


def judge(alternative: GroupMeasures, baseline: GroupMeasures, rule: GateSection) -> GateResult:
    """Put one alternative through the gate.

    Both measures come from the same replications and hold all groups of the rule. Fewer than two replications leave
    every row undecided. Raises ValueError where replications or groups do not match.
    """
    differences = paired_differences(alternative, baseline, rule.groups)
    tests = [_one_sided(difference, margin_of(rule, difference.measure)) for difference in differences]
    no_worse = adjusted_p([p for _, p, _ in tests], rule.correction)
    worse = adjusted_p([p for _, _, p in tests], rule.correction)
    confidence = interval_confidence(rule.confidence, len(differences), rule.correction)
    rows = tuple(
        _row(difference, rule, confidence, test[0], p_no_worse, p_worse)
        for difference, test, p_no_worse, p_worse in zip(differences, tests, no_worse, worse, strict=True)
    )
    verdict = verdict_of(row.verdict for row in rows)
    return GateResult(rows, verdict, _deciding(rows, verdict))


def margin_of(rule: GateSection, measure: Measure) -> float:
    """The margin of a measure, in the unit of its differences."""
    return rule.margin_share_pp if measure == SHARE else rule.margin_mean_s


def verdict_of(rows: Iterable[Verdict]) -> Verdict:
    """Fails if one row fails, meets if all meet, else undecided."""
    verdicts = set(rows)
    if "fails" in verdicts:
        return "fails"
    return "meets" if verdicts == {"meets"} else "undecided"


def _one_sided(difference: Difference, margin: float) -> tuple[float, float, float]:
    """(t, p of *no worse*, p of *worse*), not adjusted."""
    if not isfinite(difference.error):
        return nan, 1.0, 1.0
    excess = HARM_SIGN[difference.measure] * difference.mean - margin
    if difference.error == 0.0:
        # Nothing varies: the difference is known. Exactly at the margin is not beyond it.
        return (inf, 1.0, 0.0) if excess > 0.0 else (-inf, 0.0, 1.0)
    t = excess / difference.error
    return t, float(stdtr(difference.pairs - 1, t)), float(stdtr(difference.pairs - 1, -t))


def _row(
    difference: Difference, rule: GateSection, confidence: float, harm_t: float, p_no_worse: float, p_worse: float
) -> GateRow:
    margin = margin_of(rule, difference.measure)
    low, high = difference.interval(confidence)
    alpha = (1.0 - rule.confidence) / 2.0
    verdict: Verdict = "meets" if p_no_worse <= alpha else "fails" if p_worse <= alpha else "undecided"
    edge = HARM_SIGN[difference.measure] * margin
    reason: Reason = "" if difference.pairs >= 2 else "too_few_replications" if difference.pairs else "no_incidents"
    return GateRow(
        group=difference.group,
        measure=difference.measure,
        unit=DIFFERENCE_UNIT[difference.measure],
        difference=difference.mean,
        low=low,
        high=high,
        margin=margin,
        pairs=difference.pairs,
        harm_t=harm_t,
        p_no_worse=p_no_worse,
        p_worse=p_worse,
        verdict=verdict,
        by_step=verdict != "undecided" and low < edge < high,
        reason=reason,
    )


def _deciding(rows: tuple[GateRow, ...], verdict: Verdict) -> GateRow:
    """Of the rows with the verdict, the one farthest to the wrong side: the surest failure, or the closest call.

    A row about which nothing is known comes first; ties go by name, so that the order of groups decides nothing.
    """
    candidates = sorted((row for row in rows if row.verdict == verdict), key=lambda row: (row.group, row.measure))
    return max(candidates, key=lambda row: inf if isnan(row.harm_t) else row.harm_t)
