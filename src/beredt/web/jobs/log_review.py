"""The job that runs the rules of review over a mission log, and puts what they flag into its queue."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.study_run import load_laid_study
from beredt.web.logs.data_folder import shelf_of_job

if TYPE_CHECKING:
    from beredt.web.jobs.work import Teller

LOG_REVIEW = "log_review"
STAGE = "Looking at missions"


def review_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Flag missions of the last days of a log.

    `options` holds `study` and `log` (ids), `rules` (none for all), `days` (0 for all of it) and `who`.
    """
    from beredt.indicators.review.from_study import facts_for
    from beredt.indicators.review.rules import choose_rules
    from beredt.indicators.review.run_rules import run_rules
    from beredt.roads.build import load_or_build_network

    rules = choose_rules(options["rules"])
    study = load_laid_study(folder)
    shelf = shelf_of_job(folder)
    own = shelf.folder_of(shelf.get(options["study"], options["log"]))
    store = own.get_store()
    teller.progress(STAGE, 0, 2)
    facts = facts_for(store, study.service, load_or_build_network(study) if study.roads is None else None)
    teller.progress(STAGE, 1, 2)
    found = run_rules(store, own.queue, rules, options["who"], datetime.now(UTC), days=options["days"], facts=facts)
    teller.progress(STAGE, 2, 2)
    return {
        "looked_at": found.looked_at,
        "flagged": found.flagged,
        "new": found.added.new,
        "reopened": found.added.reopened,
        "gone": found.added.gone,
        "not_run": sorted(found.unused),
    }
