"""`beredt study verify`: from a report to what agrees and what does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from beredt.errors import StudyError, StudyNotFoundError
from beredt.model.study import Study
from beredt.report.run_facts import carried_to
from beredt.report.run_study import Progress
from beredt.report.verify.check import AGREES, NOT_DONE, Check, Verification
from beredt.report.verify.folder import ReportFolder, check_files, open_report
from beredt.report.verify.rebuild import check_rebuilt, check_simulated, check_study_is_the_same, no_study

LoadStudy = Callable[[str], Study]


def verify_report(
    report: Path, study: str | None, load: LoadStudy, *, again: bool, jobs: int | None, progress: Progress
) -> Verification:
    """Check that a report's files are untouched and that it can be made again to the byte.

    Args:
        report: report.html, report.pdf, another file of the folder, or the folder.
        study: folder or name of the study; None for the bundled study that the results name.
        load: reads and checks a study.
        again: simulate anew, too, and compare table by table.
        jobs: worker processes of the simulation, None for one per core.
        progress: told how far each stage has come.

    Raises:
        ResultsError: no report, or no results beside it.
        StudyError: `study` was given and cannot be used.
        StudyNotFoundError: `study` was given and is not there.
    """
    folder = open_report(report)
    checks = [check_files(folder)]
    found, fault = _study_of(folder, study, load)
    if found is None:
        checks.append(fault)
    else:
        checks.append(check_study_is_the_same(folder, found))
        checks += _made_again(folder, found, checks, again=again, jobs=jobs, progress=progress)
    return Verification(str(report), str(folder.facts["fingerprint"]), tuple(checks))


def _study_of(folder: ReportFolder, study: str | None, load: LoadStudy) -> tuple[Study | None, Check]:
    try:
        found = load(study or str(folder.facts["study"]))
        carried = carried_to(folder.facts)
        return (found if carried is None else carried.study(found)), Check("Study", AGREES, "")
    except (StudyError, StudyNotFoundError) as error:
        if study is not None:
            raise
        return None, no_study(folder, str(error).partition("\n")[0])


def _made_again(
    folder: ReportFolder, study: Study, before: list[Check], *, again: bool, jobs: int | None, progress: Progress
) -> list[Check]:
    """The report from its tables, and the tables from the study. Without sound tables and study neither is tried."""
    if before[1].outcome != AGREES:
        return [Check("Report", NOT_DONE, "Only the study that was run can make the report again.")]
    if any(line.startswith("results/") for line in before[0].lines):
        return [Check("Report", NOT_DONE, "Its tables are not as they were written.")]
    with TemporaryDirectory(prefix="beredt-") as temporary:
        workplace = Path(temporary)
        checks = [check_rebuilt(folder, study, workplace, progress)]
        if again:
            checks.append(check_simulated(folder, study, workplace, progress, jobs))
    return checks
