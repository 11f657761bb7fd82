"""A run that is done, with made-up results, so that no test waits for a whole study."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np

from beredt.decision.consequences import OF_UNITS
from beredt.decision.frames import result_frame
from beredt.decision.level_and_change import level_and_change
from beredt.model.alternative import TODAY
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.web.jobs.job import Job
from beredt.web.jobs.job_files import OUT, STUDY, JobFiles
from beredt.web.routes.analyses import ABOUT, BASIS
from tests.browser.studio.make_answers import ANSWERS, QUESTIONS
from tests.report.synthetic_results import write_synthetic_results

RUN = "20260101-120000-abcdef"
ANSWERED = {kind: f"20260101-13000{number}-abcdef" for number, kind in enumerate(QUESTIONS)}
"""Analyses that are done, by the kind of their job."""
ASKED_S = 1_767_268_800.0


def put_finished_answers(jobs: Path, study_id: str) -> None:
    """Put an answer of every kind among the jobs of a data folder; the study has changed since each was asked."""
    files = JobFiles(jobs)
    for kind, job_id in ANSWERED.items():
        shutil.copytree(ANSWERS / kind, files.folder_of(job_id) / OUT)
        told = json.loads((ANSWERS / kind / "answer.json").read_text(encoding="utf-8"))
        files.write(
            Job(
                id=job_id,
                kind=kind,
                study=study_id,
                fingerprint=told["fingerprint"],
                options={**QUESTIONS[kind], ABOUT: ["today"], BASIS: "before"},
                asked_s=ASKED_S,
                state="done",
                begun_s=ASKED_S,
                ended_s=ASKED_S + 60,
                summary={name: told[name] for name in ("place", "when") if name in told} | {"patients": 30},
            )
        )


def put_finished_run(study_folder: Path, jobs: Path, study_id: str) -> None:
    """Put a run of a study among the jobs of a data folder, as if it had been done there."""
    files = JobFiles(jobs)
    shutil.copytree(study_folder, files.folder_of(RUN) / STUDY)
    study = load_study(files.folder_of(RUN) / STUDY)
    tables = write_synthetic_results(study, files.folder_of(RUN) / OUT)
    put_consequences(study, tables)
    files.write(
        Job(
            id=RUN,
            kind="run",
            study=study_id,
            fingerprint=study.fingerprint,
            options={},
            asked_s=ASKED_S,
            state="done",
            begun_s=ASKED_S,
            ended_s=ASKED_S + 60,
            summary={},
        )
    )


def put_consequences(study: Study, tables: Path) -> None:
    """Write made-up figures of three years: today's thousands, and for each alternative as many more as its place."""
    years = np.array([0.0, 1.0, 2.0])
    measures = [(name, "") for name in OF_UNITS] + [("delivered", one.id) for one in study.service.hospitals]
    rows = [
        {
            "alternative": name,
            "measure": measure,
            "of": of,
            "unit": "per year",
            **level_and_change(1_000.0 * (m + 1) + place + years, 1_000.0 * (m + 1) + years),
        }
        for place, name in enumerate([TODAY, *(one.id for one in study.alternatives)])
        for m, (measure, of) in enumerate(measures)
    ]
    result_frame("consequences", rows).write_parquet(tables / "consequences.parquet")
