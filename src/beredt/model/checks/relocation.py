"""Rules of relocation must have what they follow, and tables must be ones that can be followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from beredt.model.checks.lack import SETTINGS, Lack
from beredt.model.issue import Severity
from beredt.model.relocation_rules import TABLE_RULES
from beredt.model.relocation_tables import configurations, find_followed, list_tables, ranked_stations
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES


def check_relocation(service: Service) -> Iterator[Lack]:
    """Rules without their table, tables that ask for the impossible or move more than need be, nobody to send."""
    yield from _followed(service)
    for table in list_tables(service, "compliance"):
        yield from _too_many(service, table)
        yield from _not_nested(service, table)
    yield from _elsewhere(service)
    yield from _nobody_to_send(service)


def _followed(service: Service) -> Iterator[Lack]:
    """The rule follows a table that is not there, or it is not said which."""
    rules = service.relocation
    known = list_tables(service, rules.rule)
    if rules.rule not in TABLE_RULES:
        if rules.table:
            message = f"the rule {rules.rule} follows no table"
            yield _setting("relocation.table", message, "remove relocation.table, or name another rule")
    elif not known:
        message = f"the rule {rules.rule} needs the table {rules.rule}, which has no rows"
        yield _setting("relocation.rule", message, f"add the table {rules.rule}, or name another rule")
    elif rules.table and rules.table not in known:
        message = f"there is no table {rules.table!r} in {rules.rule}"
        yield _setting("relocation.table", message, "use one of " + ", ".join(known))
    elif not rules.table and len(known) > 1:
        message = f"{rules.rule} holds {len(known)} tables, and none is named"
        yield _setting("relocation.rule", message, "name one as relocation.table: " + ", ".join(known))


def _too_many(service: Service, table: str) -> Iterator[Lack]:
    """Configurations with more units than are free."""
    for free, several in configurations(service, table).items():
        for slots in several:
            if len(slots) > free:
                message = f"table {table} wants {len(slots)} units out when {free} are free"
                yield _row("units", message, f"let its units sum to {free} or fewer", "error")


def _not_nested(service: Service, table: str) -> Iterator[Lack]:
    """Configurations of which no configuration for one unit more is an extension: a warning, crews move more."""
    several = configurations(service, table)
    for free, fewer in several.items():
        more = several.get(free + 1)
        for slots in fewer if more else ():
            if not any(Counter(slots) <= Counter(extended) for extended in more or ()):
                message = f"table {table} is not nested: its {free} free units are no part of its {free + 1}"
                yield _row("free_units", message, "keep the stations and add one, if crews should move less", "warning")


def _elsewhere(service: Service) -> Iterator[Lack]:
    """The followed table has stations that the centre's units are not moved to."""
    rules, table = service.relocation, find_followed(service)
    if not rules.only_centre or table is None:
        return
    centre_of = {station.id: station.centre for station in service.stations}
    if rules.rule == "compliance":
        named = {row.station for row in service.compliance if row.table == table}
    else:
        named = set(ranked_stations(service, table))
    strange = sorted(station for station in named if centre_of.get(station) != rules.only_centre)
    if strange:
        message = f"table {table} names stations of other centres than {rules.only_centre}: {', '.join(strange)}"
        remedy = "leave these stations out, or let the rule hold for all centres"
        yield Lack(rules.rule, None, "station", message, remedy, "error")


def _nobody_to_send(service: Service) -> Iterator[Lack]:
    """An urgency for which no kind of unit may be sent as the main unit."""
    used = {unit.kind for unit in service.units}
    for urgency in URGENCIES:
        primary = {one.id for one in service.unit_kinds if one.primary and one.id in used and urgency in one.answers}
        if not primary and any(one.primary and one.id in used for one in service.unit_kinds):
            message = f"no kind of unit that may be the main unit answers urgency {urgency}"
            remedy = "add a unit of a kind that answers it, or let one of the kinds answer it"
            yield Lack("unit_kinds", None, "answers", message, remedy, "error")
        never = {row.kind for row in service.unit_prices if row.urgency == urgency and row.price_s is None}
        if primary and primary <= never:
            message = f"no kind of unit may be sent as the main unit for urgency {urgency}"
            yield Lack("unit_prices", None, "price_s", message, "give one of the kinds a price in seconds", "error")


def _setting(key: str, message: str, remedy: str) -> Lack:
    return Lack(SETTINGS, None, key, message, remedy, "error")


def _row(field: str, message: str, remedy: str, severity: Severity) -> Lack:
    return Lack("compliance", None, field, message, remedy, severity)
