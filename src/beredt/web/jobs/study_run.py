"""The job that runs a whole study: every alternative simulated and weighed, the report in every form, its chapters."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.errors import StudyError
from beredt.model.checks.reachable import check_reachable
from beredt.model.issue import has_errors
from beredt.model.read import load_study
from beredt.model.reading.files import ALTERNATIVES_FOLDER, ROADS_FOLDER
from beredt.model.study import Study
from beredt.web.jobs.job_files import OUT, STUDY

if TYPE_CHECKING:
    from beredt.web.jobs.work import Teller


def lay_study(study_folder: Path, job_folder: Path) -> None:
    """Copy a study as it is now into a job's folder: results stay true to it whatever is edited later."""
    target = job_folder / STUDY
    for folder in ("", ALTERNATIVES_FOLDER, ROADS_FOLDER):
        if folder and not (study_folder / folder).is_dir():
            continue
        (target / folder).mkdir(parents=True, exist_ok=True)
        for path in sorted((study_folder / folder).glob("*")):
            if path.is_file() and not path.name.startswith("."):
                shutil.copyfile(path, target / folder / path.name)


def run_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Run the study in a job's folder.

    `options` holds `replications` (None as in the study) and `alternatives` (ids, none for all).
    """
    from beredt.report.run_study import run_study
    from beredt.web.run_chapters import write_chapters

    study = load_laid_study(folder)
    answer = run_study(
        study,
        out=folder / OUT,
        replications=options.get("replications"),
        jobs=None,
        language=None,
        alternatives=tuple(options.get("alternatives") or ()),
        progress=teller.progress,
        say=teller.say,
    )
    for language in study.settings.study.languages:
        write_chapters(folder / OUT, study, language)
    return {"fingerprint": answer.fingerprint, "replications": answer.replications, "verdicts": answer.verdicts}


def load_laid_study(job_folder: Path) -> Study:
    """The study in a job's folder with every check behind it, the roads included. Raises StudyError with every issue.

    A road graph is left to whoever makes it ready.
    """
    from beredt.roads.build import load_or_build_network
    from beredt.roads.projects.check_changes import check_road_changes

    study = load_study(job_folder / STUDY)
    if study.roads is not None:
        return study
    issues = check_reachable(study, load_or_build_network(study)) + check_road_changes(study)
    if has_errors(issues):
        raise StudyError(issues)
    return study
