"""A search for the tasks that a service of a study can carry: its roads, a simulator, and the question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from beredt.decision.standby.task_capacity import Capacity, CarriedCount, count_carried, task_capacity
from beredt.model.edits.service_of import service_of
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.run import Simulator, default_jobs
from beredt.simulation.study_roads import load_or_build_roads

STAGE = "Simulating with and without tasks"


def run_capacity(
    study: Study,
    *,
    alternative: str | None,
    task: str,
    numbers: Sequence[float],
    group: str,
    margin_pp: float,
    replications: int,
    jobs: int | None,
    progress: Callable[[str, int, int], None],
) -> Capacity:
    """Simulate a service of a study with more and more tasks of one form.

    Args:
        study: checked.
        alternative: whose tasks; None for today's.
        task: id of the form.
        numbers: of tasks a day, above 0, ascending.
        group: of areas, in which response is looked at.
        margin_pp: percentage points that the share within the target may fall by.
        replications: at least 2.
        jobs: worker processes, None for one per core.
        progress: told of every replication.

    Raises:
        UnknownIdError: no such alternative, form of task or group.
    """
    service = service_of(study, alternative)
    roads = load_or_build_roads(study, progress=progress, services=[service])
    with Simulator(study, roads, min(jobs or default_jobs(), replications)) as simulator:
        return carried_by(
            simulator,
            service,
            task=task,
            numbers=numbers,
            group=group,
            margin_pp=margin_pp,
            replications=replications,
            progress=progress,
        )


def carried_by(
    simulator: Simulator,
    service: Service,
    *,
    task: str,
    numbers: Sequence[float],
    group: str,
    margin_pp: float,
    replications: int,
    progress: Callable[[str, int, int], None],
) -> Capacity:
    """The same of one service of the study that a simulator is of."""

    def simulate(services: Mapping[str, Service], count: int) -> Mapping[str, Sequence[CarriedCount]]:
        done = 0

        def watch(_replication: int, _counts: Mapping[str, CarriedCount]) -> None:
            nonlocal done
            done += 1
            progress(STAGE, done, count)

        progress(STAGE, 0, count)
        return simulator.simulate(services, count, count_carried, watch, km=False)

    return task_capacity(
        service,
        task,
        numbers,
        group=group,
        group_ids=simulator.frame_of(service).group_ids,
        margin_pp=margin_pp,
        replications=replications,
        simulate=simulate,
    )
