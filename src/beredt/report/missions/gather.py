"""All tables of a report: every indicator of a log asked in turn, and what the log cannot answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial

import polars as pl

from beredt.errors import BeredtError
from beredt.indicators.catalogue.count import Log, log_of
from beredt.indicators.catalogue.placed_log import placed_log
from beredt.indicators.kilometres.table import kilometres_counts, kilometres_of, shown_kilometres
from beredt.indicators.log.incident_counts import incident_counts_table
from beredt.indicators.log.missions_table import missions_counts, shown_missions
from beredt.indicators.log.options import LogOptions
from beredt.indicators.log.printed_others import printed_others_table
from beredt.indicators.log.printed_values import Shown
from beredt.indicators.log.report_table import report_table
from beredt.indicators.log.scan import LogTally, tally_log
from beredt.indicators.log.tables import printed_missions, times_of
from beredt.indicators.observing.days import ServiceDays, days_of
from beredt.indicators.observing.observe import Observation, ObservedService, observe_service
from beredt.indicators.observing.roster_hours import roster_hours_table
from beredt.indicators.observing.roster_issues import roster_issues_table
from beredt.indicators.observing.service_tables import (
    clock_tables,
    flows_counts,
    shown_flows,
    shown_units,
    units_counts,
)
from beredt.indicators.square_grid import SquareGrid
from beredt.indicators.suppress import Guard, protect_together
from beredt.indicators.triage.count import count_triage, triage_codes
from beredt.indicators.triage.scale import get_scale, guess_scale, load_scales
from beredt.indicators.triage.tables import triage_tables
from beredt.missions.kept_memory import give_back_large_arrays
from beredt.missions.store import Store
from beredt.report.missions.choices import ReportChoices
from beredt.report.missions.gather_apart import catalogue_apart, density_apart
from beredt.report.missions.gather_squares import ask_reach, printed_of, squares_of
from beredt.report.missions.gathered import Gathered, Linked, Tables
from beredt.report.missions.linked import without_national
from beredt.report.missions.log_quality import (
    corrections_table,
    findings_table,
    left_out_table,
    notes_without_small,
)

Progress = Callable[[str, int, int], None]

STAGE = "Counting the log"
TRIAGE = ("triage_matrix", "triage", "triage_trend", "triage_chart", "triage_codes")
MOST_AT_ONCE = 10_000_000
"""Missions of a log up to which times, the service and the maps are counted at the same time."""


def gather(
    store: Store,
    choices: ReportChoices,
    progress: Progress,
    guard: Guard = protect_together,
    worker: Executor | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Gathered:
    """Ask everything of a log that it may be able to answer.

    Args:
        store: The log, or a month of it.
        choices: Of the analyst.
        progress: Told how many of the questions are done.
        guard: Leaves out the small counts that take longest; it may wait for somebody else who does.
        worker: A process beside, from `worker_beside`, that has little to do before it is asked to guard.
        meanwhile: Done here when nothing else is left to do before the times are guarded; None: nothing.
    """
    log = placed_log(store, choices.study) if choices.study else log_of(store)
    found = Gathered(days=_days(store))

    def apart(ask: Callable[[Gathered], None]) -> Future[Gathered]:
        return pool.submit(_asked_apart, ask, found.days)

    # Of a great log one question at a time is asked beside the counting of missions: each takes its own memory.
    progress(STAGE, 0, 1)
    at_once = store.info.missions <= MOST_AT_ONCE
    if not at_once:
        give_back_large_arrays()
    with ThreadPoolExecutor(max(1, choices.jobs) if at_once else 1) as pool:
        free: Executor = worker if worker is not None and at_once else pool
        charted = free.submit(catalogue_apart, store, choices)
        squares = pool.submit(squares_of, store)
        # Of a great log at once; else when the process beside guards the times, for which this one waits; there, where
        # it has nothing to guard.
        if not at_once:
            early = pool.submit(density_apart, store, choices, found.days, squares)
        elif choices.threshold <= 1:
            early = free.submit(density_apart, store, choices, found.days)
        else:
            early = None
        served = apart(lambda own: _service(own, store, choices, squares))
        service = Gathered()
        # Times and tables of missions need nothing of one another, and guarding either takes long.
        tally = _tally(found, store, log, choices)
        timed = apart(partial(_times, store=store, tally=tally, choices=choices, guard=guard))
        service.take_in(served.result())
        # Here, since the process beside has the times to guard; of a great log there, where nothing waits yet.
        guarding: Executor = pool if at_once or worker is None else worker
        linked = guarding.submit(_link, found.linked | service.linked, choices)
        mapped = early or pool.submit(density_apart, store, choices, found.days, squares)
        triaged = apart(lambda own: _triage(own, store, choices))
        cleaned = apart(lambda own: _quality(own, store, choices))
        if meanwhile is not None:
            pool.submit(meanwhile)
        steps: tuple[Callable[[], None], ...] = (
            lambda: found.take_in(timed.result()),
            lambda: service.tables.update(linked.result()),
            lambda: found.take_in(service),
            lambda: found.take_in(_without_national(charted.result(), found)),
            lambda: found.take_in(triaged.result()),
            lambda: found.take_in(mapped.result()),
            lambda: found.take_in(cleaned.result()),
            lambda: _printed(found, choices),
            lambda: _beside(found, store, choices),
        )
        for number, step in enumerate(steps):
            progress(STAGE, number, len(steps))
            step()
    progress(STAGE, len(steps), len(steps))
    questions = pl.DataFrame(
        list(found.not_answered.items()), schema={"question": pl.String, "reason": pl.String}, orient="row"
    )
    found.tables["not_answered"] = report_table("not_answered", questions)
    found.tables["left_out"] = left_out_table(found.tables)
    return found


def _days(store: Store) -> ServiceDays | None:
    """The days of a log, None where no incident has the time of its call."""
    try:
        return days_of(store.incidents(), store.info.zone)
    except BeredtError:
        return None


def _asked_apart(ask: Callable[[Gathered], None], days: ServiceDays | None) -> Gathered:
    own = Gathered(days=days)
    ask(own)
    return own


def _tally(found: Gathered, store: Store, log: Log, choices: ReportChoices) -> LogTally:
    """Count the log, its durations included, which take much room until times are told."""
    options = LogOptions(threshold=choices.threshold, responders_stop_the_clock=choices.responders, jobs=choices.jobs)
    found.tables["incident_counts"] = incident_counts_table(log.incidents, log.zone, choices.threshold)
    tally = tally_log(store, choices.study, options)
    found.tally = tally
    asked = missions_counts(tally.sent, tally.dimensions, choices.threshold)
    found.linked["missions_by_station"] = Linked(asked, shown_missions)
    return tally


def _times(found: Gathered, store: Store, tally: LogTally, choices: ReportChoices, guard: Guard) -> None:
    found.tables |= times_of(tally, store, guard)
    if not store.info.unit_responses:
        for question in ("missions", "times", "national"):
            found.not_answered[question] = "no_missions"
        return
    intervals = found.tables["intervals"]
    if intervals.filter(pl.col("interval") == "response").is_empty():
        found.not_answered["times"] = "no_arrivals"
    if found.tables["national_indicator"].is_empty():
        found.not_answered["national"] = "no_acute"
    elif choices.study is None:
        found.not_answered["national"] = "no_study"
    if store.info.call_from != "call_t":
        found.not_answered["handling"] = "no_call_time"


def _service(found: Gathered, store: Store, choices: ReportChoices, squares: Future[SquareGrid | None]) -> None:
    questions = ("flows", "simultaneity", "units", "reach")
    if found.days is None:
        found.not_answered |= dict.fromkeys(questions, "no_call_time_at_all")
        return
    if not store.info.unit_responses:
        found.not_answered |= dict.fromkeys(questions, "no_missions")
        return
    first, last = found.days.start, found.days.last
    how = Observation(first, last, choices.responders or None, choices.roster)
    observed = observe_service(store, choices.study, how)
    found.linked["service_flows"] = Linked(flows_counts(observed), shown_flows)
    found.linked["service_units"] = Linked(units_counts(observed), shown_units)
    tables = clock_tables(observed)
    tables["service_notes"] = notes_without_small(tables["service_notes"], choices.threshold)
    found.tables |= tables
    found.facts["duty"] = observed.duty.basis
    found.facts["local_group"] = observed.frame.local_group or ""
    if observed.roster is not None:
        found.tables["roster_hours"] = roster_hours_table(observed.roster, observed.fleet, observed.days)
        found.tables["roster_issues"] = roster_issues_table(observed.roster)
    ask_reach(found, store, choices, observed, squares.result())
    _kilometres(found, store, choices, observed)


def _kilometres(found: Gathered, store: Store, choices: ReportChoices, observed: ObservedService) -> None:
    from beredt.roads.build import load_or_build_network

    study = choices.study
    network = load_or_build_network(study) if study is not None and study.roads is None else None
    table = kilometres_of(store, observed.days, observed.fleet, study, network)
    found.linked["service_km"] = Linked(kilometres_counts(table), shown_kilometres)
    if table.filter(pl.col("km").is_not_null()).is_empty():
        found.not_answered["km"] = "no_km"


def _without_national(catalogue: Gathered, found: Gathered) -> Gathered:
    catalogue.tables.update(without_national(catalogue.tables, found.tables["national_indicator"]))
    return catalogue


def _triage(found: Gathered, store: Store, choices: ReportChoices) -> None:
    scales = load_scales()
    codes = triage_codes(store)
    guess = guess_scale(codes, scales)[0]
    if not guess.recognised:
        found.not_answered["triage"] = "no_triage" if codes.is_empty() else "no_scale"
        return
    scale = get_scale(scales, guess.scale)
    tables = triage_tables(count_triage(store, scale), scale, threshold=choices.threshold)
    found.tables |= dict(zip(TRIAGE, tables, strict=True))
    found.facts["triage_scale"] = guess.scale


def _link(linked: Mapping[str, Linked], choices: ReportChoices) -> Tables:
    """Tables that count the same missions, protected together."""
    protected = protect_together([one.asked for one in linked.values()], choices.threshold)
    return {name: one.shown(own) for (name, one), own in zip(linked.items(), protected, strict=True)}


def _quality(found: Gathered, store: Store, choices: ReportChoices) -> None:
    if choices.month is None:
        found.tables["log_findings"] = findings_table(store, choices.threshold)
        found.tables["log_corrections"] = corrections_table(store, choices.threshold)
    else:
        found.not_answered["quality"] = "one_month"


def _printed(found: Gathered, choices: ReportChoices) -> None:
    """Printed figures about times, simultaneity and use of stations, behind those about missions."""
    shown = Shown(found.tables, choices.study, str(found.facts.get("local_group", "")))
    printed = printed_of(choices)
    others = printed_others_table(printed, shown)
    if found.tally is None:
        raise RuntimeError("printed figures are set beside a log that has been counted")
    missions = printed_missions(found.tally, found.tables["missions_by_station"], printed, choices.study)
    found.tables["printed_figures"] = pl.concat([missions, others])


def _beside(found: Gathered, store: Store, choices: ReportChoices) -> None:
    """What a link file and a queue tell; pathways are told of whole logs."""
    if choices.links is None and choices.queue is None:
        return
    from beredt.report.missions.gather_linked import pathway_tables_of, review_table_of

    if choices.links is not None and choices.month is None:
        found.tables |= pathway_tables_of(store, choices.links, choices.key_file, choices.threshold)
    if choices.queue is not None:
        table = review_table_of(choices.queue, store.info.zone, choices.month, choices.threshold)
        found.tables["review_summary"] = table
