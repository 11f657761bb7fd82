"""The watch of a server with everything that it is asked about."""

from __future__ import annotations

from beredt.live.desk import Desk
from beredt.live.live import Live
from beredt.live.webhooks.webhooks import Webhooks
from beredt.web.access.accounts import Accounts
from beredt.web.jobs.job_queue import JobQueue
from beredt.web.open_access import Access
from beredt.web.settings import ServeSettings
from beredt.web.watch.health import Health, Part
from beredt.web.watch.live_metrics import live_metrics
from beredt.web.watch.metrics import Metrics
from beredt.web.watch.parts_asked import advice_part, jobs_part, log_part, room_part, webhooks_part
from beredt.web.watch.request_log import RequestLog
from beredt.web.watch.studio_metrics import job_metrics
from beredt.web.watch.watch import Watch
from beredt.web.watch.webhook_metrics import webhook_metrics


def studio_watch(settings: ServeSettings, access: Access, jobs: JobQueue) -> Watch:
    """What is counted and asked about Studio."""
    metrics = Metrics()
    metrics.add(job_metrics(jobs))
    parts = {"room": room_part(settings.data_folder), "jobs": jobs_part(jobs)}
    if isinstance(access, Accounts):
        parts["accounts"] = Part(access.users.has_any)
    return Watch(metrics, Health(parts), RequestLog() if settings.log else None)


def live_watch(live: Live, desk: Desk, log: bool, webhooks: Webhooks | None = None) -> Watch:
    """What is counted and asked about a live server."""
    metrics = Metrics()
    metrics.add(live_metrics(live))
    live.on_stored = metrics.note_stored
    parts = {"log": log_part(live), "advice": advice_part(desk.get_ground)}
    if webhooks is not None:
        metrics.add(webhook_metrics(webhooks, live.clock))
        parts["webhooks"] = webhooks_part(webhooks)
    return Watch(metrics, Health(parts), RequestLog() if log else None)
