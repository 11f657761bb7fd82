"""The job that makes the indicators of a mission log: the report of `beredt missions report`, and its chapters."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.study_run import load_laid_study
from beredt.web.logs.data_folder import shelf_of_job

if TYPE_CHECKING:
    from beredt.web.jobs.work import Teller

LOG_REPORT = "log_report"
ROSTER = "roster"


def lay_roster(roster: Path | None, job_folder: Path) -> None:
    """Lay a roster file into a job's folder: what is counted is what was asked for, whatever lies there later."""
    if roster is not None:
        (job_folder / ROSTER).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(roster, job_folder / ROSTER / roster.name)


def report_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Report on the store of a log that holds now.

    `options` holds `study` and `log` (ids), `version` (of the store), `threshold`, `month` (None for all),
    `responders` and `roster` (name of the file in the job's folder, "" for none).
    """
    from beredt.report.missions.choices import ReportChoices
    from beredt.report.missions.write import write_log_report
    from beredt.report.whole_folder import whole_folder
    from beredt.web.logs.report_chapters import keep_log_chapters

    study = load_laid_study(folder)
    shelf = shelf_of_job(folder)
    own = shelf.folder_of(shelf.get(options["study"], options["log"]))
    choices = ReportChoices(
        study=study,
        roster=folder / ROSTER / options["roster"] if options.get("roster") else None,
        queue=own.queue if own.queue.is_file() else None,
        month=options["month"],
        threshold=options["threshold"],
        responders=options["responders"],
    )
    store, out = own.get_store(), folder / OUT
    version = own.version
    shutil.rmtree(out, ignore_errors=True)  # of a server that was killed before it had told of it
    with whole_folder(out) as coming:  # no half of a report is ever read
        told = partial(keep_log_chapters, coming)
        facts, _ = write_log_report(store, choices, coming, None, teller.progress, told=told)
    names = ("fingerprint", "generated", "incidents", "unit_responses", "first", "last", "threshold", "not_answered")
    return {"version": version, **{name: facts[name] for name in names}}
