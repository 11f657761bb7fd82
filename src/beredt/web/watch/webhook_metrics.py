"""Metrics of what is sent to other systems."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from beredt.live.webhooks.webhooks import Webhooks


def webhook_metrics(webhooks: Webhooks, clock: Callable[[], float]) -> Callable[[], Iterable[Metric]]:
    """Metrics of every target by its name in the file; a server tells only of those that it sends to just now.

    Args:
        webhooks: all of them.
        clock: seconds since 1970.
    """

    def look() -> Iterable[Metric]:
        states, now_s, by_target = webhooks.states(), clock(), ("target",)
        holds = GaugeMetricFamily("beredt_live_webhook_holds", "Whether this server sends to a target.",
                                  labels=by_target)  # fmt: skip
        told = CounterMetricFamily("beredt_live_webhook_events", "Events that a target has taken.", labels=by_target)
        age = GaugeMetricFamily(
            "beredt_live_webhook_oldest_seconds", "Age of what waits longest for a target.", labels=by_target
        )
        failures = GaugeMetricFamily(
            "beredt_live_webhook_failures", "Tries in a row that failed, and why the last.", labels=("target", "why")
        )
        for name, state in sorted(states.items()):
            holds.add_metric((name,), float(state.holds))
            if state.holds:
                told.add_metric((name,), state.told)
                age.add_metric((name,), 0.0 if state.oldest_ms is None else max(0.0, now_s - state.oldest_ms / 1e3))
            if state.holds or state.why:
                failures.add_metric((name, state.why), state.failures)
        yield from (holds, told, age, failures)

    return look
