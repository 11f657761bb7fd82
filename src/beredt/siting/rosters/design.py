"""The best roster for a need: integer programmes, solved to proof.

**Fewest paid hours.** With x_f cars of form f and c_fs how many of them one such car puts on duty in slot s,

    minimise    Σ_f paid_f·x_f
    subject to  max(need_s, least) ≤ Σ_f c_fs·x_f ≤ most   for every slot s
                Σ_{f of a family} x_f ≤ most of the family,   x ≥ 0 and whole

the set covering of shifts that G. B. Dantzig wrote down for toll booths [1]. Many rosters tie. Among them only those
with the fewest cars rostered are kept (a second programme, Σ x_f made small), and of these the one whose hours save
most calls from finding no unit free:

    maximise    Σ_s Σ_n gain_sn·y_sn
    subject to  Σ_n y_sn ≤ Σ_f c_fs·x_f,   0 ≤ y_sn ≤ 1,   Σ_f paid_f·x_f ≤ budget,   and the rows above

`gain_sn` is what the n-th unit of a slot saves by Erlang B (`need.gains`); gains fall with n, so y fills up from the
first unit by itself and need not be whole. With another budget and without the need, the same programme answers where a
number of paid hours does most good.

1. G. B. Dantzig, *A comment on Edie's "Traffic delays at toll booths"*, Journal of the Operations Research Society of
   America 2 (1954) 339–341.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from beredt.errors import SitingError
from beredt.siting.program import Limits, Program, Progress, Solved, Stop, solve
from beredt.siting.rosters.need import fewest_units, gains
from beredt.siting.rosters.shift_form import ShiftForm
from beredt.siting.rosters.week import HOUR_MIN, WEEK_H, by_slot, cover_of, slot_minutes

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

PROOF = Limits()
MINUTES_PER_HOUR = 60
WEEKS_PER_YEAR = 365 / 7
ROUNDING_MIN = 1e-6
"""Budgets come from sums of hours."""

NEGLIGIBLE = 1e-6
"""Share of calls that find no unit free, so small that what one more unit saves is not counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Week:
    """What a week asks for, hour by hour from Monday 00:00. (168,) each.

    `need`: int64, units that must be on duty. `load`: erlangs, ≥ 0. `calls`: acute calls, ≥ 0, the weight of an hour.
    """

    need: I8
    load: F8
    calls: F8

    def __post_init__(self) -> None:
        """Refuse a week that is none.

        Raises:
            ValueError: not 168 hours, or a number below 0.
        """
        for name in ("need", "load", "calls"):
            values = getattr(self, name)
            if values.shape != (WEEK_H,) or not (values >= 0).all():
                raise ValueError(f"{name} must hold {WEEK_H} numbers, 0 or more; got the shape {values.shape}")


@dataclass(frozen=True, slots=True, eq=False)
class Permitted:
    """What a roster may be made of: forms of shift, minutes paid for every hand-over, least and most cars at once.

    `most_units` 0 sets no limit.
    """

    forms: tuple[ShiftForm, ...]
    handover_min: int = 0
    least_units: int = 0
    most_units: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class RosterPlan:
    """A roster and how good it is proved to be.

    `lines`: forms with their number of cars, those with none left out. `on_duty`: int64 (168,), the fewest cars within
    each hour. `paid_h`: paid hours of all people in a week; `bound_h`: no roster that meets the same takes fewer; `gap`
    between them as a share, 0 when proved. `status`: "proved" or "stopped". `seconds`: solving.
    """

    lines: tuple[tuple[ShiftForm, int], ...]
    on_duty: I8
    paid_h: float
    bound_h: float
    gap: float
    status: str
    seconds: float

    @property
    def units(self) -> int:
        """Cars that are on duty at once, at most."""
        return int(self.on_duty.max(initial=0))

    def fte(self, net_hours_per_fte: float) -> float:
        """Full-time positions: paid hours of a year of 365 days by the hours that one position really works."""
        return self.paid_h * WEEKS_PER_YEAR / net_hours_per_fte


