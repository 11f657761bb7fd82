"""What is left of a target for the drive, counted in the seconds that the problem's own drives have."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from beredt.demand.intensity import weekly_profile
from beredt.errors import OptionError
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import Urgency, urgency_code
from beredt.siting.study.week_parts import WEEK_H, WeekPart

F8 = NDArray[np.float64]


def target_s(study: Study, service: Service, urgency: Urgency, minutes: float | None, part: WeekPart) -> F8:
    """Seconds of acute driving at plain hours within which an area is reached in time: (N,).

    A target counts from the call, so handling and mobilisation, at their medians, are taken off it. Driving t·f within
    T is driving t·f_A within T·f_A/f, with the factors f of the urgency and f_A of acute driving; likewise with the
    mean factor of driving times in the hours of the part, each hour weighed by its calls.

    Args:
        study: whose targets hold.
        service: whose intervals, speeds and areas.
        urgency: of the class.
        minutes: of driving that count as reached instead, above 0; None for the study's targets.
        part: of the week.

    Raises:
        OptionError: the urgency has no target, and no minutes are given; or they leave no time to drive.
    """
    factor = {speed.purpose: speed.factor for speed in service.speeds}
    pace = factor["A"] / factor[urgency] / hours_pace(service, urgency, part)
    if minutes is not None:
        if not minutes > 0.0:
            raise OptionError("--minutes", str(minutes), "nobody is there at once", "give minutes above 0")
        return np.full(len(service.areas), 60.0 * minutes * pace)
    wanted = {row.where: 60.0 * row.minutes for row in study.settings.targets if row.urgency == urgency}
    if not {"urban", "rural"} <= wanted.keys():
        raise OptionError(
            "--urgency", urgency, "the study has no targets for it, urban and rural", "give --minutes of driving"
        )
    before = before_s(service, urgency)
    # As the reports count: what a municipality is holds for all its areas.
    urban = {row.id: row.urban for row in service.municipalities}
    left = np.array([wanted["urban" if urban[area.municipality] else "rural"] for area in service.areas]) - before
    if not (left > 0.0).all():
        raise OptionError(
            "--urgency", urgency, f"handling and mobilisation alone take {before:.0f} s", "give --minutes of driving"
        )
    return np.asarray(left * pace)


def before_s(service: Service, urgency: Urgency) -> float:
    """Median seconds from the call until a unit rolls: handling and mobilisation."""
    return sum(
        row.median_s
        for row in service.intervals
        if row.urgency == urgency and row.interval in ("handling", "mobilisation")
    )


def hours_pace(service: Service, urgency: Urgency, part: WeekPart) -> float:
    """Mean factor of driving times in the hours of a part, each hour weighed by its calls; 1 without such factors."""
    if not service.travel_hours:
        return 1.0
    factor = np.ones(WEEK_H)
    for row in service.travel_hours:
        factor[row.hour_of_week] = row.true_factor
    hours = list(part.hours)
    weight = weekly_profile(service.profile)[urgency_code(urgency)][hours]
    return float(np.average(factor[hours], weights=weight)) if weight.any() else float(factor[hours].mean())


def parse_minutes(texts: str | None, urgencies: tuple[Urgency, ...]) -> Mapping[Urgency, float]:
    """Minutes by urgency of `10` (for all) or `A=10,H=25`; nothing for None.

    Raises:
        OptionError: no number, or an urgency that is not asked about.
    """
    if texts is None:
        return {}
    found: dict[Urgency, float] = {}
    for piece in texts.split(","):
        name, equals, number = (part.strip() for part in piece.rpartition("="))
        try:
            value = float(number)
        except ValueError:
            value = 0.0
        if not 0.0 < value < float("inf"):
            raise OptionError("--minutes", piece, "that is no time to drive", "give minutes above 0: 10, or A=10,H=25")
        if not equals:
            found |= dict.fromkeys(urgencies, value)
            continue
        urgency = next((one for one in urgencies if one == name), None)
        if urgency is None:
            raise OptionError("--minutes", piece, "the urgency is not asked about", f"give {', '.join(urgencies)}")
        found[urgency] = value
    return found
