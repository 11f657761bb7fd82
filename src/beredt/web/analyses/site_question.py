"""What a model of siting is asked by a page: the options of `beredt site`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.settings_base import AlternativeId
from beredt.model.settings_sections import Region
from beredt.model.urgency import Urgency
from beredt.siting.all_models import check_model
from beredt.siting.ask_core import check_purse
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.program import Limits
from beredt.siting.settings_given import SettingsGiven, check_settings
from beredt.siting.study.ask_study import Siting
from beredt.siting.study.candidate_file import parse_candidates
from beredt.siting.study.question import StudyQuestion, wish_of

CANDIDATES_FILE = "candidates.csv"
MOST_SECONDS = 3_600.0
MOST_CANDIDATES = 2_000_000
"""Bytes of a file of candidates."""

Share = Annotated[float, Field(ge=0, le=1)]
Name = Annotated[str, Field(max_length=200)]


class SiteQuestion(BaseModel):
    """What is asked. Null is as the model or the study has it; see `GET /api/siting/models` for which model reads what.

    `locks`: sites that are fixed, as `--lock` takes them. `minutes`: by urgency. `periods`: as `--periods`.
    `candidates`: the content of a CSV file. `borders`: what cover across any border counts, open, closed or a share;
    `named_borders`: as `--border`. `k`: best answers. `within_percent`: of the best objective. `trade_off`: two
    criteria. `seconds`: most for each of the questions.
    """

    model_config = ConfigDict(extra="forbid")

    model: Name = "mclp"
    alternative: AlternativeId | None = None
    stations: Annotated[int, Field(ge=1, le=1_000)] | None = None
    units: Annotated[int, Field(ge=0, le=5_000)] | None = None
    locks: Annotated[list[Name], Field(max_length=1_000)] = []
    urgencies: Annotated[list[Urgency], Field(min_length=1, max_length=3)] = ["A"]
    minutes: dict[Urgency, Annotated[float, Field(gt=0, le=240)]] = {}
    periods: Annotated[str, Field(max_length=1_000)] | None = None
    candidates: Annotated[str, Field(max_length=MOST_CANDIDATES)] | None = None
    only_candidates: bool = False
    lattice_km: Annotated[float, Field(ge=0.5, le=100)] | None = None
    borders: Name | None = None
    named_borders: Annotated[list[Name], Field(max_length=100)] = []
    border_of: Name | None = None
    budget: Annotated[float, Field(ge=0)] | None = None
    budget_unit: Literal["units", "fte", "nok"] | None = None
    unit_cost: Annotated[float, Field(ge=0)] | None = None
    opening_cost: Annotated[float, Field(ge=0)] | None = None
    moving_cost: Annotated[float, Field(ge=0)] | None = None
    capacity: Annotated[int, Field(ge=0, le=10_000)] | None = None
    k: Annotated[int, Field(ge=1, le=30)] = 5
    within_percent: Annotated[float, Field(ge=0, le=100)] | None = None
    trade_off: Annotated[list[Name], Field(min_length=2, max_length=2)] | None = None
    gap: Annotated[float, Field(ge=0, lt=1)] = 0.0
    seconds: Annotated[float, Field(gt=0, le=MOST_SECONDS)] | None = 120.0
    busy: Annotated[float, Field(ge=0, le=0.999)] | None = None
    mission_min: Annotated[float, Field(ge=0.01, le=1_440)] | None = None
    reliability: Annotated[float, Field(ge=0, le=0.9999)] | None = None
    first_weight: Share | None = None
    outer_min: Annotated[float, Field(ge=0, le=600)] | None = None
    inner_share: Share | None = None
    curve: Literal["de_maio", "valenzuela"] | None = None
    before_s: Annotated[float, Field(ge=0, le=3_600)] | None = None
    groups: Name | None = None
    most_gap: Share | None = None
    least_share: Share | None = None

    @property
    def asked_of(self) -> str | None:
        """The id of the alternative that is asked about, None for today."""
        return None if self.alternative in (None, TODAY) else self.alternative

    def siting(self, candidates: Path | None) -> Siting:
        """The question as the room of siting takes it; `candidates` is where the content of that name lies."""
        criteria = None if self.trade_off is None else (self.trade_off[0], self.trade_off[1])
        return Siting(
            model=self.model,
            question=self._study_question(candidates),
            given=self._given(),
            stations=self.stations,
            units=self.units,
            locks=tuple(self.locks),
            k=self.k,
            within=None if self.within_percent is None else self.within_percent / 100.0,
            criteria=criteria,
            limits=Limits(self.gap, self.seconds),
        )

    def check(self, service: Service, region: Region) -> None:
        """Refuse what can be told to be wrong without roads, before anybody waits for it.

        Raises:
            OptionError: an option says what cannot be, or nobody reads it.
            DefinitionError: the candidates are at fault.
        """
        check_model(self.model)
        siting = self.siting(None)
        check_settings(siting.given, self.model, siting.criteria)
        wish = wish_of(self._study_question(Path(CANDIDATES_FILE) if self.candidates else None), None)
        if self.model in CORE_MODELS:
            check_purse(self.model, self.units, [part.id for part in wish.parts])
        if self.candidates is not None:
            parse_candidates(CANDIDATES_FILE, self.candidates.encode(), service, region)

    def _study_question(self, candidates: Path | None) -> StudyQuestion:
        return StudyQuestion(
            alternative=self.asked_of,
            urgency=",".join(self.urgencies),
            minutes=",".join(f"{urgency}={minutes:g}" for urgency, minutes in self.minutes.items()) or None,
            periods=self.periods or None,
            candidates=candidates,
            only_candidates=self.only_candidates or None,
            lattice_km=self.lattice_km,
            borders=self.borders,
            border=tuple(self.named_borders) or None,
            border_of=self.border_of,
            budget=self.budget,
            budget_unit=self.budget_unit,
            unit_cost=self.unit_cost,
            opening_cost=self.opening_cost,
            moving_cost=self.moving_cost,
            capacity=self.capacity,
        )

    def _given(self) -> SettingsGiven:
        return SettingsGiven(
            busy=self.busy,
            mission_min=self.mission_min,
            reliability=self.reliability,
            first_weight=self.first_weight,
            outer_min=self.outer_min,
            inner_share=self.inner_share,
            curve=self.curve,
            before_s=self.before_s,
            groups=self.groups,
            most_gap=self.most_gap,
            least_share=self.least_share,
        )
