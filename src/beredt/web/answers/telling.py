"""What an answer is told with: the study with its drafts as alternatives, and the words of one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from beredt.model.alternative import TODAY, Alternative
from beredt.model.study import Study
from beredt.report.context import ReportContext
from beredt.report.estimates import Estimates
from beredt.report.names import Names, names_of
from beredt.report.number_format import NumberFormat
from beredt.report.results import Results
from beredt.report.words import Words, load_words
from beredt.web.answers.asking import Proposal


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Who is compared with whom, under names that nobody else has.

    `of`: ids as the page has them, by name. `against` and `baseline` (of the gate, "" without one) are names.
    `titles`: what the page calls its drafts. `unsaved`: names of drafts that are not as they were saved.
    """

    proposals: Mapping[str, Proposal]
    of: Mapping[str, str]
    against: str
    baseline: str
    titles: Mapping[str, str]
    unsaved: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One question, made ready to be answered again and again in one language."""

    study: Study
    compared: Compared
    urgency: str
    words: Words
    numbers: NumberFormat
    names: Names

    def context(self, results: Results, levels: Estimates, changes: Estimates) -> ReportContext:
        """What the report's own sentences are made from."""
        return ReportContext(
            study=self.study,
            results=results,
            words=self.words,
            numbers=self.numbers,
            names=self.names,
            alternatives=tuple(self.compared.proposals),
            baseline=self.compared.against,
            levels=levels,
            changes=changes,
        )


def telling_of(study: Study, compared: Compared, urgency: str, language: str) -> Telling:
    """Lay the drafts among the study's alternatives, and gather all names."""
    words = load_words(language)
    saved = {one.id: one for one in study.alternatives}
    drafts = tuple(
        Alternative(
            id=name,
            title=_title(compared, name, saved),
            description={},
            edits=compared.proposals[name].edits,
            note={},
            file="",
        )
        for name in (*compared.of, compared.against)
        if name != TODAY and name not in saved
    )
    with_drafts = replace(study, alternatives=(*study.alternatives, *{one.id: one for one in drafts}.values()))
    numbers = NumberFormat(words)
    return Telling(with_drafts, compared, urgency, words, numbers, names_of(with_drafts, words, numbers))


def _title(compared: Compared, name: str, saved: Mapping[str, Alternative]) -> Mapping[str, str]:
    own = compared.titles.get(name)
    if own:
        return {"en": own, "nb": own, "nn": own}
    before = saved.get(compared.of.get(name, name))
    return before.title if before else {"en": name}
