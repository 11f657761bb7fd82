"""What the chapters of a siting answer are made from, and how its figures are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, isfinite

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.form import Form
from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Cell, Column
from beredt.report.words import Words
from beredt.siting.answer import SitingAnswer
from beredt.siting.model_settings import ModelSettings
from beredt.siting.sited import Sited

CALLS = Form("count", 1.0, 0)
ONE_DIGIT = Form("count", 1.0, 1)
SHARE = Form("percent", 100.0, 2)

FORMS: Mapping[str, Form] = {
    "lscp": CALLS,
    "pmedian": form.MINUTES,
    "pcentre": form.MINUTES,
    "survival": ONE_DIGIT,
    "worst-share": SHARE,
    "bernoulli-nash": SHARE,
}
"""How the objective of a model is written; those that are not here count calls a year."""

CRITERION_FORMS: Mapping[str, Form] = {
    "drive": form.MINUTES,
    "longest": form.WHOLE_MINUTES,
    "survival": ONE_DIGIT,
    "worst": SHARE,
    "cost": ONE_DIGIT,
}


@dataclass(frozen=True)
class SitePage:
    """An answer with the words and numbers of one language."""

    sited: Sited
    words: Words
    numbers: NumberFormat

    @property
    def best(self) -> SitingAnswer:
        """The best answer."""
        return self.sited.asked.answer

    def site(self, name: str) -> str:
        """The name of a site."""
        row = self.sited.sites[name]
        kind, parted, _ = name.partition(":")
        return self.words(f"site_page.kind.{kind}", name=row.name) if parted else row.name

    def short(self, name: str) -> str:
        """A site on a map: its name, or the municipality of an area."""
        row = self.sited.sites[name]
        if not name.startswith("area:"):
            return row.name
        service = self.sited.service
        area = next(one for one in service.areas if f"area:{one.id}" == name)
        return next(one.name for one in service.municipalities if one.id == area.municipality)

    def units_text(self, chosen: Mapping[str, int]) -> str:
        """Sites with their units where a site has several."""
        return self.words.listed(
            [
                self.site(site)
                if count == 1
                else self.words("site_page.units_at", units=self.numbers.whole(count), site=self.site(site))
                for site, count in chosen.items()
            ]
        )

    def alternative(self) -> str:
        """The name of what was asked."""
        if self.sited.name == TODAY:
            return self.words.local(self.sited.study.settings.study.base_title)
        return self.words("alternative.label", id=self.sited.name)

    def period(self, name: str) -> str:
        """The name of a part of the week."""
        key = f"dimension.band.{name}"
        return self.words(key) if self.words.has(key) else name

    def worth(self, value: float, answer: SitingAnswer) -> str:
        """An objective or bound in the unit that people read."""
        return self.numbers.text(self.shown(value, answer), self.form_of(answer))

    def form_of(self, answer: SitingAnswer) -> Form:
        """How the objective of an answer is written."""
        # The k fairest are told apart by the calls that they serve.
        if answer.model == "worst-share" and answer.objective > 1.0:
            return CALLS
        return FORMS.get(answer.model, CALLS)

    def shown(self, value: float, answer: SitingAnswer) -> float:
        """An objective in what people read: seconds per call instead of their sum, a share instead of a logarithm."""
        if answer.model == "pmedian":
            return value / float(self.sited.problem.demand.sum())
        if answer.model == "bernoulli-nash":
            return exp(value) - ModelSettings().nothing
        return value

    def criterion(self, name: str) -> str:
        """A criterion in words."""
        kind, _, part = name.partition(":")
        text = self.words(
            f"site_page.criterion.{kind}", unit=self.words(f"site_page.budget.{self.sited.problem.budget_unit}")
        )
        return self.words("site_page.criterion.of", criterion=text, part=part) if part else text

    def criterion_form(self, name: str) -> Form:
        """How a criterion is written."""
        return CRITERION_FORMS.get(name.partition(":")[0], CALLS)

    def percent(self, value: float) -> str:
        """A share in words."""
        return self.numbers.text(value, form.PERCENT)

    def number(self, value: float | None, how: Form, *, style: str = "") -> Cell:
        """A figure; a dash where it is not known."""
        if value is None or not isfinite(value):
            return Cell(self.words("number.none"), style="quiet")
        return Cell(self.numbers.text(value, how), value, style)

    def columns(self, *names: str, text: tuple[str, ...]) -> tuple[Column, ...]:
        """Columns by key; those in `text` hold words."""
        return tuple(Column(self.words(f"site_page.column.{name}"), name not in text) for name in names)
