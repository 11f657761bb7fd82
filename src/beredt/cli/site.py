"""``beredt site``: where stations should be, by a published model, with proof."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
    model_settings,
    two_criteria,
)
from beredt.cli.checked_study import load_checked_study
from beredt.cli.options import JsonOption
from beredt.cli.stopping import StopWish
from beredt.errors import OptionError

if TYPE_CHECKING:
    from beredt.siting.ask_model import Asked
    from beredt.siting.group_shares import Groups
    from beredt.siting.problem import SitingProblem
    from beredt.siting.program import Bound

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
    lock: Annotated[
        list[str] | None,
        typer.Option("--lock", metavar="[open:|closed:]ID", help="A site that is fixed; ID existing: those of today."),
    ] = None,
    k: Annotated[int, typer.Option("--k", min=1, metavar="K", help="How many of the best answers.")] = 1,
    within: WithinOption = None,
    instance: Annotated[
        str | None, typer.Option("--instance", metavar="KIND", help="A published instance: mclp or pmedian.")
    ] = None,
    radius: Annotated[
        float | None, typer.Option("--radius", min=0.0, metavar="R", help="Distance that is covered, with mclp.")
    ] = None,
    alternative: Annotated[
        str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
    ] = None,
    urgency: Annotated[
        str, typer.Option("--urgency", metavar="A[,H,V]", help="Urgencies that count, each with its target.")
    ] = "A",
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", metavar="MIN", help="Drive that counts as reached [default: the study's targets]."),
    ] = None,
    lattice_km: Annotated[
        float | None,
        typer.Option("--lattice-km", metavar="KM", help="Candidates: the busiest area of each square of this side."),
    ] = None,
    borders: Annotated[
        str,
        typer.Option("--borders", metavar="open|closed|SHARE", help="What cover over the border of a centre counts."),
    ] = "open",
    budget: Annotated[
        float | None, typer.Option("--budget", min=0.0, metavar="B", help="Most that may be spent [default: no limit].")
    ] = None,
    budget_unit: Annotated[
        str, typer.Option("--budget-unit", metavar="units|fte|nok", help="What budget and costs are counted in.")
    ] = "units",
    unit_cost: Annotated[float, typer.Option("--unit-cost", min=0.0, help="Cost of a unit.")] = 1.0,
    opening_cost: Annotated[float, typer.Option("--opening-cost", min=0.0, help="Cost of a new station.")] = 0.0,
    moving_cost: Annotated[float, typer.Option("--moving-cost", min=0.0, help="Of giving up one of today.")] = 0.0,
    gap: Annotated[
        float, typer.Option("--gap", min=0.0, metavar="SHARE", help="Gap that is good enough; 0 is a proof.")
    ] = 0.0,
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=0.001, metavar="S", help="Most seconds to solve.")
    ] = None,
    units: UnitsOption = None,
    busy: BusyOption = None,
    mission_min: MissionOption = None,
    reliability: ReliabilityOption = 0.8,
    first_weight: FirstWeightOption = 0.5,
    outer_min: OuterOption = None,
    inner_share: InnerShareOption = 0.8,
    curve: CurveOption = None,
    before_s: BeforeOption = 0.0,
    groups: GroupsOption = "area",
    most_gap: MostGapOption = 1.0,
    least_share: LeastShareOption = 0.0,
    trade: TradeOffOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the best sites for stations and units by a published model, and prove it.

    STUDY has stations, standby points and, with --lattice-km, candidates; FILE is an instance of the literature. Ctrl-C
    stops with the best answer so far and the gap that is left.
    """
    with faults_as_exit_codes(as_json):
        if instance is not None:
            problem, stations = _read_instance(instance, Path(study), radius, stations)
            name, areas = model or instance, ()
        else:
            name = model or "mclp"
            problem, areas = _from_study(
                study,
                alternative,
                {
                    "urgencies": tuple(part.strip() for part in urgency.split(",")),
                    "minutes": minutes,
                    "lattice_km": lattice_km,
                    "borders": _borders(borders),
                    "unit_cost": unit_cost,
                    "opening_cost": opening_cost,
                    "moving_cost": moving_cost,
                    "budget": float("inf") if budget is None else budget,
                    "budget_unit": budget_unit,
                },
            )
        _check_name(name)
        from beredt.siting.ask_core import ask_core
        from beredt.siting.ask_model import ask_model
        from beredt.siting.core_models import CORE_MODELS
        from beredt.siting.locks import with_locks
        from beredt.siting.placement import Purse
        from beredt.siting.program import Limits

        problem = with_locks(problem, lock or ())
        limits, near = Limits(gap, seconds), None if within is None else within / 100.0
        with StopWish() as stop:
            if name in CORE_MODELS:
                if trade is not None:
                    raise OptionError("--trade-off", trade, f"{name} has no units to trade", "ask mexclp or bacop2")
                asked = ask_core(
                    name, problem, stations, k=k, within=near, limits=limits, progress=_Teller(), stop=stop
                )
            else:
                settings = model_settings(
                    busy=busy,
                    mission_min=mission_min,
                    reliability=reliability,
                    first_weight=first_weight,
                    outer_min=outer_min,
                    inner_share=inner_share,
                    curve=curve,
                    before_s=before_s,
                    groups=_groups(problem, areas, groups),
                    most_gap=most_gap,
                    least_share=least_share,
                    model=name,
                )
                asked = ask_model(
                    name,
                    problem,
                    Purse(units=units, sites=stations),
                    settings,
                    k=k,
                    within=near,
                    criteria=two_criteria(trade),
                    limits=limits,
                    progress=_Teller(),
                    stop=stop,
                )
    if as_json:
        print_json(_finite(asked.as_json()))
    else:
        typer.echo("\n".join(_lines(asked)))


