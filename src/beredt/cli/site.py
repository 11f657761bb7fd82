"""``beredt site``: where stations and units should be, by a published model, with proof."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beredt.cli import site_options as where
from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.availability_options import (
    BeforeOption,
    BusyOption,
    CurveOption,
    FirstWeightOption,
    GroupsOption,
    InnerShareOption,
    LeastShareOption,
    MissionOption,
    MostGapOption,
    OuterOption,
    ReliabilityOption,
    TradeOffOption,
    UnitsOption,
    WithinOption,
)
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption
from beredt.cli.site_instance import read_published
from beredt.cli.stopping import StopWish
from beredt.errors import OptionError
from beredt.siting.settings_given import SettingsGiven, check_settings, model_settings, two_criteria
from beredt.siting.study.question import StudyQuestion, wish_of

if TYPE_CHECKING:
    from beredt.siting.ask_model import Asked
    from beredt.siting.program import Bound, Limits

StudyOrFile = Annotated[
    str,
    typer.Argument(metavar="STUDY|FILE", help="Folder of the study, or a bundled one; with --instance, its file."),
]


def site(
    study: StudyOrFile,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="Model, as mclp, pmedian, mexclp; list names them all."),
    ] = None,
    stations: Annotated[
        int | None, typer.Option("--stations", min=1, metavar="N", help="How many stations are open.")
    ] = None,
    units: UnitsOption = None,
    lock: Annotated[
        list[str] | None,
        typer.Option("--lock", metavar="[open:|closed:]ID", help="A site that is fixed; ID existing: those of today."),
    ] = None,
    alternative: where.AlternativeOption = None,
    urgency: where.UrgencyOption = None,
    minutes: where.MinutesOption = None,
    periods: where.PeriodsOption = None,
    candidates: where.CandidatesOption = None,
    only_candidates: where.OnlyCandidatesOption = False,
    lattice_km: where.LatticeOption = None,
    borders: where.BordersOption = None,
    border: where.BorderOption = None,
    border_of: where.BorderOfOption = None,
    budget: where.BudgetOption = None,
    budget_unit: where.BudgetUnitOption = None,
    unit_cost: where.UnitCostOption = None,
    opening_cost: where.OpeningCostOption = None,
    moving_cost: where.MovingCostOption = None,
    capacity: where.CapacityOption = None,
    k: Annotated[int, typer.Option("--k", min=1, metavar="K", help="How many of the best answers.")] = 1,
    within: WithinOption = None,
    trade: TradeOffOption = None,
    gap: Annotated[
        float, typer.Option("--gap", min=0.0, metavar="SHARE", help="Gap that is good enough; 0 is a proof.")
    ] = 0.0,
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=0.001, metavar="S", help="Most seconds to solve.")
    ] = None,
    busy: BusyOption = None,
    mission_min: MissionOption = None,
    reliability: ReliabilityOption = None,
    first_weight: FirstWeightOption = None,
    outer_min: OuterOption = None,
    inner_share: InnerShareOption = None,
    curve: CurveOption = None,
    before_s: BeforeOption = None,
    groups: GroupsOption = None,
    most_gap: MostGapOption = None,
    least_share: LeastShareOption = None,
    instance: Annotated[
        str | None, typer.Option("--instance", metavar="KIND", help="A published instance: mclp or pmedian.")
    ] = None,
    radius: Annotated[
        float | None, typer.Option("--radius", min=0.0, metavar="R", help="Distance that is covered, with mclp.")
    ] = None,
    out: where.OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the best sites for stations and units by a published model, and prove it.

    STUDY has stations, standby points and, with --candidates or --lattice-km, further places; FILE is an instance of
    the literature. Ctrl-C stops with the best answer so far and the gap that is left.
    """
    question = StudyQuestion(
        alternative, urgency, minutes, periods, candidates, only_candidates or None, lattice_km, borders,
        tuple(border) if border else None, border_of, budget, budget_unit, unit_cost, opening_cost, moving_cost,
        capacity,
    )  # fmt: skip
    given = SettingsGiven(
        busy, mission_min, reliability, first_weight, outer_min, inner_share, curve, before_s, groups, most_gap,
        least_share,
    )  # fmt: skip
    with faults_as_exit_codes(as_json):
        name, criteria = model or instance or "mclp", two_criteria(trade)
        from beredt.siting.all_models import check_model

        check_model(name)
        check_settings(given, name, criteria)
        from beredt.siting.program import Limits

        limits, share = Limits(gap, seconds), None if within is None else within / 100.0
        if instance is not None:
            _check_instance(question, groups, out)
            asked = _ask_instance(
                instance, Path(study), radius, stations, units, tuple(lock or ()),
                name=name, given=given, k=k, within=share, criteria=criteria, limits=limits,
            )  # fmt: skip
        else:
            if radius is not None:
                raise OptionError("--radius", str(radius), "a study counts in minutes", "give --minutes")
            # What can be told without the study is told first.
            wish_of(question, None)
            loaded = load_checked_study(study)
            from beredt.siting.study.ask_study import Siting, site_study

            siting = Siting(
                name, question, given, stations, units, tuple(lock or ()), k, share, criteria, limits
            )  # fmt: skip
            with StopWish() as stop:
                sited = site_study(loaded, siting, progress=_Teller(), stop=stop)
            asked = sited.asked
        pages: list[Path] = []
        if out is not None and instance is None:
            from beredt.report.siting.write_pages import write_site_pages

            pages = write_site_pages(sited, out)
    if as_json:
        print_json(_finite(asked.as_json()) | ({"pages": [str(page) for page in pages]} if pages else {}))
    else:
        from beredt.siting.asked_lines import asked_lines

        typer.echo("\n".join([*asked_lines(asked), *(f"Written: {page}" for page in pages[:1])]))


