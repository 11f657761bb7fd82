"""Later years that demand is told of: those that the study knows something about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from beredt.demand.projection.later_year import study_in_year, years_known
from beredt.errors import OptionError, StudyError
from beredt.model.study import Study

MOST = 4
ROUND = 5
"""Where a study knows many years, those that can be divided by it are told of."""


@dataclass(frozen=True, slots=True)
class LaterYears:
    """Years after the study's own, ascending, and those that nothing can be told of, each with the reason."""

    years: tuple[int, ...]
    refused: Mapping[int, str]


def later_years(study: Study, wanted: tuple[int, ...] = ()) -> LaterYears:
    """Which later years to tell of: the wanted ones, or at most four of those that the study knows.

    A year whose projection leaves out a municipality or an age is refused, not guessed.
    """
    years = wanted or _chosen([one for one in years_known(study) if one > study.settings.study.year])
    told, refused = [], {}
    for year in sorted(set(years) - {study.settings.study.year}):
        try:
            study_in_year(study, year)
            told.append(year)
        except (OptionError, StudyError) as error:
            refused[year] = str(error)
    return LaterYears(tuple(told), MappingProxyType(refused))


def _chosen(known: list[int]) -> list[int]:
    if len(known) <= MOST:
        return known
    even = [one for one in known[:-1] if one % ROUND == 0]
    return [*(even or known[:-1])[: MOST - 1], known[-1]]
