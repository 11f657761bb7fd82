"""Counts and times in the form that Prometheus reads, kept in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from beredt import __version__

FORM = "text/plain; version=0.0.4; charset=utf-8"
"""The media type of what is told."""

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper ends of the steps in which times are counted."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
"""In the place of a label that a caller could choose freely: labels must stay few, and tell of nobody."""


class Metrics:
    """Counts and times of one server. All methods may be called by several threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        about = Gauge("beredt_info", "What runs here.", ("version",), registry=self._registry)
        about.labels(__version__).set(1)
        self._requests = Counter(
            "beredt_requests", "Requests that were answered.", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = self._times("beredt_request_seconds", "Seconds until an answer began.", "route")
        self._advice = self._times("beredt_live_advice_seconds", "Seconds until advice was in the log.", "kind")
        self._stored = Histogram(
            "beredt_live_store_seconds",
            "Seconds from having a batch of events to having it on the disk.",
            buckets=SECONDS,
            registry=self._registry,
        )

    def note_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request: `route` is the path with {placeholders}, never what was asked for; `method` a known one."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def advising(self, kind: str) -> AbstractContextManager[object]:
        """Time the making of advice in a ``with`` block: `kind` is `sending` or `moves`."""
        return self._advice.labels(kind).time()

    def note_stored(self, seconds: float) -> None:
        """Count a batch of events that is on the disk."""
        self._stored.observe(seconds)

    def add(self, look: Callable[[], Iterable[Metric]]) -> None:
        """Have something looked at whenever somebody asks."""
        self._registry.register(_Looked(look))

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)

    def _times(self, name: str, about: str, label: str) -> Histogram:
        return Histogram(name, about, (label,), buckets=SECONDS, registry=self._registry)


class _Looked(Collector):
    """Metrics that are looked up when somebody asks."""

    def __init__(self, look: Callable[[], Iterable[Metric]]) -> None:
        self._look = look

    def collect(self) -> Iterable[Metric]:
        """Look."""
        return self._look()

    def describe(self) -> Iterable[Metric]:
        """Nothing: what there is, is known when somebody asks."""
        return ()
