"""A study asked by a siting model, and what was answered: what pages and tables are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.siting.ask_model import Asked
from beredt.siting.from_study import StudyProblem
from beredt.siting.problem import CLOSED, OPEN, SitingProblem
from beredt.siting.study.sites import StudySite

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

STATUSES = ("kept", "new", "given_up", "not_used")
"""What an answer does with a site: a station of today that stays, a new one, one of today that is given up, none."""


@dataclass(frozen=True)
class Sited:
    """An answer of a model to a study.

    `study`, `service`: what was asked; `alternative` its id or None for the base. `posed`: the problem as the study
    gives it; `problem`: with the locks of the call. `asked`: the answer.
    """

    study: Study
    service: Service
    alternative: str | None
    problem: SitingProblem
    posed: StudyProblem
    asked: Asked

    @property
    def name(self) -> str:
        """The alternative as results call it."""
        return self.alternative or TODAY

    @cached_property
    def sites(self) -> Mapping[str, StudySite]:
        """Sites by id, in the order of the problem."""
        return {row.id: row for row in self.posed.sites}

    def status(self, site: str, chosen: Mapping[str, int]) -> str:
        """What an answer does with a site, of `STATUSES`."""
        there = bool(self.problem.existing[self.problem.site_number(site)])
        if chosen.get(site):
            return "kept" if there else "new"
        return "given_up" if there else "not_used"

    def lock(self, site: str) -> str:
        """How a site was fixed beforehand: open, closed or free."""
        state = int(self.problem.locked[self.problem.site_number(site)])
        return {OPEN: "open", CLOSED: "closed"}.get(state, "free")

    @cached_property
    def nearest(self) -> tuple[I8, F8]:
        """The nearest open site of each area that may serve it, and seconds of acute driving from it; −1 and infinite
        where there is none.
        """
        problem = self.problem
        chosen = np.array([problem.site_number(site) for site in self.asked.answer.chosen], np.int64)
        if not chosen.size:
            return np.full(problem.areas, -1), np.full(problem.areas, np.inf)
        drive = np.where(problem.permitted[chosen] > 0.0, problem.travel_s[chosen].astype(np.float64), np.inf)
        least = drive.min(axis=0)
        return np.where(np.isfinite(least), chosen[drive.argmin(axis=0)], -1), least