class _Teller:
    """Tells of progress on stderr: the best so far, the bound and the gap."""

    def __call__(self, seen: Bound) -> None:
        best = f"{seen.objective:.8g}" if seen.objective == seen.objective else "none yet"
        gap = f"{seen.gap:.4%}" if seen.gap < float("inf") else "open"
        typer.echo(f"{seen.seconds:7.1f} s  best {best}  bound {seen.bound:.8g}  gap {gap}", err=True)


def _read_instance(
    kind: str, path: Path, radius: float | None, stations: int | None
) -> tuple[SitingProblem, int | None]:
    from beredt.siting.read_instance import read_mclp, read_p_median

    if kind == "mclp":
        if radius is None or radius <= 0.0:
            raise OptionError(
                "--radius", str(radius), "a covering instance has no distance of its own", "give --radius"
            )
        return read_mclp(path, radius), stations
    if kind == "pmedian":
        found = read_p_median(path)
        return found.problem, stations or found.stations
    raise OptionError("--instance", kind, "there is no such kind of instance", "give mclp or pmedian")


def _from_study(name: str, alternative: str | None, wished: dict[str, Any]) -> tuple[SitingProblem, tuple[Any, ...]]:
    from beredt.model.urgency import URGENCIES
    from beredt.siting.from_study import Wish, problem_of

    unknown = [each for each in wished["urgencies"] if each not in URGENCIES]
    if unknown:
        raise OptionError("--urgency", unknown[0], "there is no such urgency", f"give some of {', '.join(URGENCIES)}")
    if wished["budget_unit"] not in ("units", "fte", "nok"):
        raise OptionError(
            "--budget-unit", wished["budget_unit"], "nothing is counted in that", "give units, fte or nok"
        )
    loaded = load_checked_study(name)

    from beredt.simulation.simulate_study import service_of
    from beredt.simulation.study_roads import load_or_build_roads, study_roads

    service = service_of(loaded, alternative)
    roads = study_roads(loaded, load_or_build_roads(loaded))
    return problem_of(loaded, service, roads, Wish(**wished)), service.areas


def _borders(text: str) -> Any:
    if text in ("open", "closed"):
        return text
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise OptionError("--borders", text, "that is no rule for borders", "give open, closed or a share from 0 to 1")
    return share


def _groups(problem: SitingProblem, areas: tuple[Any, ...], by: str) -> Groups | None:
    from beredt.siting.study_groups import study_groups

    return study_groups(problem, areas, by) if areas else None


def _check_name(name: str) -> None:
    from beredt.siting.core_models import CORE_MODELS
    from beredt.siting.named_models import NAMED_MODELS

    known = {**{each: model.looks_for for each, model in CORE_MODELS.items()}, **NAMED_MODELS}
    if name not in known:
        listed = "; ".join(f"{each}: {text}" for each, text in known.items())
        raise OptionError("--model", name, "there is no such model", f"give one of these: {listed}")


def _lines(asked: Asked) -> list[str]:
    answer = asked.answer
    proof = "proved" if answer.status == "proved" and answer.gap == 0.0 else f"{answer.status}, gap {answer.gap:.4%}"
    sites = ", ".join(each if count == 1 else f"{count} at {each}" for each, count in answer.chosen.items())
    lines = [f"{answer.model}: {answer.objective:.8g} ({proved_of(answer.bound)}; {proof}; {answer.seconds:.2f} s)"]
    lines.append(f"{len(answer.chosen)} sites: {sites}")
    lines += [f"{name}: {value:.6g}" for name, value in answer.measures.items()]
    return [*lines, *asked.as_lines()]


def proved_of(bound: float) -> str:
    """The bound, in words."""
    return f"nothing is better than {bound:.8g}"


def _finite(found: Any) -> Any:
    """JSON knows neither infinity nor what is not a number: null."""
    if isinstance(found, dict):
        return {key: _finite(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_finite(value) for value in found]
    if isinstance(found, float) and not isfinite(found):
        return None
    return found
