"""An answer of siting as a page is told of it, in every language, with the edits that make it an alternative."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from beredt import __version__
from beredt.report.form import Form
from beredt.report.number_format import NumberFormat
from beredt.report.siting.chapters import site_chapters, site_cover
from beredt.report.siting.page import CALLS, SHARE, SitePage
from beredt.report.siting.proof import proof_sentence
from beredt.report.words import list_languages, load_words
from beredt.siting.answer import SitingAnswer
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.plans.site_edits import site_edits
from beredt.siting.site_tables import ranked
from beredt.siting.sited import Sited
from beredt.siting.study.question import StudyQuestion, wish_of
from beredt.web.analyses.entries import entries_of
from beredt.web.analyses.forms import Plan, form_out
from beredt.web.analyses.site_shapes import (
    CriterionOut,
    MeasureOut,
    PointOut,
    SiteAnswerOut,
    SiteOut,
    SitingOut,
    TradeOffOut,
)
from beredt.web.words import LocalText

AREA = "area:"
MORE_IS_BETTER = ("covered", "backup", "expected", "survival", "worst")
_SHARES = ("covered_share", "backup_share", "expected_share", "survival_share", "worst_share", "mean_utilisation")
_COUNTS = ("unreachable_areas", "groups_out_of_reach")


class SiteTold:
    """An answer with its words in every language."""

    def __init__(self, sited: Sited, question: StudyQuestion) -> None:
        self._sited = sited
        self._parts = wish_of(question, None).parts
        self._pages = {one: SitePage(sited, words, NumberFormat(words)) for one in list_languages()
                       for words in (load_words(one),)}  # fmt: skip

        self._short = short_names(sited)

    def told(self) -> SitingOut:
        """All of it."""
        sited, best = self._sited, self._sited.asked.answer
        chapters = {
            language: {one.id: one.finding for one in site_chapters(page)} for language, page in self._pages.items()
        }
        page = next(iter(self._pages.values()))
        answers = ranked(sited)
        return SitingOut(
            fingerprint=sited.study.fingerprint,
            version=__version__,
            model=best.model,
            alternative=sited.name,
            model_name=self._words(f"site_page.model.{best.model}"),
            question=self._words(f"site_page.question.{best.model}"),
            finding={language: found["answer"] for language, found in chapters.items()},
            proof={language: proof_sentence(one) for language, one in self._pages.items()},
            several={language: found["k-best"] for language, found in chapters.items()}
            if sited.asked.several
            else None,
            generated={language: site_cover(one).generated for language, one in self._pages.items()},
            objective=form_out(page.form_of(answers[0])),
            demand=float(sited.problem.demand.sum()),
            sites=[self._site(site) for site in sited.sites],
            answers=[self._answer(rank, one, answers[0], page) for rank, one in enumerate(answers, start=1)],
            measures=self._measures(best),
            trade_off=self._trade_off(page),
            periods=list(best.by_period),
        )

    def _words(self, key: str, **values: str) -> LocalText:
        return {language: page.words(key, **values) for language, page in self._pages.items()}

    def _site(self, site: str) -> SiteOut:
        sited = self._sited
        row, ranges = sited.sites[site], sited.asked.ranges or {}
        return SiteOut(
            id=site,
            name=self._name(site),
            short=self._short[site],
            lat=row.lat,
            lon=row.lon,
            centre=row.centre,
            organisation=row.organisation,
            existing=bool(sited.problem.existing[sited.problem.site_number(site)]),
            lock=sited.lock(site),  # type: ignore[arg-type]
            near_best=ranges.get(site),
        )

    def _name(self, site: str) -> LocalText:
        """An area has a number and no name: people are told where it lies."""
        if site.startswith(AREA):
            return self._words("studio.siting.area_name", name=self._short[site])
        return {language: page.site(site) for language, page in self._pages.items()}

    def _answer(self, rank: int, answer: SitingAnswer, first: SitingAnswer, page: SitePage) -> SiteAnswerOut:
        here, there = answer.chosen, first.chosen
        return SiteAnswerOut(
            rank=rank,
            value=page.shown(answer.objective, answer),
            bound=page.shown(answer.bound, answer) if isfinite(answer.bound) else None,
            gap=answer.gap if isfinite(answer.gap) else None,
            proved=answer.status == "proved" and answer.gap == 0.0,
            sites=dict(here),
            by_period={period: dict(units) for period, units in answer.by_period.items()},
            opened=[site for site in here if here[site] and not there.get(site)],
            given_up=[site for site in there if there[site] and not here.get(site)],
            changed=[site for site in here if here[site] and there.get(site) and here[site] != there[site]],
            plan=self._plan(here, answer.by_period),
        )

    def _plan(self, chosen: Mapping[str, int], by_period: Mapping[str, Mapping[str, int]]) -> Plan:
        sited = self._sited
        of_units = sited.asked.answer.model not in CORE_MODELS
        edits = site_edits(
            sited.service,
            sited.posed.sites,
            chosen,
            by_part=(by_period or {part.id: chosen for part in self._parts}) if of_units else None,
            parts=self._parts,
            names={site: self._short[site] for site in chosen},
        )
        unsaid = [] if of_units else [self._words("studio.siting.unsaid_units")]
        return Plan(edits=entries_of(edits), unsaid=unsaid)

    def _measures(self, best: SitingAnswer) -> list[MeasureOut]:
        return [
            MeasureOut(name=self._words(f"site_page.measure.{name}"), value=value, form=form_out(how))
            for name, value in best.measures.items()
            if isfinite(value) and (how := _form_of_measure(name)) is not None
        ]

    def _trade_off(self, page: SitePage) -> TradeOffOut | None:
        traded = self._sited.asked.trade_off
        if traded is None:
            return None
        return TradeOffOut(
            criteria=[
                CriterionOut(
                    id=name,
                    name={language: one.criterion(name) for language, one in self._pages.items()},
                    form=form_out(page.criterion_form(name)),
                    more_is_better=name.partition(":")[0] in MORE_IS_BETTER,
                )
                for name in traded.names
            ],
            points=[
                PointOut(
                    first=point.first,
                    second=point.second,
                    proved=point.proved,
                    sites=dict(chosen),
                    plan=self._plan(chosen, {}),
                )
                for point, chosen in zip(traded.front.points, traded.chosen, strict=True)
            ],
            exact=traded.front.exact,
            step=traded.front.step,
        )


def short_names(sited: Sited) -> dict[str, str]:
    """What sites are called on a map: their names; areas by their municipality, counted where it has several."""
    areas = {area.id: area.municipality for area in sited.service.areas}
    municipalities = {one.id: one.name for one in sited.service.municipalities}
    counted: dict[str, int] = {}
    names: dict[str, str] = {}
    for site, row in sited.sites.items():
        if not site.startswith(AREA):
            names[site] = row.name
            continue
        place = municipalities[areas[site.removeprefix(AREA)]]
        counted[place] = counted.get(place, 0) + 1
        names[site] = f"{place} {counted[place]}"
    return names


def _form_of_measure(name: str) -> Form | None:
    if name in _SHARES:
        return SHARE
    return CALLS if name in _COUNTS else None
