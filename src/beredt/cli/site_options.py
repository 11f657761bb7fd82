"""Options of ``beredt site`` that make a siting problem of a study: where, when, for whom, at what price."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AlternativeOption = Annotated[
    str | None, typer.Option("--alternative", metavar="ID", help="The alternative [default: the study's base].")
]
UrgencyOption = Annotated[
    str | None,
    typer.Option("--urgency", metavar="A[,H,V]", help="Urgencies that count, each with its target [default: A]."),
]
MinutesOption = Annotated[
    str | None,
    typer.Option(
        "--minutes",
        metavar="MIN",
        help="Drive that counts as reached: 10, or A=10,H=25 [default: the study's targets].",
    ),
]
PeriodsOption = Annotated[
    str | None,
    typer.Option(
        "--periods",
        metavar="PARTS",
        help="Parts of the week with units of their own: day-evening-night, hours, or day=08-20,night=20-08.",
    ),
]
CandidatesOption = Annotated[
    Path | None,
    typer.Option(
        "--candidates",
        metavar="FILE",
        help="CSV of places: id, lat, lon, and if wanted name, status, costs, capacity, owner.",
    ),
]
OnlyCandidatesOption = Annotated[
    bool, typer.Option("--only-candidates", help="Stations and standby points count only if the file names them.")
]
LatticeOption = Annotated[
    float | None,
    typer.Option("--lattice-km", metavar="KM", help="Candidates: the busiest area of each square of this side."),
]
BordersOption = Annotated[
    str | None,
    typer.Option(
        "--borders", metavar="open|closed|SHARE", help="What cover across any border counts [default: open, 1]."
    ),
]
BorderOption = Annotated[
    list[str] | None,
    typer.Option(
        "--border",
        metavar="A>B=SHARE",
        help="What cover from stations of A counts in areas of B: closed, open or a share; * is anybody.",
    ),
]
BorderOfOption = Annotated[
    str | None,
    typer.Option("--border-of", metavar="WHOSE", help="Borders of centre or organisation [default: centre]."),
]
BudgetOption = Annotated[
    float | None, typer.Option("--budget", min=0.0, metavar="B", help="Most that may be spent [default: no limit].")
]
BudgetUnitOption = Annotated[
    str | None,
    typer.Option(
        "--budget-unit", metavar="units|fte|nok", help="What budget and costs are counted in [default: units]."
    ),
]
UnitCostOption = Annotated[
    float | None,
    typer.Option("--unit-cost", min=0.0, help="Cost of a unit round the clock [default: 1 unit, or 12 FTE]."),
]
OpeningCostOption = Annotated[
    float | None, typer.Option("--opening-cost", min=0.0, help="Cost of a new station [default: 0].")
]
MovingCostOption = Annotated[
    float | None, typer.Option("--moving-cost", min=0.0, help="Cost of giving up a station of today [default: 0].")
]
CapacityOption = Annotated[
    int | None, typer.Option("--capacity", min=0, metavar="N", help="Most units at a site [default: no limit].")
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder for site.html, sites.geojson and tables [default: no files]."),
]
