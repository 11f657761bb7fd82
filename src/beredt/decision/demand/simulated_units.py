"""The hours that units of today work, from a few simulated years: what tells how much work an incident makes."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from beredt.indicators.runs import Runs
from beredt.indicators.tables import units_table
from beredt.indicators.tally import tally
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.simulation.run import Simulator, default_jobs
from beredt.simulation.simulate_study import COMPILING
from beredt.simulation.study_roads import load_or_build_roads

OnStage = Callable[[str, int, int], None]

SIMULATING = "Simulating today"


def simulated_units(study: Study, replications: int, progress: OnStage) -> pl.DataFrame:
    """Table `units` of today's service over so many simulated years, at least 1."""
    network = load_or_build_roads(study, progress=progress)
    with Simulator(study, network, min(default_jobs(), replications)) as simulator:
        progress(COMPILING, 0, 1)
        simulator.warm_up(study.service, tally)
        progress(COMPILING, 1, 1)
        progress(SIMULATING, 0, replications)
        tallies = simulator.simulate({TODAY: study.service}, replications, tally)[TODAY]
        progress(SIMULATING, replications, replications)
        return units_table({TODAY: Runs(simulator.frame_of(study.service), tallies)})
