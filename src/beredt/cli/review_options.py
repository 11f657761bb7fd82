"""What the verbs of ``beredt missions review`` share: options, and what is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from beredt.indicators.review.from_study import StudyFacts
    from beredt.indicators.review.queue import ReviewQueue
    from beredt.indicators.review.queued import QueuedCase
    from beredt.indicators.review.settings import ReviewSettings
    from beredt.missions.store import Store

CaseArgument = Annotated[int, typer.Argument(metavar="CASE", min=1, help="Number of the case, from list.")]

QueueOption = Annotated[
    Path | None,
    typer.Option("--queue", metavar="FILE", help="File of the queue [default: beside the store]."),
]

WhoOption = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="Who does it [default: the name you are logged in with].")
]

StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUS", help="new, open, waiting, closed or dismissed; may be repeated."),
]

RuleOption = Annotated[
    list[str] | None, typer.Option("--rule", metavar="RULE", help="Only what this rule flags; may be repeated.")
]

SinceOption = Annotated[
    str, typer.Option("--since", metavar="DATE", help="Calls from this day on, in UTC: 2026-01-31.")
]

UntilOption = Annotated[str, typer.Option("--until", metavar="DATE", help="Calls before this day.")]


def chosen_cases(
    queue: ReviewQueue,
    status: list[str] | None,
    rule: list[str] | None,
    municipality: str | None,
    unit: str | None,
    assigned: str | None,
    since: str,
    until: str,
    limit: int | None,
) -> list[QueuedCase]:
    """Cases of a queue as the options of the call choose them."""
    from beredt.indicators.review.queued import DONE, STATUSES
    from beredt.indicators.review.rules import choose_rules

    return queue.list_cases(
        status=status or [one for one in STATUSES if one not in DONE],
        rule=choose_rules(rule) if rule else (),
        municipality=municipality,
        unit=unit,
        assigned=assigned,
        since=_day("--since", since),
        until=_day("--until", until),
        limit=limit,
    )


def _day(option: str, text: str) -> str:
    from datetime import date

    from beredt.errors import OptionError

    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise OptionError(option, text, "it is no day", "write it as 2026-01-31") from None


def queue_path(store: Path, queue: Path | None) -> Path:
    """File of the queue: beside the store, which is never written to once it is whole."""
    return queue or store.resolve().with_name(f"{store.resolve().name}.review.sqlite")


def who_acts(name: str | None) -> str:
    """Who acts: the name given, else the name of the account."""
    import getpass

    if name and name.strip():
        return name.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def facts_and_limits(
    store: Store, study: str | None, stations: Path | None, limits: Path | None
) -> tuple[StudyFacts, ReviewSettings]:
    """What is known beside the log, and the limits of rules, as the options of the call say."""
    from beredt.errors import OptionError
    from beredt.indicators.review.run_rules import NO_FACTS
    from beredt.indicators.review.settings import ReviewSettings, read_review_settings
    from beredt.indicators.review.station_times import read_stations

    settings = read_review_settings(limits) if limits else ReviewSettings()
    if study is None:
        return NO_FACTS._replace(station_times=read_stations(stations) if stations else None), settings
    if stations is not None:
        raise OptionError("--stations", str(stations), "the study has its own", "leave one of the two out")
    from beredt.cli.checked_study import load_checked_study
    from beredt.indicators.review.from_study import facts_for
    from beredt.roads.build import load_or_build_network

    loaded = load_checked_study(study)
    network = load_or_build_network(loaded) if loaded.roads is None else None
    return facts_for(store, loaded.service, network), settings
