"""All edits, in the order in which the documentation shows them."""

from __future__ import annotations

from beredt.model.edits.add_pathway import AddPathway
from beredt.model.edits.add_roster import AddRoster
from beredt.model.edits.add_unit import AddUnit
from beredt.model.edits.assign_areas import AssignAreas
from beredt.model.edits.close_department import CloseDepartment
from beredt.model.edits.close_link import CloseLink
from beredt.model.edits.close_standby_point import CloseStandbyPoint
from beredt.model.edits.close_station import CloseStation
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_hospital import MoveHospital
from beredt.model.edits.move_standby_point import MoveStandbyPoint
from beredt.model.edits.move_station import MoveStation
from beredt.model.edits.move_unit import MoveUnit
from beredt.model.edits.open_hospital import OpenHospital
from beredt.model.edits.open_landing_point import OpenLandingPoint
from beredt.model.edits.open_link import OpenLink
from beredt.model.edits.open_standby_point import OpenStandbyPoint
from beredt.model.edits.open_station import OpenStation
from beredt.model.edits.remove_unit import RemoveUnit
from beredt.model.edits.reroster_unit import RerosterUnit
from beredt.model.edits.scale_interval import ScaleInterval
from beredt.model.edits.scale_rate import ScaleRate
from beredt.model.edits.scale_speed import ScaleSpeed
from beredt.model.edits.scale_triage import ScaleTriage
from beredt.model.edits.set_ask import SetAsk
from beredt.model.edits.set_border_policy import SetBorderPolicy
from beredt.model.edits.set_by_pass import SetByPass
from beredt.model.edits.set_crisis import SetCrisis
from beredt.model.edits.set_cutoff import SetCutoff
from beredt.model.edits.set_dispatch import SetDispatch
from beredt.model.edits.set_hospital_places import SetHospitalPlaces
from beredt.model.edits.set_interval import SetInterval
from beredt.model.edits.set_link_speed import SetLinkSpeed
from beredt.model.edits.set_misrouting import SetMisrouting
from beredt.model.edits.set_pathway import SetPathway
from beredt.model.edits.set_planned_task import SetPlannedTask
from beredt.model.edits.set_relocation import SetRelocation
from beredt.model.edits.set_reserve import SetReserve
from beredt.model.edits.set_roster_hours import SetRosterHours
from beredt.model.edits.set_speed import SetSpeed
from beredt.model.edits.set_triage import SetTriage
from beredt.model.edits.set_unit_kind import SetUnitKind
from beredt.model.edits.set_unit_price import SetUnitPrice
from beredt.model.edits.transfer_station import TransferStation

EDIT_KINDS: tuple[type[Edit], ...] = (
    OpenStation,
    CloseStation,
    MoveStation,
    TransferStation,
    OpenStandbyPoint,
    CloseStandbyPoint,
    MoveStandbyPoint,
    AddUnit,
    RemoveUnit,
    MoveUnit,
    RerosterUnit,
    SetRosterHours,
    AddRoster,
    AssignAreas,
    SetBorderPolicy,
    ScaleRate,
    SetInterval,
    ScaleInterval,
    SetSpeed,
    ScaleSpeed,
    SetMisrouting,
    SetReserve,
    SetDispatch,
    SetCutoff,
    SetUnitPrice,
    SetAsk,
    SetUnitKind,
    SetRelocation,
    OpenLink,
    CloseLink,
    SetLinkSpeed,
    AddPathway,
    SetPathway,
    CloseDepartment,
    OpenHospital,
    MoveHospital,
    SetTriage,
    ScaleTriage,
    SetPlannedTask,
    SetHospitalPlaces,
    SetByPass,
    SetCrisis,
    OpenLandingPoint,
)
