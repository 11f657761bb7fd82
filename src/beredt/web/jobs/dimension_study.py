"""The job that dimensions a study: the fewest units that keep the rule, verified by simulation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from beredt.web.jobs.job_files import OUT
from beredt.web.jobs.study_run import load_laid_study

if TYPE_CHECKING:
    from beredt.web.jobs.work import Teller

DIMENSION = "dimension"


def dimension_job(folder: Path, options: dict[str, Any], teller: Teller) -> dict[str, Any]:
    """Dimension the study in a job's folder; `options` is a `DimensionQuestion`."""
    from beredt.report.dimensioning.write_pages import write_dimension_pages
    from beredt.siting.dimensioning.run_dimensioning import run_dimensioning
    from beredt.web.analyses.answer_files import keep_answer
    from beredt.web.analyses.dimension_answer import tell_dimensioning
    from beredt.web.analyses.dimension_shapes import DimensionQuestion

    known = {key: options[key] for key in options if key in DimensionQuestion.model_fields}
    question = DimensionQuestion.model_validate(known)
    done = run_dimensioning(
        load_laid_study(folder),
        question.rule(),
        alternatives=tuple(question.alternatives),
        replications=question.replications,
        jobs=None,
        progress=teller.progress,
        say=teller.say,
        repeat=question.repeat,
    )
    teller.progress("Report", 0, 1)
    out = folder / OUT
    write_dimension_pages(done, out)
    told = tell_dimensioning(done)
    keep_answer(out, told)
    first = told.scenarios[0]
    return {"fingerprint": told.fingerprint, "units": first.units, "own_units": first.own_units, "fte": first.fte}
