"""The job that makes the indicators of a mission log: `beredt missions report` or `month`, and chapters."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.study_run import load_laid_study
from beredt.web.logs.data_folder import shelf_of_job

if TYPE_CHECKING:
    from beredt.report.missions.choices import ReportChoices
    from beredt.web.jobs.work import Teller
    from beredt.web.logs.log_folder import LogFolder
    from beredt.web.logs.shelf import LogShelf

LOG_REPORT = "log_report"
LINKS = "links.toml"


def report_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Report on the store of a log that holds now.

    `options` holds `study` and `log` (ids), `version` (of the store), `threshold`, `month` (None for all),
    `responders`, `management` (whether the report is that of a month for managers), `previous` (id of the log that
    holds an earlier time, "" for none), `linked` (the links, as they were kept), and `roster`, `printed` and
    `catalogue` (names of files in the job's folder, "" for none).
    """
    from beredt.report.missions.month.write_month import write_month_report
    from beredt.report.missions.write import write_log_report
    from beredt.report.whole_folder import whole_folder
    from beredt.web.logs.report_chapters import keep_log_chapters

    shelf = shelf_of_job(folder)
    own = shelf.folder_of(shelf.get(options["study"], options["log"]))
    choices = _choices(folder, options, shelf, own)
    store, out, version = own.get_store(), folder / OUT, own.version
    shutil.rmtree(out, ignore_errors=True)  # of a server that was killed before it had told of it
    with whole_folder(out) as coming:  # no half of a report is ever read
        told = partial(keep_log_chapters, coming)
        if options.get("management"):
            facts, _ = write_month_report(store, options["month"], choices, coming, None, teller.progress, told)
        else:
            facts, _ = write_log_report(store, choices, coming, None, teller.progress, told=told)
    names = ("fingerprint", "generated", "incidents", "unit_responses", "first", "last", "threshold", "not_answered")
    return {"version": version, **{name: facts[name] for name in names}}


def _choices(folder: Path, options: dict[str, Any], shelf: LogShelf, own: LogFolder) -> ReportChoices:
    from beredt.report.missions.choices import ReportChoices
    from beredt.web.logs.beside import find_laid

    study, previous = options["study"], options.get("previous")
    is_month, catalogue = options.get("management"), find_laid(folder, "catalogue", options.get("catalogue"))
    return ReportChoices(
        study=load_laid_study(folder),
        roster=find_laid(folder, "roster", options.get("roster")),
        previous=shelf.folder_of(shelf.get(study, previous)).get_store() if previous else None,
        printed=find_laid(folder, "printed", options.get("printed")),
        links=_links(folder, options, shelf, own) if not is_month else None,
        queue=own.queue if own.queue.is_file() and not is_month else None,
        catalogues=(catalogue,) if catalogue else (),
        month=None if is_month else options["month"],
        threshold=options["threshold"],
        responders=options["responders"],
    )


def _links(folder: Path, options: dict[str, Any], shelf: LogShelf, own: LogFolder) -> Path | None:
    """The link file of the links that were asked for, in the job's folder; None without any."""
    from beredt.web.logs.linked import LinkedLog, link_file, path_of

    links = [LinkedLog.model_validate(one) for one in options.get("linked") or ()]
    if not links:
        return None

    def near(path: Path) -> str:
        # By where it lies from here: the report's fingerprint does not depend on where the data folder is.
        return os.path.relpath(path, folder)

    store = own.get_store()
    text = link_file(
        links, store.info.zone, near(store.path), lambda one: near(path_of(one, own, shelf, options["study"]))
    )
    path = folder / LINKS
    path.write_text(text, encoding="utf-8")
    return path
