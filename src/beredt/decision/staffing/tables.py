"""All tables about staff, from a study and the services of its alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.ranges import Range, read_ranges
from beredt.decision.staffing.answering_tables import answering_tables
from beredt.decision.staffing.changes import UnitChange, unit_changes
from beredt.decision.staffing.desks import Desk, desks_of, known_works, read_desks
from beredt.decision.staffing.hours import StaffedUnit, fte_of, staffed_units
from beredt.decision.staffing.people_served import AMBULANCE, Served, people_served
from beredt.decision.staffing.printed import PEOPLE_SHARE, new_fte, people_share, printed_row
from beredt.decision.staffing.unstated import unstated_staff
from beredt.decision.staffing.year_tables import years_tables
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study

DESK = "desk"


def staff_tables(study: Study, services: Mapping[str, Service]) -> dict[str, pl.DataFrame]:
    """Tables about staff by name; what the study brings no figures for has no rows.

    Args:
        study: with whatever tables about staff it brings.
        services: finished service by alternative id, today among them.

    Returns:
        staff, staff_changes, staff_published, staff_answering, staff_answering_hours, staff_years, staff_retiring,
        people_served, staff_unstated.
    """
    figures = read_ranges(study.decision.get("staff_figures"))
    units = {name: staffed_units(service, people_of(study)) for name, service in services.items()}
    desks = read_desks(study.decision.get("desks"))
    served = _served(study, services)
    staff = staff_table(units, desks, figures.get("net_hours"))
    return {
        "staff": staff,
        "staff_changes": changes_table(study, units, desks, figures.get("net_hours")),
        "staff_published": published_table(study, units, desks, served, figures.get("net_hours")),
        "people_served": served_table(served),
        "staff_unstated": unstated_table(services, served, desks),
        **answering_tables(study, services, figures),
        **years_tables(study, staff, figures),
    }


def people_of(study: Study) -> Mapping[str, float]:
    """People on duty by kind of unit, as the study's crews say."""
    crews = study.decision.get("crews")
    if crews is None or crews.is_empty():
        return {}
    return {str(kind): float(people) for kind, people in crews.select("kind", "people").iter_rows()}


def staff_table(units: Mapping[str, Sequence[StaffedUnit]], desks: Sequence[Desk], net: Range | None) -> pl.DataFrame:
    """Table `staff`: hours and full-time equivalents by organisation, work, station and kind of unit."""
    return result_frame("staff", (row for name in units for row in _staff_rows(name, units[name], desks, net)))


def _staff_rows(
    alternative: str, units: Sequence[StaffedUnit], desks: Sequence[Desk], net: Range | None
) -> Iterator[dict[str, Cell]]:
    cells: dict[tuple[str, str, str], list[StaffedUnit]] = {}
    for unit in units:
        cells.setdefault((unit.organisation, unit.station, unit.kind), []).append(unit)
    for (organisation, station, kind), own in cells.items():
        known = [unit.person_h for unit in own if unit.person_h is not None]
        person_h = sum(known) if len(known) == len(own) else None
        yield {
            "alternative": alternative, "organisation": organisation, "work": AMBULANCE, "station": station,
            "kind": kind, "units": len(own), "duty_h": sum(unit.duty_h for unit in own), "person_h": person_h,
            **fte_cells(None if person_h is None else fte_of(person_h, net)), "whole": True,
        }  # fmt: skip
    whole = known_works(desks)
    for desk in desks_of(desks, alternative):
        yield {
            "alternative": alternative, "organisation": desk.organisation, "work": desk.work, "station": "",
            "kind": desk.id, "units": None, "duty_h": None, "person_h": desk.person_h, **fte_cells(desk.fte(net)),
            "whole": (desk.organisation, desk.work) in whole,
        }  # fmt: skip


def changes_table(
    study: Study, units: Mapping[str, Sequence[StaffedUnit]], desks: Sequence[Desk], net: Range | None
) -> pl.DataFrame:
    """Table `staff_changes`: what becomes of staff in each alternative, against today and against the baseline."""
    rows: list[dict[str, Cell]] = []
    for baseline in baselines_of(study, units):
        for name, own in units.items():
            if name != baseline:
                place: dict[str, Cell] = {"baseline": baseline, "alternative": name}
                rows += [place | row for row in _change_rows(unit_changes(units[baseline], own), net)]
                rows += [place | row for row in _desk_rows(desks, baseline, name, net)]
    return result_frame("staff_changes", rows)


