"""Who may be chosen at all: the gate's answer, before anything is weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Pool = Literal["meets", "meets_or_undecided"]


def pools_of(alternatives: Sequence[str], verdicts: Mapping[str, str], baseline: str) -> dict[Pool, tuple[str, ...]]:
    """Alternatives that may be chosen, in their order, when the undecided may not and when they may.

    The baseline is what others are held against and may always be chosen. One that fails is in no pool; one without an
    answer is undecided.
    """
    answers = {one: "meets" if one == baseline else verdicts.get(one, "undecided") for one in alternatives}
    return {
        "meets": tuple(one for one in alternatives if answers[one] == "meets"),
        "meets_or_undecided": tuple(one for one in alternatives if answers[one] in ("meets", "undecided")),
    }
