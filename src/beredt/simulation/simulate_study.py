"""`beredt simulate`: one alternative, simulated on its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from beredt.model.alternative import TODAY
from beredt.model.edits.service_of import service_of
from beredt.model.relocation_option import relocation_from_option
from beredt.model.study import Study
from beredt.simulation.case import Trace
from beredt.simulation.mission_store import refuse_used_folder, write_year
from beredt.simulation.missions_table import missions_table, responses
from beredt.simulation.run import Simulator, default_jobs
from beredt.simulation.study_roads import load_or_build_roads
from beredt.simulation.units_table import units_table

COMPILING = "Compiling the kernels (once per version, a minute or two)"
"""Stage that takes no time when they are compiled already."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SimulationSummary:
    """What one alternative's replications came to; `calls` are `generated`, or `traced`.

    `simulate_s` is the event loop alone with all results in memory, summed over replications; `mean_response_s` is
    over all incidents that got a unit, `share_in_target` over those that have a target (None where none has).
    """

    study: str
    alternative: str
    calls: str
    incidents: int
    replications: int
    prepare_s: float
    simulate_s: float
    mean_response_s: float | None
    share_in_target: float | None
    missions: str | None
    store: str | None = None

    def as_json(self) -> dict[str, Any]:
        """All fields."""
        return asdict(self)

    def as_text(self) -> str:
        """A few lines for a terminal."""
        mean = "–" if self.mean_response_s is None else f"{self.mean_response_s / 60:.1f} min"
        share = "–" if self.share_in_target is None else f"{100 * self.share_in_target:.1f} %"
        lines = [
            f"{self.study}, {self.alternative}: {self.incidents} {self.calls} incidents, "
            f"{self.replications} replications",
            f"mean response {mean} · within target {share}",
            f"prepared in {self.prepare_s:.2f} s, simulated in {self.simulate_s:.2f} s of one core",
        ]
        written = {"missions": self.missions, "store": self.store}
        return "\n".join([*lines, *(f"{what}: {where}" for what, where in written.items() if where)])


def simulate_study(
    study: Study,
    *,
    alternative: str | None,
    replications: int | None,
    jobs: int | None,
    out: Path | None,
    progress: Progress,
    cluster: str | None = None,
    check_laws: bool = False,
    relocation: str | None = None,
    store: Path | None = None,
) -> SimulationSummary:
    """Simulate the base or one alternative of a study.

    Args:
        study: checked.
        alternative: its id, None or `today` for the base.
        replications: how many, None as in the study.
        jobs: worker processes, None for one per core; the results are the same.
        out: folder for missions.parquet and units.parquet, made if need be; None to write nothing.
        progress: told of every replication.
        cluster: address of a Dask scheduler whose workers do the work instead of `jobs`; the results are the same.
        check_laws: whether every run is held to the laws of `conservation`, which takes time.
        relocation: a rule for free units instead of the service's own, as `RULE[:PARAMETER]`.
        store: new or empty folder for the missions of replication 0 as a store, the form of logs of real missions.

    Raises:
        OptionError: no such rule of relocation.
        UnknownIdError: no such alternative.
        ClusterError: the cluster cannot be used.
        BrokenLawError: a run broke a law; only with `check_laws`.
        StoreError: the folder for the store holds something else.
    """
    if store is not None:
        refuse_used_folder(store)
    service = service_of(study, alternative)
    if relocation is not None:
        service = replace(service, relocation=relocation_from_option(relocation, service))
    wanted = replications or study.settings.simulation.replications
    began = time.perf_counter()
    network = load_or_build_roads(study, progress=progress, services=[service])
    processes = min(jobs or default_jobs(), wanted)
    tables, unit_tables, response, target, simulate_s = [], [], [], [], 0.0
    with Simulator(study, network, processes, cluster=cluster, check_laws=check_laws) as simulator:
        case = simulator.case_of(service)
        frame = case.frame
        own_id = case.source.own_id if isinstance(case.source, Trace) else None
        prepare_s = time.perf_counter() - began
        progress(COMPILING, 0, 1)
        simulator.warm_up(service, responses)
        progress(COMPILING, 1, 1)
        progress("Simulating", 0, wanted)
        for replication, (year, seconds, units) in enumerate(simulator.observe(service, wanted)):
            simulate_s += seconds
            found, limit = responses(frame, year)
            response.append(found)
            target.append(limit)
            if out is not None:
                tables.append(missions_table(frame, year, replication, own_id))
                unit_tables.append(units_table(frame, units, replication))
            if store is not None and replication == 0:
                write_year(store, study, service, frame, year, alternative=alternative or TODAY, own_id=own_id)
            progress("Simulating", replication + 1, wanted)
    all_response, all_target = np.concatenate(response), np.concatenate(target)
    served, aimed = np.isfinite(all_response), np.isfinite(all_target)
    return SimulationSummary(
        study=study.settings.study.id,
        alternative=alternative or TODAY,
        calls="generated" if own_id is None else "traced",
        incidents=len(all_response),
        replications=wanted,
        prepare_s=prepare_s,
        simulate_s=simulate_s,
        mean_response_s=float(all_response[served].mean()) if served.any() else None,
        share_in_target=float((all_response <= all_target)[aimed].mean()) if aimed.any() else None,
        missions=None if out is None else str(_write(tables, unit_tables, out)),
        store=None if store is None else str(store),
    )


def _write(tables: list[pl.DataFrame], unit_tables: list[pl.DataFrame], out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    path = out / "missions.parquet"
    pl.concat(tables).write_parquet(path)
    pl.concat(unit_tables).write_parquet(out / "units.parquet")
    return path
