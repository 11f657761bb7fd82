"""A service: everything that an edit may change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

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
from beredt.model.rate import Rate
from beredt.model.relocation_rules import STANDBY_RULES, RelocationRules
from beredt.model.road_change import RoadChange
from beredt.model.roster_row import RosterRow
from beredt.model.speed import Speed
from beredt.model.standby_point import StandbyPoint
from beredt.model.station import Station
from beredt.model.travel_hour import TravelHour
from beredt.model.triage_share import TriageShare
from beredt.model.unit import Unit
from beredt.model.unit_kind import UnitKind
from beredt.model.unit_price import UnitPrice


@dataclass(frozen=True, slots=True)
class Service:
    """Areas, places, units and rules: today's service, or an alternative's after its edits.

    All rows keep the order of their tables; edits add new rows at the end. `noise_sigma` (≥ 0) is the spread of
    the logarithm of drive times between incidents. `links` are main roads of today between `places`, none on roads of a
    map; `road_changes` are laid on them, or on the map, in their order, each in the years in which it holds.

    `triage` is the matrix under which the urgencies of `rates` were given; `triage_now` is the one under which they are
    given in this service, the same where it is empty.
    """

    areas: tuple[Area, ...]
    municipalities: tuple[Municipality, ...]
    districts: tuple[District, ...]
    organisations: tuple[Organisation, ...]
    centres: tuple[Centre, ...]
    stations: tuple[Station, ...]
    standby_points: tuple[StandbyPoint, ...]
    unit_kinds: tuple[UnitKind, ...]
    units: tuple[Unit, ...]
    rosters: tuple[RosterRow, ...]
    hospitals: tuple[Hospital, ...]
    hospital_choice: tuple[HospitalChoice, ...]
    rates: tuple[Rate, ...]
    age_rates: tuple[AgeRate, ...]
    profile: tuple[ProfileHour, ...]
    needs: tuple[Need, ...]
    intervals: tuple[Interval, ...]
    speeds: tuple[Speed, ...]
    border_rules: tuple[BorderRule, ...]
    dispatch: DispatchRules
    misrouting: Misrouting
    noise_sigma: float
    relocation: RelocationRules = STANDBY_RULES
    compliance: tuple[ComplianceRow, ...] = ()
    priority_list: tuple[PriorityEntry, ...] = ()
    unit_prices: tuple[UnitPrice, ...] = ()
    asks: tuple[Ask, ...] = ()
    travel_hours: tuple[TravelHour, ...] = ()
    area_factors: tuple[AreaFactor, ...] = ()
    places: tuple[Place, ...] = ()
    links: tuple[Link, ...] = ()
    road_changes: tuple[RoadChange, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    closed_departments: tuple[ClosedDepartment, ...] = ()
    triage: tuple[TriageShare, ...] = ()
    triage_now: tuple[TriageShare, ...] = ()
    planned_tasks: tuple[PlannedTask, ...] = ()
    hospital_places: tuple[HospitalPlaces, ...] = ()
    by_passes: tuple[ByPass, ...] = ()
    landing_points: tuple[LandingPoint, ...] = ()
    crisis_rules: tuple[CrisisRule, ...] = ()

    def checksum(self) -> str:
        """SHA-256 over everything in the service: equal services, and only they, have equal checksums."""
        digest = hashlib.sha256()
        for field in fields(self):
            digest.update(f"{field.name}={getattr(self, field.name)!r}\n".encode())
        return digest.hexdigest()
