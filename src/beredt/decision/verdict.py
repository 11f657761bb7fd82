"""The verdict on an alternative: the gate under the study's own assumptions, held against its sensitivities.

An interval covers chance only. Whether the answer also survives other assumptions is asked with the study's
sensitivities; those that it declared to decide can take an answer back, never give one. No correction is made
for their number: to meet, an alternative has to meet in all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beredt.decision.gate import GateResult, GateRow, Verdict
from beredt.model.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class AlternativeVerdict:
    """The final answer for one alternative.

    `main`: the gate's answer under the study's own assumptions; `verdict`: after the deciding sensitivities.
    `deciding`: the row it rests on most, of the sensitivity `deciding_sensitivity` (empty: the main assumptions).
    `turned_by`: deciding sensitivities that take the main answer back; `otherwise_in`: those declared not to decide
    under which the answer would be another.
    """

    alternative: str
    verdict: Verdict
    main: Verdict
    deciding: GateRow
    deciding_sensitivity: str
    turned_by: tuple[str, ...]
    otherwise_in: tuple[str, ...]


def final_verdict(
    alternative: str,
    main: GateResult,
    under: Mapping[str, GateResult],
    sensitivities: Sequence[Sensitivity],
) -> AlternativeVerdict:
    """Hold the main answer against the answers `under` each sensitivity (by id); one not there was not run.

    The main answer becomes undecided when a deciding sensitivity contradicts it.
    """
    against = [s for s in sensitivities if s.id in under and contradicts(main.verdict, under[s.id].verdict)]
    turned_by = tuple(s.id for s in against if s.decides)
    # What speaks loudest against the answer is shown: a failure before a doubt.
    loudest = min(turned_by, key=lambda key: under[key].verdict != "fails", default="")
    return AlternativeVerdict(
        alternative=alternative,
        verdict="undecided" if turned_by else main.verdict,
        main=main.verdict,
        deciding=under[loudest].deciding if loudest else main.deciding,
        deciding_sensitivity=loudest,
        turned_by=turned_by,
        otherwise_in=tuple(s.id for s in against if not s.decides),
    )


def contradicts(main: Verdict, other: Verdict) -> bool:
    """Whether another answer takes the main one back: anything but *meets* against *meets*, *meets* against *fails*."""
    if main == "meets":
        return other != "meets"
    return main == "fails" and other == "meets"
