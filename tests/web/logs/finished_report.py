"""A report of a log that is done, with two small tables, so that no test waits for a whole one."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl

from beredt.indicators.log.report_table import report_table
from beredt.model.read import load_study
from beredt.report.missions.pages import make_chapters, page_context, write_page
from beredt.report.missions.write import log_dictionary
from beredt.report.write_index import write_index
from beredt.report.write_results import write_results
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_files import OUT, STUDY, JobFiles
from beredt.web.jobs.log_report import LOG_REPORT

REPORT = "20260101-130000-abcdef"
ASKED_S = 1_767_272_400.0


def put_finished_report(study_folder: Path, jobs: Path, study_id: str, log: str, version: str = "") -> Job:
    """Put a report of a log among the jobs of a data folder, as if it had been made there."""
    files = JobFiles(jobs)
    folder = files.folder_of(REPORT)
    shutil.copytree(study_folder, folder / STUDY)
    study = load_study(folder / STUDY)
    columns = {"rule": "grouped", "action": "mark", "field": "", "value": "", "count": 40, "suppressed": False}
    findings = pl.DataFrame([columns])
    tables = {"log_findings": report_table("log_findings", findings)}
    facts = {
        "fingerprint": "f" * 64, "threshold": 5, "generated": True, "rows_in": 300, "incidents": 200,
        "unit_responses": 260, "first": "2022-01-01", "last": "2023-12-31", "not_answered": {}, "privacy": {},
        "sources": ["amis.csv"], "month": None, "profile": "amis", "version": "0",
    }  # fmt: skip
    out = folder / OUT
    write_results(out / "results", tables, facts, dictionary=log_dictionary(tables))
    ctx = page_context("en", tables, facts, study)
    write_page(out / "report.html", ctx, make_chapters(ctx))
    write_index(out, facts, [out / "report.html"])
    job = Job(
        id=REPORT,
        kind=LOG_REPORT,
        study=study_id,
        fingerprint=study.fingerprint,
        options={"study": study_id, "log": log, "threshold": 5, "month": None, "responders": False},
        asked_s=ASKED_S,
        state="done",
        begun_s=ASKED_S,
        ended_s=ASKED_S + 60,
        summary={"fingerprint": "f" * 64, "version": version},
    )
    files.write(job)
    return job
