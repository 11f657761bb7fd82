"""The later year that a study is carried to, as it is asked for and written down, so that a run can be made again."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.model.study import Study


@dataclass(frozen=True, slots=True)
class CarriedTo:
    """A `year` and the alternative of its projection, `growth`: main, low or high."""

    year: int
    growth: str = "main"

    def study(self, study: Study) -> Study:
        """The study in that year: people, need, and the roads that are open then. Raises OptionError."""
        from beredt.demand.projection.later_year import study_in_year  # slow to import, and rarely asked for

        return study_in_year(study, self.year, self.growth)
