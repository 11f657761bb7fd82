"""What every chapter of a report is made from."""

from __future__ import annotations

from dataclasses import dataclass

from beredt.model.alternative import TODAY
from beredt.model.study import Study
from beredt.report.estimates import Estimates, as_estimates
from beredt.report.names import Names, names_of
from beredt.report.number_format import NumberFormat
from beredt.report.results import Results
from beredt.report.words import Words


@dataclass(frozen=True, slots=True, eq=False)
class ReportContext:
    """Results, the study they come from, and the words and numbers of one language.

    `alternatives` are those that were run, today first. `baseline` is the one that differences are taken from, and
    `compared` are the others but today. `levels` and `changes` look figures up.
    """

    study: Study
    results: Results
    words: Words
    numbers: NumberFormat
    names: Names
    alternatives: tuple[str, ...]
    baseline: str
    levels: Estimates
    changes: Estimates

    @property
    def compared(self) -> tuple[str, ...]:
        """Alternatives that are held against the baseline."""
        return tuple(one for one in self.alternatives if one not in (TODAY, self.baseline))

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the study that was run."""
        return str(self.results.fact("fingerprint", self.study.fingerprint))

    @property
    def local_group(self) -> str | None:
        """The group whose simultaneity is counted, if the study names one."""
        section = self.study.settings.simultaneity
        return section.group if section else None


def make_context(study: Study, results: Results, words: Words, numbers: NumberFormat | None = None) -> ReportContext:
    """Put together what the chapters need; `numbers` is how figures are written, by default in the words' manner."""
    order = (TODAY, *(alternative.id for alternative in study.alternatives))
    alternatives = _alternatives_run(results, order)
    baseline = _baseline(study, results, alternatives)
    differences = results.find_table("differences")
    if differences is not None and "baseline" in differences.columns:
        differences = differences.filter(differences["baseline"] == baseline)
    numbers = numbers or NumberFormat(words)
    return ReportContext(
        study=study,
        results=results,
        words=words,
        numbers=numbers,
        names=names_of(study, words, numbers),
        alternatives=alternatives,
        baseline=baseline,
        levels=as_estimates(results.find_table("indicators")),
        changes=as_estimates(differences),
    )


def _alternatives_run(results: Results, order: tuple[str, ...]) -> tuple[str, ...]:
    for table in ("indicators", "areas", "flows"):
        frame = results.find_table(table)
        if frame is not None:
            run = set(frame["alternative"].to_list())
            return tuple(one for one in order if one in run)
    return order


def _baseline(study: Study, results: Results, alternatives: tuple[str, ...]) -> str:
    """The gate's baseline where differences were taken from it, else today."""
    gate = study.settings.gate
    differences = results.find_table("differences")
    taken = set(differences["baseline"].to_list()) if differences is not None else set(alternatives)
    return gate.baseline if gate and gate.baseline in taken else TODAY
