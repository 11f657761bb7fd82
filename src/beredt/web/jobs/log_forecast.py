"""The job that forecasts the next hours from a mission log: the page of `beredt demand forecast`, and its chapters."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.study_run import load_laid_study
from beredt.web.logs.data_folder import shelf_of_job

if TYPE_CHECKING:
    from beredt.web.jobs.work import Teller

LOG_FORECAST = "log_forecast"
STEP_MIN = 60


def forecast_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Forecast from the store of a log that holds now.

    `options` holds `study` and `log` (ids), `version` (of the store), `hours`, `by` and `origins`. Places with few
    incidents are put together, and no table by single hours is left: readers see what comes of it.
    """
    from beredt.demand.forecast.calendar import norwegian_days
    from beredt.demand.forecast.count_store import count_store
    from beredt.demand.forecast.forecast import forecast, models_for
    from beredt.demand.forecast.small_areas import merge_small
    from beredt.indicators.suppress import THRESHOLD
    from beredt.report.forecast.files import OF_MODELS, forecast_facts, write_forecast_files
    from beredt.report.forecast.write_pages import forecast_chapters, make_page, write_forecast_pages
    from beredt.web.demand.chapters import as_pieces
    from beredt.web.run_chapters import keep_chapters

    study = load_laid_study(folder)
    shelf = shelf_of_job(folder)
    log = shelf.get(options["study"], options["log"])
    own, hours = shelf.folder_of(log), int(options["hours"])
    store, version = own.get_store(), own.version
    teller.progress("Counting the log", 0, 1)
    counted = count_store(store, options["by"], STEP_MIN)
    counts = merge_small(counted.counts, THRESHOLD)
    special = norwegian_days(counts.start, counts.end + timedelta(hours=hours))
    answer = forecast(counts, special, hours, models_for(counts), int(options["origins"]), tell=teller.progress)
    told = forecast_facts(answer, hours) | {
        "incidents_without_time": counted.without_time, "incidents_outside": counted.outside
    }  # fmt: skip
    out, languages = folder / OUT, study.settings.study.languages
    try:
        teller.progress("Report", 0, len(languages) + 1)
        write_forecast_files(answer, told, out, OF_MODELS)
        write_forecast_pages(answer, told, out, languages, log.name)
        for number, language in enumerate(languages):
            teller.progress("Report", number + 1, len(languages) + 1)
            page = make_page(answer, told, language, log.name)
            pieces = as_pieces(forecast_chapters(page), page.words, page.numbers, page.fingerprint)
            keep_chapters(out, language, tuple(pieces))
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)  # no half of an answer is ever read
        raise
    names = ("model", "best_in_backtest", "best_simple", "simple_is_as_good", "expected", "from", "areas")
    return {"version": version, "fingerprint": page.fingerprint, **{name: told[name] for name in names}}
