"""What a study is asked about as a siting problem, as people give it: places, parts of the week, borders, prices."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from beredt.errors import OptionError

if TYPE_CHECKING:
    from beredt.model.service import Service
    from beredt.model.settings_sections import Region
    from beredt.model.urgency import Urgency
    from beredt.siting.from_study import Wish

BudgetUnit = Literal["units", "fte", "nok"]
BUDGET_UNITS: tuple[BudgetUnit, ...] = get_args(BudgetUnit)

FTE_OF_A_UNIT = 12.0
"""A car with two people round the clock: 2 · 24 · 365 h at 1,460 net hours, as in rosters and dimensioning."""


@dataclass(frozen=True, slots=True)
class StudyQuestion:
    """The options that make a problem of a study, as they were given; None for those that were not."""

    alternative: str | None = None
    urgency: str | None = None
    minutes: str | None = None
    periods: str | None = None
    candidates: Path | None = None
    only_candidates: bool | None = None
    lattice_km: float | None = None
    borders: str | None = None
    border: tuple[str, ...] | None = None
    border_of: str | None = None
    budget: float | None = None
    budget_unit: str | None = None
    unit_cost: float | None = None
    opening_cost: float | None = None
    moving_cost: float | None = None
    capacity: int | None = None

    def given(self) -> list[str]:
        """The options that were given, as the command line writes them."""
        return [f"--{each.name.replace('_', '-')}" for each in fields(self) if getattr(self, each.name) is not None]


def wish_of(question: StudyQuestion, service: Service | None, region: Region | None = None) -> Wish:
    """What is asked for; without a service, everything but the file of candidates, which must lie in the region.

    Raises:
        OptionError: an option says what cannot be.
        DefinitionError: the file of candidates is at fault.
    """
    from beredt.siting.from_study import WHOLE_WEEK, Wish
    from beredt.siting.problem import NO_LIMIT
    from beredt.siting.study.borders import OWNERS, parse_border, parse_share
    from beredt.siting.study.candidate_file import Candidate, read_candidates
    from beredt.siting.study.targets import parse_minutes
    from beredt.siting.study.week_parts import parse_week_parts

    urgencies = _urgencies(question.urgency or "A")
    owners = next((one for one in OWNERS if one == (question.border_of or "centre")), None)
    if owners is None:
        raise OptionError(
            "--border-of", str(question.border_of), "nobody like that has borders", f"give one of {', '.join(OWNERS)}"
        )
    if question.only_candidates and question.candidates is None:
        raise OptionError("--only-candidates", "", "there is no file of candidates", "give --candidates FILE")
    unit = _budget_unit(question.budget_unit or "units")
    candidates: tuple[Candidate, ...] = ()
    if question.candidates is not None and service is not None:
        candidates = read_candidates(question.candidates, service, region)
    return Wish(
        urgencies=urgencies,
        minutes=parse_minutes(question.minutes, urgencies) or None,
        parts=WHOLE_WEEK if question.periods is None else parse_week_parts(question.periods),
        candidates=candidates,
        only_candidates=bool(question.only_candidates),
        lattice_km=question.lattice_km,
        borders=parse_share("--borders", question.borders or "open"),
        named_borders=tuple(parse_border(text) for text in question.border or ()),
        border_of=owners,
        unit_cost=_unit_cost(question),
        opening_cost=question.opening_cost or 0.0,
        moving_cost=question.moving_cost or 0.0,
        capacity=NO_LIMIT if question.capacity is None else question.capacity,
        budget=float("inf") if question.budget is None else question.budget,
        budget_unit=unit,
    )


def _urgencies(text: str) -> tuple[Urgency, ...]:
    from beredt.model.urgency import URGENCIES

    wanted = [part.strip() for part in text.split(",")]
    for each in wanted:
        if each not in URGENCIES or wanted.count(each) > 1:
            message = "there is no such urgency" if each not in URGENCIES else "it is there twice"
            raise OptionError("--urgency", each, message, f"give some of {', '.join(URGENCIES)}")
    return tuple(one for each in wanted for one in URGENCIES if one == each)


def _budget_unit(text: str) -> BudgetUnit:
    for known in BUDGET_UNITS:
        if text == known:
            return known
    raise OptionError("--budget-unit", text, "nothing is counted in that", "give units, fte or nok")


def _unit_cost(question: StudyQuestion) -> float:
    """What was given; otherwise 1 unit, 12 FTE; there is no such default for money.

    Raises:
        OptionError: a budget in kroner, and nobody says what a unit costs.
    """
    if question.unit_cost is not None:
        return question.unit_cost
    if question.budget_unit == "nok" and question.budget is not None and question.candidates is None:
        raise OptionError("--budget-unit", "nok", "nobody says what a unit costs", "give --unit-cost in kroner a year")
    return FTE_OF_A_UNIT if question.budget_unit == "fte" else 1.0
