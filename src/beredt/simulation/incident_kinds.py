"""Kinds of incident: what shares of each urgency they are, and which kind each incident is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.generate import GeneratedCalls
from beredt.demand.happenings import draw
from beredt.demand.purposes import Trait
from beredt.demand.traits import TRANSFER, shares_of_kinds
from beredt.dispatch.world import F8, I4
from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.model.urgency import URGENCIES

B = NDArray[np.bool_]


class IncidentKinds(NamedTuple):
    """K kinds; kind 0 are transfers. L kinds of an urgency at most."""

    names: tuple[str, ...]
    below: F8  # [3, L] running shares of the kinds of an urgency, in the order of the table, transfers apart
    number: I4  # [3, L] which kinds they are

    def meant_by(self, table: str, row: str, words: Sequence[str]) -> list[bool]:
        """Which kinds a row of a table is about, by its words; without any, all.

        Raises:
            StudyError: a word that is no kind of incident of the study.
        """
        unknown = sorted(set(words) - set(self.names))
        if unknown:
            what, column = ("pathway", "kinds") if table == "pathways" else ("ask", "incident_kinds")
            message = f"{what} {row}: there is no kind of incident {unknown[0]!r}"
            remedy = "add it to the table incident_kinds, or use one of " + ", ".join(self.names)
            raise StudyError([Issue(table, None, column, unknown[0], len(unknown), message, remedy)])
        return [not words or kind in words for kind in self.names]

    def of(self, calls: GeneratedCalls, transfer: B) -> I4:
        """Kind of each incident, 0 for transfers: the one that `traits.draw_traits` tells."""
        uniform = draw(Trait.KIND, calls.seed, calls.replication, calls.stratum, calls.k.astype(np.int64))
        place = (uniform[:, None] >= self.below[calls.urgency]).sum(axis=1)
        return np.where(transfer, 0, self.number[calls.urgency, place]).astype(np.int32)


def plan_incident_kinds(table: pl.DataFrame | None) -> IncidentKinds:
    """Names of kinds, transfers first; running shares of the others by urgency, and their numbers.

    Args:
        table: incident_kinds of the study; None for what is assumed without it.
    """
    none = pl.DataFrame(schema={"urgency": pl.String, "kind": pl.String, "share": pl.Float64})
    shares = shares_of_kinds(none if table is None else table)
    names = (TRANSFER, *sorted({kind for found in shares.values() for kind in found}))
    below = np.ones((len(URGENCIES), max(map(len, shares.values()))))
    number = np.zeros(below.shape, np.int32)
    for code, urgency in enumerate(URGENCIES):
        found = shares[urgency]
        below[code, : len(found)] = np.cumsum(list(found.values())) / sum(found.values())
        below[code, len(found) - 1 :] = 1.0
        number[code, : len(found)] = [names.index(kind) for kind in found]
    return IncidentKinds(names, below, number)
