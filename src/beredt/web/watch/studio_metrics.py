"""What is counted of Studio: jobs by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import get_args

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from beredt.web.jobs.job import State
from beredt.web.jobs.job_queue import JobQueue


def job_metrics(queue: JobQueue) -> Callable[[], Iterable[Metric]]:
    """Jobs of a queue by state, those that have ended and are kept among them."""

    def look() -> Iterable[Metric]:
        counts = Counter(job.state for job in queue.list_jobs())
        found = GaugeMetricFamily("beredt_jobs", "Jobs that are kept, by state.", labels=("state",))
        for state in get_args(State):
            found.add_metric((state,), counts[state])
        return (found,)

    return look
