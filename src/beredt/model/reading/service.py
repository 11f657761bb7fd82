"""Typed tables to a service and to published figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import polars as pl

from beredt.model.age_rate import AgeRate
from beredt.model.area import Area
from beredt.model.area_factor import AreaFactor
from beredt.model.ask import Ask
from beredt.model.border_rule import BorderRule
from beredt.model.by_pass import ByPass
from beredt.model.centre import Centre
from beredt.model.closed_department import ClosedDepartment
from beredt.model.compliance_row import ComplianceRow
from beredt.model.crisis_rule import CrisisRule
from beredt.model.dispatch_rules import DispatchRules
from beredt.model.district import District
from beredt.model.hospital import Hospital
from beredt.model.hospital_choice import HospitalChoice
from beredt.model.hospital_places import HospitalPlaces
from beredt.model.interval import Interval
from beredt.model.landing_point import LandingPoint
from beredt.model.link import Link
from beredt.model.misrouting import Misrouting
from beredt.model.municipality import Municipality
from beredt.model.need import Need
from beredt.model.organisation import Organisation
from beredt.model.pathway import Pathway
from beredt.model.place import Place
from beredt.model.planned_task import PlannedTask
from beredt.model.priority_entry import PriorityEntry
from beredt.model.profile_hour import ProfileHour
from beredt.model.published_figure import PublishedFigure
from beredt.model.rate import Rate
from beredt.model.reading.table import Table, Tables
from beredt.model.relocation_rules import STANDBY_RULES, RelocationRules
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service
from beredt.model.speed import Speed
from beredt.model.standby_point import StandbyPoint
from beredt.model.station import Station
from beredt.model.travel_hour import TravelHour
from beredt.model.triage_share import TriageShare
from beredt.model.unit import Unit
from beredt.model.unit_kind import UnitKind
from beredt.model.unit_price import UnitPrice

Row = TypeVar("Row")

SERVICE_TABLES = (
    "areas", "municipalities", "districts", "organisations", "centres", "stations", "standby_points", "unit_kinds",
    "units", "rosters", "hospitals", "hospital_choice", "rates", "age_rates", "profile", "needs", "intervals",
    "speeds", "border_rules",
)  # fmt: skip
"""Tables that the service is made of."""

POLICY_TABLES = (
    "compliance",
    "priority_list",
    "unit_prices",
    "asks",
    "travel_hours",
    "area_factors",
    "pathways",
    "triage",
    "closed_departments",
    "planned_tasks",
    "hospital_places",
    "by_passes",
    "landing_points",
    "crisis_rules",
)
"""Tables of the service that a study may do without."""

_HOURS = {"start": "start_s", "end": "end_s"}
_FLIGHT_HOURS = {"flight_start": "flight_start_s", "flight_end": "flight_end_s"}


def build_service(
    tables: Tables,
    dispatch: DispatchRules,
    misrouting: Misrouting,
    noise_sigma: float,
    relocation: RelocationRules = STANDBY_RULES,
) -> Service:
    """The service in the tables, rows in their order. Cells must be whole, or filled by `with_stand_ins`."""
    return Service(
        areas=_rows(Area, tables["areas"]),
        municipalities=_rows(Municipality, tables["municipalities"]),
        districts=_rows(District, tables["districts"]),
        organisations=_rows(Organisation, tables["organisations"]),
        centres=_rows(Centre, tables["centres"]),
        stations=_rows(Station, tables["stations"]),
        standby_points=_rows(StandbyPoint, tables["standby_points"], _HOURS),
        unit_kinds=_rows(UnitKind, tables["unit_kinds"], _FLIGHT_HOURS),
        units=_rows(Unit, tables["units"]),
        rosters=_rows(RosterRow, tables["rosters"], _HOURS),
        hospitals=_rows(Hospital, tables["hospitals"]),
        hospital_choice=_rows(HospitalChoice, tables["hospital_choice"]),
        rates=_rows(Rate, tables["rates"]),
        age_rates=_rows(AgeRate, tables["age_rates"]),
        profile=_rows(ProfileHour, tables["profile"]),
        needs=_rows(Need, tables["needs"]),
        intervals=_rows(Interval, tables["intervals"]),
        speeds=_rows(Speed, tables["speeds"]),
        border_rules=_rows(BorderRule, tables["border_rules"]),
        dispatch=dispatch,
        misrouting=misrouting,
        noise_sigma=noise_sigma,
        relocation=relocation,
        compliance=_rows_if_there(ComplianceRow, tables, "compliance"),
        priority_list=_rows_if_there(PriorityEntry, tables, "priority_list"),
        unit_prices=_rows_if_there(UnitPrice, tables, "unit_prices"),
        asks=_rows_if_there(Ask, tables, "asks", _HOURS),
        travel_hours=_rows_if_there(TravelHour, tables, "travel_hours"),
        area_factors=_rows_if_there(AreaFactor, tables, "area_factors"),
        places=_rows_if_there(Place, tables, "places"),
        links=_rows_if_there(Link, tables, "links"),
        pathways=_rows_if_there(Pathway, tables, "pathways", _HOURS),
        closed_departments=_rows_if_there(ClosedDepartment, tables, "closed_departments", _HOURS),
        triage=_rows_if_there(TriageShare, tables, "triage"),
        planned_tasks=_rows_if_there(PlannedTask, tables, "planned_tasks", _HOURS),
        hospital_places=_rows_if_there(HospitalPlaces, tables, "hospital_places", _HOURS),
        by_passes=_rows_if_there(ByPass, tables, "by_passes"),
        landing_points=_rows_if_there(LandingPoint, tables, "landing_points"),
        crisis_rules=_rows_if_there(CrisisRule, tables, "crisis_rules"),
    )


def build_published(tables: Tables) -> tuple[PublishedFigure, ...]:
    """The published figures, in the order of their table."""
    return _rows(PublishedFigure, tables["published"])


def with_stand_ins(tables: Tables, required: Iterable[str]) -> Tables:
    """The tables with something harmless in every null cell of a required column, given as `table.column`.

    Only good for finding faults in edits while the tables themselves are still faulty.
    """
    columns = set(required)
    return {
        name: Table(
            name,
            table.file,
            table.frame.with_columns(
                _stand_in(values)
                for values in table.frame.get_columns()
                if f"{name}.{values.name}" in columns and values.null_count()
            ),
            table.cells,
            table.lines,
        )
        for name, table in tables.items()
    }


def _stand_in(values: pl.Series) -> pl.Series:
    if isinstance(values.dtype, pl.List):
        return pl.Series(values.name, [[] if one is None else one for one in values], dtype=values.dtype)
    if values.dtype == pl.String:
        return values.fill_null("")
    return values.fill_null(False) if values.dtype == pl.Boolean else values.fill_null(0)


def _rows(kind: type[Row], table: Table, renamed: dict[str, str] | None = None) -> tuple[Row, ...]:
    frame = table.frame.rename(renamed or {})
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    return tuple(kind(**_tuples(row, lists)) for row in frame.iter_rows(named=True))


def _rows_if_there(
    kind: type[Row], tables: Tables, name: str, renamed: dict[str, str] | None = None
) -> tuple[Row, ...]:
    return _rows(kind, tables[name], renamed) if name in tables else ()


def _tuples(row: dict[str, Any], lists: Iterable[str]) -> dict[str, Any]:
    for name in lists:
        row[name] = tuple(row[name] or ())
    return row