def _ask_instance(
    kind: str,
    path: Path,
    radius: float | None,
    stations: int | None,
    units: int | None,
    locks: tuple[str, ...],
    *,
    name: str,
    given: SettingsGiven,
    k: int,
    within: float | None,
    criteria: tuple[str, str] | None,
    limits: Limits,
) -> Asked:
    """The answer to a published instance."""
    from beredt.siting.ask import ask
    from beredt.siting.locks import with_locks
    from beredt.siting.placement import Purse

    problem, stations = read_published(kind, path, radius, stations)
    with StopWish() as stop:
        return ask(
            name,
            with_locks(problem, locks),
            Purse(units=units, sites=stations),
            model_settings(given, None, name),
            k=k,
            within=within,
            criteria=criteria,
            limits=limits,
            progress=_Teller(),
            stop=stop,
        )


class _Teller:
    """Tells of progress on stderr: the best so far, the bound and the gap."""

    def __call__(self, seen: Bound) -> None:
        best = f"{seen.objective:.8g}" if seen.objective == seen.objective else "none yet"
        gap = f"{seen.gap:.4%}" if seen.gap < float("inf") else "open"
        typer.echo(f"{seen.seconds:7.1f} s  best {best}  bound {seen.bound:.8g}  gap {gap}", err=True)


def _check_instance(question: StudyQuestion, groups: str | None, out: Path | None) -> None:
    """Refuse what a published instance does not have: people, hours, roads, owners, prices and a map."""
    given = question.given() + (["--groups"] if groups is not None else []) + (["--out"] if out is not None else [])
    if given:
        raise OptionError(
            given[0],
            "with --instance",
            "a published instance holds points and distances only",
            "leave it out, or ask a study",
        )


def _finite(found: Any) -> Any:
    """JSON knows neither infinity nor what is not a number: null."""
    if isinstance(found, dict):
        return {key: _finite(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_finite(value) for value in found]
    if isinstance(found, float) and not isfinite(found):
        return None
    return found
