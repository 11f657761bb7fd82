"""The sections of `study.toml`, one class each. Descriptions of every key stand in `fields/settings.csv`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from beredt.model.dispatch_rules import DispatchRule
from beredt.model.relocation_rules import RelocationRule
from beredt.model.settings_base import AlternativeId, Clock, Edits, FromList, Language, LocalText, Section, Slug, Slugs
from beredt.model.study_form import DemandSource, RoadForm
from beredt.model.urgency import Urgency, urgency_code


class Region(Section):
    """The rectangle (degrees, WGS84) in which every place of the study lies."""

    south: float = Field(ge=-90, le=90)
    west: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)

    @model_validator(mode="after")
    def _right_way_round(self) -> Self:
        if self.south >= self.north or self.west >= self.east:
            raise ValueError("is turned round: south must be below north and west below east")
        return self

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a place (degrees) lies in the rectangle, its edges included."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


def _each_once(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    if not languages or len(set(languages)) != len(languages):
        raise ValueError("must name each language once, and at least one")
    return languages


class StudySection(Section):
    """`[study]`: what the study is about."""

    id: Slug
    title: LocalText
    languages: Annotated[tuple[Language, ...], FromList, AfterValidator(_each_once)]
    year: int = Field(ge=1900, le=2200)
    start: date
    region: Region
    base_title: LocalText


class SimulationSection(Section):
    """`[simulation]`: how much is simulated."""

    seed: int = Field(ge=0, le=2**63 - 1)
    replications: int = Field(ge=1, le=10_000)
    days: int = Field(ge=1, le=3_660)
    warmup_days: int = Field(default=2, ge=0, le=365)
    cooldown_days: int = Field(default=1, ge=0, le=365)


class RoadsSection(Section):
    """`[roads]`: what the road network is made of."""

    form: RoadForm = "links"
    x_km_per_degree: float | None = Field(default=None, ge=0.001, le=112)
    y_km_per_degree: float | None = Field(default=None, ge=0.001, le=112)
    time_unit_s: float = Field(default=1.0, ge=0.001, le=86_400)

    @model_validator(mode="after")
    def _a_graph_has_a_plane(self) -> Self:
        if self.form == "graph" and (self.x_km_per_degree is None or self.y_km_per_degree is None):
            raise ValueError("has the form graph, which needs x_km_per_degree and y_km_per_degree")
        return self


class VariationSection(Section):
    """`[demand.variation]`: how generated demand varies beyond chance; as it stands here, not at all."""

    day_variance: float = Field(default=0.0, ge=0, le=4)
    day_persistence: float = Field(default=0.0, ge=0, le=0.99)
    cluster_share: float = Field(default=0.0, ge=0, le=1)
    cluster_size: float = Field(default=1.0, ge=0, le=4)
    cluster_minutes: float = Field(default=60.0, ge=1, le=10_080)
    repeat_share: float = Field(default=0.0, ge=0, le=1)
    repeat_addresses: float = Field(default=0.01, ge=0.0001, le=1)
    people_per_address: float = Field(default=2.1, ge=0.5, le=1000)
    draw_rates: bool = False


class DemandSection(Section):
    """`[demand]`: where incidents come from."""

    source: DemandSource = "rates"
    start_s: float = Field(default=0.0, ge=0)
    weighed_by: Literal["residents", "present"] = "residents"
    variation: VariationSection = VariationSection()


class TravelLocal(Section):
    """`[travel.local]`: how local roads are made between neighbouring areas."""

    max_km: float = Field(default=3.0, gt=0, le=50)
    neighbours: int = Field(default=8, ge=0, le=100)
    near_km: float = Field(default=1.6, ge=0, le=50)
    detour_near: float = Field(default=1.25, ge=1, le=10)
    detour_far: float = Field(default=1.9, ge=1, le=10)
    density_steps: Annotated[tuple[Annotated[float, Field(ge=0, le=1e6)], ...], FromList] = (30, 300, 1500, 4000)
    pace_min_per_km: Annotated[tuple[Annotated[float, Field(ge=0.2, le=60)], ...], FromList] = (
        1.30,
        1.30,
        1.35,
        1.45,
        1.60,
    )

    @model_validator(mode="after")
    def _steps_and_paces_match(self) -> Self:
        if len(self.pace_min_per_km) != len(self.density_steps) + 1:
            raise ValueError(
                f"has {len(self.density_steps)} density_steps and {len(self.pace_min_per_km)} pace_min_per_km: "
                "there must be one pace more than steps"
            )
        if any(low >= high for low, high in zip(self.density_steps, self.density_steps[1:], strict=False)):
            raise ValueError("has density_steps that do not rise")
        return self


class TravelSection(Section):
    """`[travel]`: what is added to and varies around road times."""

    access_s: float = Field(default=102.0, ge=0, le=3_600)
    noise_sigma: float = Field(default=0.25, ge=0, le=2)
    local: TravelLocal = TravelLocal()


def _real_diversions(pairs: tuple[str, ...]) -> tuple[str, ...]:
    for pair in pairs:
        new, _, on_the_way = pair.partition(">")
        if urgency_code(new) >= urgency_code(on_the_way):
            raise ValueError(f"holds {pair!r}: a unit is only diverted to something more urgent, as in 'A>H'")
    if len(set(pairs)) != len(pairs):
        raise ValueError("names a pair twice")
    return pairs


Diversion = Annotated[str, Field(pattern="^[AHV]>[AHV]$")]


class Cutoffs(Section):
    """`dispatch.cutoff_s` by urgency; None: never."""

    A: float | None = Field(default=None, ge=0, le=86_400)
    H: float | None = Field(default=None, ge=0, le=86_400)
    V: float | None = Field(default=None, ge=0, le=86_400)


class CutoffWaits(Section):
    """`dispatch.cutoff_wait_s` by urgency."""

    A: float = Field(default=0.0, ge=0, le=86_400)
    H: float = Field(default=0.0, ge=0, le=86_400)
    V: float = Field(default=0.0, ge=0, le=86_400)


class DispatchSection(Section):
    """`[dispatch]`: rules of dispatch that hold everywhere."""

    divert: Annotated[tuple[Diversion, ...], FromList, AfterValidator(_real_diversions)] = ("A>H", "A>V")
    divert_margin_s: float = Field(default=120.0, ge=0, le=7_200)
    responder_release_s: float = Field(default=300.0, ge=0, le=14_400)
    rule: DispatchRule = "nearest"
    busy_fraction: float = Field(default=0.3, ge=0, le=0.99)
    least_loss_for: Annotated[tuple[Urgency, ...], FromList] = ("A", "H", "V")
    cutoff_s: Cutoffs = Cutoffs()
    cutoff_wait_s: CutoffWaits = CutoffWaits()
    rebook_gain_s: float | None = Field(default=None, ge=0, le=86_400)


class RelocationSection(Section):
    """`[relocation]`: where a unit goes when it is free, and what moves are allowed. None: no limit."""

    rule: RelocationRule = "standby"
    busy_fraction: float = Field(default=0.3, ge=0, le=0.99)
    cover_worth_min: float = Field(default=10.0, ge=0, le=100_000)
    table: Slug | None = None
    only_centre: Slug | None = None
    most_moves: int | None = Field(default=None, ge=0, le=1_000)
    most_move_min: float | None = Field(default=None, ge=0, le=1_440)
    most_move_km: float | None = Field(default=None, ge=0, le=10_000)
    most_shift_km: float | None = Field(default=None, ge=0, le=10_000)
    quiet_start: Clock = "00:00"
    quiet_end: Clock = "00:00"


class MisroutingSection(Section):
    """`[misrouting]`: calls that reach the wrong centre first (an assumption)."""

    band_km: float = Field(default=2.0, ge=0, le=100)
    share: float = Field(default=0.05, ge=0, le=1)
    delay_min_s: float = Field(default=0.0, ge=0, le=3_600)
    delay_max_s: float = Field(default=90.0, ge=0, le=3_600)
    effect: Literal["counted", "simulated"] = "counted"
    share_low: float = Field(default=0.0, ge=0, le=1)
    share_high: float | None = Field(default=None, ge=0, le=1)
    near_km: Annotated[tuple[Annotated[float, Field(gt=0, le=100)], ...], FromList] = (1, 2, 5)

    def share_range(self) -> tuple[float, float]:
        """Smallest and largest share that is reckoned with; without `share_high`, up to `share`."""
        return self.share_low, self.share if self.share_high is None else self.share_high

    @model_validator(mode="after")
    def _range_is_a_range(self) -> Self:
        if self.share_range()[0] > self.share_range()[1]:
            raise ValueError(f"has share_low {self.share_low:g} above share_high {self.share_range()[1]:g}")
        if self.delay_min_s > self.delay_max_s:
            raise ValueError(f"has delay_min_s {self.delay_min_s:g} above delay_max_s {self.delay_max_s:g}")
        return self


class Target(Section):
    """`[[targets]]`: a share of incidents to be reached within some minutes."""

    urgency: Urgency
    where: Literal["urban", "rural"]
    minutes: float = Field(gt=0, le=240)
    share: float = Field(gt=0, le=1)


class Group(Section):
    """`[[groups]]`: a named set of municipalities and districts."""

    id: Slug
    name: LocalText
    municipalities: Slugs = ()
    districts: Slugs = ()


class SimultaneitySection(Section):
    """`[simultaneity]`: whose simultaneous missions are counted."""

    group: Slug
    local_stations: Slugs


class GateSection(Section):
    """`[gate]`: the test of premise 1, declared before the run."""

    baseline: AlternativeId
    groups: Slugs = Field(min_length=1)
    urgency: Urgency = "A"
    margin_share_pp: float = Field(ge=0, le=100)
    margin_mean_s: float = Field(ge=0, le=3_600)
    confidence: float = Field(default=0.95, ge=0.5, lt=1)
    correction: Literal["holm", "bonferroni", "none"] = "holm"


class SensitivitySection(Section):
    """`[[sensitivities]]`: a change of assumptions laid on top of every alternative, or of those it names."""

    id: Slug
    name: LocalText
    decides: bool = False
    alternatives: Annotated[tuple[AlternativeId, ...], FromList] = ()
    edits: Edits = Field(min_length=1)


class BreakEvenSection(Section):
    """`[break_even]`: where each alternative stops meeting premise 1."""

    ask_s: Annotated[tuple[Annotated[float, Field(ge=0, le=7_200)], ...], FromList]
    replications: int = Field(ge=1, le=10_000)
    max_units: int = Field(ge=0, le=50)
    roster: Slug
    kind: Slug
    stations: dict[AlternativeId, Slug] = Field(default_factory=dict)


class UncertainSection(Section):
    """`[[probabilistic.uncertain]]`: a number that nobody knows; `edits` write `?` where it stands."""

    id: Slug
    name: LocalText
    low: float
    mode: float
    high: float
    edits: Edits = Field(min_length=1)

    @model_validator(mode="after")
    def _low_mode_high(self) -> Self:
        if not (self.low <= self.mode <= self.high and self.low < self.high):
            raise ValueError(f"needs low ≤ mode ≤ high and low < high, got {self.low:g}, {self.mode:g}, {self.high:g}")
        return self


class ProbabilisticSection(Section):
    """`[probabilistic]`: all uncertain numbers drawn together, `draws` times."""

    draws: int = Field(ge=8, le=10_000)
    uncertain: Annotated[tuple[UncertainSection, ...], FromList, Field(min_length=1)]


class ReportSection(Section):
    """`[report]`: what the report tells. Without `money`, the chapters on cost and income are left out."""

    money: bool = True
