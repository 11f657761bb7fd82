"""Expected calls by area and hour as decisions weigh them: where people live, or where they are in that hour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.demand.calls_by_hour import YEAR_H, calls_by_hour, has_commuters
from beredt.demand.intensity import WEEK_HOURS, weekly_profile
from beredt.demand.population import people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.model.service import Service
from beredt.model.study import Study

F8 = NDArray[np.float64]

WEEKS_A_YEAR = YEAR_H / WEEK_HOURS


def is_weighed_by_presence(study: Study) -> bool:
    """Whether the study asks for people where they are (`demand.weighed_by`), and says where that is."""
    return study.settings.demand.weighed_by == "present" and has_commuters(study)


def weighed_calls(study: Study, service: Service) -> F8:
    """Calls an hour of a mean week.

    Args:
        study: Its people, tables and setting.
        service: Whose areas and rates hold.

    Returns:
        float64[areas, 3, 168], hour 0 on Monday at 00:00.

    Raises:
        StudyError: Areas without people or rates, or more people away than there are.
    """
    if is_weighed_by_presence(study):
        return calls_by_hour(study, service)
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    calls: F8 = yearly_incidents(service, people)[:, :, np.newaxis] / YEAR_H * weekly_profile(service.profile)
    return calls
