"""Options of ``beredt site`` that only models of availability read."""

from __future__ import annotations

from typing import Annotated

import typer

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
    float | None,
    typer.Option(
        "--reliability",
        min=0.0,
        max=0.9999,
        metavar="A",
        help="Chance of a free unit: malp1, malp2, q-malp [default: 0.8].",
    ),
]
FirstWeightOption = Annotated[
    float | None,
    typer.Option(
        "--first-weight",
        min=0.0,
        max=1.0,
        metavar="W",
        help="Weight of the first cover against backup: bacop2 [default: 0.5].",
    ),
]
OuterOption = Annotated[
    float | None,
    typer.Option("--outer-min", min=0.0, metavar="MIN", help="The longer standard of dsm [default: twice the target]."),
]
InnerShareOption = Annotated[
    float | None,
    typer.Option(
        "--inner-share",
        min=0.0,
        max=1.0,
        metavar="A",
        help="Share of calls within the target: dsm [default: 0.8].",
    ),
]
CurveOption = Annotated[
    str | None,
    typer.Option("--curve", metavar="NAME|FILE", help="Survival by response time: de_maio, valenzuela, or a CSV file."),
]
BeforeOption = Annotated[
    float | None,
    typer.Option(
        "--before-s", min=0.0, metavar="S", help="Seconds from the call until a unit rolls, for survival [default: 0]."
    ),
]
GroupsOption = Annotated[
    str | None,
    typer.Option(
        "--groups",
        metavar="BY",
        help="For fairness: area, municipality, district, organisation, centre or urban [default: area].",
    ),
]
MostGapOption = Annotated[
    float | None,
    typer.Option("--most-gap", min=0.0, max=1.0, metavar="D", help="Largest difference of two groups' shares: equity."),
]
LeastShareOption = Annotated[
    float | None, typer.Option("--least-share", min=0.0, max=1.0, metavar="B", help="Least share of any group: equity.")
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
        help="Two of covered, backup, expected, survival, worst, drive, longest, cost, sites, against each other.",
    ),
]
