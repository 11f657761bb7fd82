"""Options of ``beredt site`` that only models of availability read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from beredt.errors import OptionError

if TYPE_CHECKING:
    from beredt.siting.group_shares import Groups
    from beredt.siting.model_settings import ModelSettings

UnitsOption = Annotated[
    int | None,
    typer.Option("--units", min=0, metavar="N", help="Most units on duty at once, for models with busy units."),
]
BusyOption = Annotated[
    float | None,
    typer.Option(
        "--busy",
        min=0.0,
        max=0.999,
        metavar="Q",
        help="Share of its time in which a unit is busy [default: by the urgencies that count].",
    ),
]
MissionOption = Annotated[
    float | None,
    typer.Option("--mission-min", min=0.01, metavar="MIN", help="Mean minutes that a mission takes [default: 59]."),
]
ReliabilityOption = Annotated[
    float,
    typer.Option(
        "--reliability", min=0.0, max=0.9999, metavar="A", help="Chance of a free unit: malp1, malp2, q-malp."
    ),
]
FirstWeightOption = Annotated[
    float,
    typer.Option(
        "--first-weight", min=0.0, max=1.0, metavar="W", help="Weight of the first cover against backup: bacop2."
    ),
]
OuterOption = Annotated[
    float | None,
    typer.Option("--outer-min", min=0.0, metavar="MIN", help="The longer standard of dsm [default: twice the target]."),
]
InnerShareOption = Annotated[
    float, typer.Option("--inner-share", min=0.0, max=1.0, metavar="A", help="Share of calls within the target: dsm.")
]
CurveOption = Annotated[
    str | None,
    typer.Option("--curve", metavar="NAME|FILE", help="Survival by response time: de_maio, valenzuela, or a CSV file."),
]
BeforeOption = Annotated[
    float,
    typer.Option("--before-s", min=0.0, metavar="S", help="Seconds from the call until a unit rolls, for survival."),
]
GroupsOption = Annotated[
    str,
    typer.Option(
        "--groups", metavar="BY", help="For fairness: area, municipality, district, organisation, centre or urban."
    ),
]
MostGapOption = Annotated[
    float,
    typer.Option("--most-gap", min=0.0, max=1.0, metavar="D", help="Largest difference of two groups' shares: equity."),
]
LeastShareOption = Annotated[
    float, typer.Option("--least-share", min=0.0, max=1.0, metavar="B", help="Least share of any group: equity.")
]
WithinOption = Annotated[
    float | None,
    typer.Option(
        "--within",
        min=0.0,
        max=100.0,
        metavar="PERCENT",
        help="Tell which sites all answers within so many per cent have.",
    ),
]
TradeOffOption = Annotated[
    str | None,
    typer.Option(
        "--trade-off",
        metavar="A,B",
        help="No answer is better by both of two: covered, backup, expected, survival, worst, cost, sites.",
    ),
]


def two_criteria(text: str | None) -> tuple[str, str] | None:
    """The two names of ``--trade-off``.

    Raises:
        OptionError: not two.
    """
    if text is None:
        return None
    names = [name.strip() for name in text.split(",")]
    if len(names) != 2:
        raise OptionError(
            "--trade-off", text, "it takes two criteria", "give two with a comma between, as covered,cost"
        )
    return names[0], names[1]


def model_settings(
    *,
    busy: float | None,
    mission_min: float | None,
    reliability: float,
    first_weight: float,
    outer_min: float | None,
    inner_share: float,
    curve: str | None,
    before_s: float,
    groups: Groups | None,
    most_gap: float,
    least_share: float,
    model: str = "",
) -> ModelSettings:
    """Settings of the models from the options of the call.

    Raises:
        OptionError: equity without any limit.
        UnknownIdError: there is no such survival curve.
        OutOfRangeError: a file holds no curve.
    """
    from beredt.coverage.survival import get_curve
    from beredt.siting.model_settings import MISSION_S, ModelSettings

    if model == "equity" and most_gap >= 1.0 and least_share <= 0.0:
        raise OptionError("--model", model, "it has no limit to keep", "give --least-share, or --most-gap below 1")
    return ModelSettings(
        busy=busy,
        mission_s=MISSION_S if mission_min is None else 60.0 * mission_min,
        reliability=reliability,
        first_weight=first_weight,
        outer_s=None if outer_min is None else 60.0 * outer_min,
        inner_share=inner_share,
        curve=None if curve is None else get_curve(curve),
        before_s=before_s,
        groups=groups,
        most_gap=most_gap,
        least_share=least_share,
    )