def baselines_of(study: Study, run: Mapping[str, object]) -> tuple[str, ...]:
    """What alternatives are compared with: today, and the gate's baseline."""
    gate = study.settings.gate
    return tuple(dict.fromkeys([TODAY, *([gate.baseline] if gate and gate.baseline in run else [])]))


def _change_rows(changes: Iterator[UnitChange], net: Range | None) -> Iterator[dict[str, Cell]]:
    sums: dict[tuple[str, str, str, str], tuple[int, float]] = {}
    for one in changes:
        key = one.organisation, one.what, one.station, one.other
        count, hours = sums.get(key, (0, 0.0))
        sums[key] = count + 1, hours + one.person_h
    for (organisation, what, station, other), (count, hours) in sums.items():
        yield {
            "organisation": organisation, "work": AMBULANCE, "what": what, "station": station, "other": other,
            "units": count, "person_h": hours, **fte_cells(fte_of(hours, net)),
        }  # fmt: skip


def _desk_rows(desks: Sequence[Desk], baseline: str, alternative: str, net: Range | None) -> Iterator[dict[str, Cell]]:
    """Desks of the alternative alone count, and those of the baseline alone count against it."""
    for sign, name in ((1.0, alternative), (-1.0, baseline)):
        for desk in desks:
            if name != TODAY and desk.alternative == name:
                fte = desk.fte(net)
                ends = None if fte is None else sorted((sign * fte.low, sign * fte.high))
                yield {
                    "organisation": desk.organisation, "work": desk.work, "what": DESK, "station": desk.id,
                    "other": "", "units": None, "person_h": None if desk.person_h is None else sign * desk.person_h,
                    **fte_cells(None if fte is None or ends is None else Range(ends[0], sign * fte.likely, ends[1])),
                }  # fmt: skip


def published_table(
    study: Study,
    units: Mapping[str, Sequence[StaffedUnit]],
    desks: Sequence[Desk],
    served: Mapping[str, Sequence[Served]],
    net: Range | None,
) -> pl.DataFrame:
    """Table `staff_published`: printed figures of the alternatives that were run, worked out again."""
    frame = study.decision.get("staff_published")
    rows: list[dict[str, Cell]] = []
    for line in [] if frame is None else frame.iter_rows(named=True):
        name, work, owner = line["alternative"], line["work"], line["owner"]
        if name not in units:
            continue
        if line["measure"] == PEOPLE_SHARE:
            computed = people_share(served.get(TODAY, ()), served.get(name, ()), work, owner)
        else:
            computed = new_fte(unit_changes(units[TODAY], units[name]), desks, name, work, owner, net)
        rows.append(printed_row(line, computed, net))
    return result_frame("staff_published", rows)


def _served(study: Study, services: Mapping[str, Service]) -> dict[str, tuple[Served, ...]]:
    """Without a population in its year, as in the study of a trace, nobody knows."""
    years = study.population["year"].to_list() if "year" in study.population.columns else []
    if study.settings.study.year not in years:
        return {}
    return {name: people_served(study, service) for name, service in services.items()}


def served_table(served: Mapping[str, Sequence[Served]]) -> pl.DataFrame:
    """Table `people_served`."""
    rows: list[dict[str, Cell]] = []
    for name, own in served.items():
        for one in own:
            whole = None if one.outside is None else one.inside + one.outside
            rows.append(
                {
                    "alternative": name,
                    "service": one.service,
                    "owner": one.owner,
                    "people_inside": one.inside,
                    "people_outside": one.outside,
                    "people": whole,
                    "change_share": people_share(served[TODAY], own, one.service, one.owner),
                }
            )
    return result_frame("people_served", rows)


def unstated_table(
    services: Mapping[str, Service], served: Mapping[str, Sequence[Served]], desks: Sequence[Desk]
) -> pl.DataFrame:
    """Table `staff_unstated`."""
    return result_frame("staff_unstated", (one._asdict() for one in unstated_staff(services, served, desks)))


def fte_cells(fte: Range | None) -> dict[str, Cell]:
    """The columns fte_low, fte and fte_high."""
    if fte is None:
        return {"fte_low": None, "fte": None, "fte_high": None}
    return {"fte_low": fte.low, "fte": fte.likely, "fte_high": fte.high}
