"""Make a report again, from its results or from the study, and hold the two side by side."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import numpy as np
import polars as pl

from beredt import __version__
from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report.results import read_results
from beredt.report.run_facts import carried_to, run_facts
from beredt.report.run_study import Progress, chosen_services, run_results
from beredt.report.verify.check import DIFFERS, Check, compared
from beredt.report.verify.folder import ReportFolder
from beredt.report.write_index import sha256_of
from beredt.report.write_outputs import write_outputs


def check_study_is_the_same(folder: ReportFolder, study: Study) -> Check:
    """Whether study, settings, alternatives and version give the fingerprint that the report carries."""
    facts = folder.facts
    lines = []
    if facts["version"] != __version__:
        lines.append(f"made with Beredt {facts['version']}, this is {__version__}")
    if facts["inputs"] != study.fingerprint:
        lines.append("the files of the study are not those that were run")
    if not lines:
        services = chosen_services(study, _alternatives(folder))
        own = run_facts(study, services, int(facts["replications"]))["fingerprint"]
        if own != facts["fingerprint"]:
            lines.append(f"study and settings give the fingerprint {own}")
    return compared(
        "Study", "It gives the fingerprint of the report.", "It does not give the fingerprint of the report.", lines
    )


def check_rebuilt(folder: ReportFolder, study: Study, workplace: Path, progress: Progress) -> Check:
    """Whether the report, made again from the tables, has the same bytes."""
    out = workplace / "rebuilt"
    copytree(folder.path / "results", out / "results")
    write_outputs(out, study, [str(one) for one in folder.facts["languages"]], progress)
    names = [name for name in sorted(folder.files) if not name.startswith("results/")]
    lines = [f"{name}: {fault}" for name in names if (fault := _unlike(folder.path / name, out / name))]
    good = f"Made again from the tables, all {len(names)} files have the same bytes."
    return compared("Report", good, f"Made again from the tables, {len(lines)} of {len(names)} files differ.", lines)


def check_simulated(folder: ReportFolder, study: Study, workplace: Path, progress: Progress, jobs: int | None) -> Check:
    """Whether the study, simulated anew, gives the same tables."""
    out = workplace / "again"
    run_results(
        study,
        out=out,
        replications=int(folder.facts["replications"]),
        jobs=jobs,
        alternatives=_alternatives(folder),
        progress=progress,
        say=lambda line: None,
        carried=carried_to(folder.facts),
    )
    before, after = read_results(folder.path).tables, read_results(out).tables
    names = sorted({*before, *after})
    lines = [f"{name}: {fault}" for name in names if (fault := _table_fault(before.get(name), after.get(name)))]
    good = f"Simulated anew, all {len(names)} tables are the same."
    return compared("Simulation", good, f"Simulated anew, {len(lines)} of {len(names)} tables differ.", lines)


def no_study(folder: ReportFolder, reason: str) -> Check:
    """What is said when the study is not at hand: nothing was made again, so nothing is promised."""
    told = f"The study {folder.facts['study']!r} that the report was made from is not at hand: {reason}"
    return Check("Study", DIFFERS, told, ("give its folder with --study",))


def _alternatives(folder: ReportFolder) -> tuple[str, ...]:
    return tuple(str(one) for one in folder.facts["services"]) or (TODAY,)


def _unlike(before: Path, after: Path) -> str:
    if not before.is_file():
        return "missing"
    if not after.is_file():
        return "not made again"
    return "" if sha256_of(before) == sha256_of(after) else "differs"


def _table_fault(before: pl.DataFrame | None, after: pl.DataFrame | None) -> str:
    """What is unlike in two tables, "" when nothing is."""
    if before is None or after is None:
        return "missing" if before is None else "not made again"
    if before.equals(after):
        return ""
    if before.columns != after.columns or before.height != after.height:
        return f"{before.height} rows of {before.width} columns, made again {after.height} of {after.width}"
    unlike = [name for name in before.columns if not before[name].equals(after[name])]
    return "unlike in " + ", ".join(_column_fault(before[name], after[name]) for name in unlike)


def _column_fault(before: pl.Series, after: pl.Series) -> str:
    """A column with how many rows are unlike, and for figures by how much at most."""
    rows = int(before.ne_missing(after).sum())
    if not (before.dtype.is_numeric() and after.dtype.is_numeric()):
        return f"{before.name} ({rows} rows)"
    apart = np.abs(before.to_numpy().astype(np.float64) - after.to_numpy().astype(np.float64))
    known = apart[np.isfinite(apart)]
    return (
        f"{before.name} ({rows} rows, by at most {known.max():.3g})" if known.size else f"{before.name} ({rows} rows)"
    )