def fewest_hours(
    week: Week,
    permitted: Permitted,
    limits: Limits = PROOF,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> RosterPlan:
    """The roster with the fewest paid hours that meets the need of every hour.

    Args:
        week: what is asked for.
        permitted: what the roster may be made of.
        limits: when to be content with less than proof.
        progress: told of bound and gap.
        stop: asked whether to stop with the best so far.

    Raises:
        SitingError: no roster meets the need, or none was found before the stop.
    """
    layout = _Layout(week, permitted)
    first = solve(layout.fewest(), limits, progress, stop)
    _check_found(first, layout)
    best = first.x
    if first.status == "proved":
        lines = solve(layout.fewest_cars(first.objective), limits, None, stop, best)
        best = lines.x if lines.found else best
        saved = layout.most_saved(first.objective, meet_need=True, cars=float(best.sum()))
        third = solve(saved, limits, None, stop, layout.start(best))
        best = third.x[: layout.forms] if third.found else best
    return layout.plan(best, first, first.bound)


def best_within(
    week: Week,
    permitted: Permitted,
    paid_h: float,
    limits: Limits = PROOF,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> RosterPlan:
    """The roster of at most `paid_h` paid hours a week that saves most acute calls from finding no unit free.

    The need of an hour binds nobody here; the least number of cars does. Arguments and errors as `fewest_hours`.
    """
    layout = _Layout(week, permitted)
    solved = solve(layout.most_saved(paid_h * MINUTES_PER_HOUR, meet_need=False), limits, progress, stop)
    _check_found(solved, layout)
    return layout.plan(solved.x[: layout.forms], solved, None)


def _check_found(solved: Solved, layout: _Layout) -> None:
    if solved.status == "infeasible":
        raise SitingError(layout.why_not())
    if not solved.found:
        raise SitingError("no roster was found before the stop: give it more time, or fewer forms of shift")


class _Layout:
    """The columns and rows that both programmes share."""

    def __init__(self, week: Week, permitted: Permitted) -> None:
        if not permitted.forms:
            raise SitingError("there is no form of shift to make a roster of: give at least one")
        self._week, self._permitted = week, permitted
        self._slot_min = slot_minutes(permitted.forms)
        self._cover = cover_of(permitted.forms, self._slot_min)
        self.forms = len(permitted.forms)
        self._paid = np.array([form.paid_min(permitted.handover_min) for form in permitted.forms], np.float64)
        self._need = np.maximum(by_slot(week.need, self._slot_min), permitted.least_units).astype(np.float64)
        if permitted.most_units and self._need.max() > permitted.most_units:
            raise SitingError(
                f"an hour needs {self._need.max():.0f} units and most_units allows {permitted.most_units}: raise it"
            )

    def fewest(self) -> Program:
        """Fewest paid minutes."""
        return self._covering(self._paid, inf)

    def fewest_cars(self, budget_min: float) -> Program:
        """Fewest cars rostered within paid minutes."""
        return self._covering(np.ones(self.forms), budget_min)

    def most_saved(self, budget_min: float, *, meet_need: bool, cars: float = inf) -> Program:
        """Most calls saved within paid minutes, and at most so many cars rostered."""
        saved = self._saved
        slots, steps = saved.shape
        least = self._need if meet_need else np.full(slots, float(self._permitted.least_units))
        duty, low, high = self._duty_rows(least)
        columns = np.arange(slots * steps)
        filled = csr_array((np.ones(slots * steps), columns, np.arange(0, slots * steps + 1, steps)))
        rows_of_cars, most_of_cars = self._limits(budget_min, cars)
        rows = vstack(
            [
                hstack([duty, csr_array((slots, slots * steps))]),
                hstack([-duty, filled]),
                hstack([rows_of_cars, csr_array((rows_of_cars.shape[0], slots * steps))]),
            ]
        )
        return Program(
            cost=np.concatenate([np.zeros(self.forms), saved.ravel()]),
            low=np.zeros(self.forms + slots * steps),
            high=np.concatenate([self._most_cars(), np.ones(slots * steps)]),
            integer=np.concatenate([np.ones(self.forms, np.bool_), np.zeros(slots * steps, np.bool_)]),
            rows=csr_array(rows),
            row_low=np.concatenate([low, np.full(slots + len(most_of_cars), -inf)]),
            row_high=np.concatenate([high, np.zeros(slots), most_of_cars]),
            sense="max",
        )

    def _covering(self, cost: F8, budget_min: float) -> Program:
        duty, low, high = self._duty_rows(self._need)
        rows_of_cars, most_of_cars = self._limits(budget_min, inf)
        return Program(
            cost=cost,
            low=np.zeros(self.forms),
            high=self._most_cars(),
            integer=np.ones(self.forms, np.bool_),
            rows=csr_array(vstack([duty, rows_of_cars])),
            row_low=np.concatenate([low, np.full(len(most_of_cars), -inf)]),
            row_high=np.concatenate([high, most_of_cars]),
            names=tuple(form.id for form in self._permitted.forms),
        )

    def _limits(self, budget_min: float, cars: float) -> tuple[csr_array, F8]:
        """Rows over the cars alone: paid minutes, cars in all, cars of every family that has a limit."""
        rows, most = [self._paid, np.ones(self.forms)], [budget_min + ROUNDING_MIN, cars]
        limits = {form.family: form.most for form in self._permitted.forms if form.most}
        for family, limit in limits.items():
            rows.append(np.array([float(form.family == family) for form in self._permitted.forms]))
            most.append(float(limit))
        return csr_array(np.array(rows)), np.array(most)

    def start(self, cars: F8) -> F8:
        """A solution of `most_saved` that begins from a roster."""
        steps = self._saved.shape[1]
        on_duty = self._cover @ cars
        filled = np.clip(on_duty[:, np.newaxis] - np.arange(steps), 0.0, 1.0)
        return np.concatenate([cars, filled.ravel()])

    def plan(self, cars: F8, solved: Solved, bound_min: float | None) -> RosterPlan:
        """The roster with these cars; `bound_min` None where its hours were not what was made few."""
        whole = np.rint(cars).astype(np.int64)
        by_hour = (self._cover @ whole).reshape(WEEK_H, -1).min(axis=1)
        paid_h = float(self._paid @ whole) / MINUTES_PER_HOUR
        return RosterPlan(
            lines=tuple((form, int(n)) for form, n in zip(self._permitted.forms, whole, strict=True) if n),
            on_duty=by_hour,
            paid_h=paid_h,
            bound_h=paid_h if bound_min is None else bound_min / MINUTES_PER_HOUR,
            gap=solved.gap,
            status=solved.status,
            seconds=solved.seconds,
        )

    def why_not(self) -> str:
        """What no roster can meet, as far as it can be told by sight."""
        never = np.flatnonzero((self._cover.sum(axis=1) == 0) & (self._need > 0))
        if len(never):
            hour = int(never[0]) * self._slot_min // HOUR_MIN
            return (
                f"no permitted shift covers hour {hour % 24:02d} of weekday {hour // 24 + 1}, which needs a unit: "
                "permit a shift that does"
            )
        return (
            f"no roster of the permitted shifts meets the need of {self._need.max():.0f} units within its limits: "
            "raise most_units, the number of cars of a family, or the paid hours"
        )

    def _duty_rows(self, least: F8) -> tuple[csr_array, F8, F8]:
        most = float(self._permitted.most_units) or inf
        return csr_array(self._cover.astype(np.float64)), least, np.full(len(least), most)

    def _most_cars(self) -> F8:
        """Cars of a form beyond which no more can be of use; `most` of the form where it is less."""
        enough = float(self._saved.shape[1])
        return np.array([min(form.most or enough, enough) for form in self._permitted.forms])

    @cached_property
    def _saved(self) -> F8:
        """Calls that the n-th unit of a slot saves; as many units as the need takes, and as are of any use."""
        useful = fewest_units(float(self._week.load.max()), NEGLIGIBLE)
        steps = max(useful, int(self._need.max(initial=0.0)), 1)
        per_hour = gains(self._week.load, self._week.calls, steps)
        slots_per_hour = HOUR_MIN // self._slot_min
        return np.repeat(per_hour, slots_per_hour, axis=0) / slots_per_hour
