"""Tables that must have a row for every combination."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations, product

from beredt.model.dictionary import load_tables
from beredt.model.issue import Issue, shown
from beredt.model.reading.table import Table, Tables
from beredt.model.urgency import URGENCIES

OPTIONAL_INTERVAL = "second_on_scene"
"""Only asked for where second units are."""

Combination = tuple[str | int, ...]


def check_completeness(tables: Tables, year: int | None) -> Iterator[Issue]:
    """Missing combinations, one issue for each table. `year` is the study's, None if it could not be read."""
    wanted: list[tuple[str, Mapping[str, Iterable[str | int]]]] = [
        ("needs", {"urgency": URGENCIES}),
        ("intervals", {"interval": _intervals(), "urgency": URGENCIES}),
        ("intervals", {"interval": [OPTIONAL_INTERVAL], "urgency": _second_units(tables)}),
        ("speeds", {"purpose": _choices("speeds", "purpose")}),
        ("age_rates", {"age_band": _choices("age_rates", "age_band")}),
        ("profile", {"urgency": URGENCIES, "weekday": range(1, 8), "hour": range(24)}),
        ("rates", {"rate_region": _column(tables, "areas", "rate_region"), "urgency": URGENCIES}),
        ("hospital_choice", {"hospital_zone": _column(tables, "areas", "hospital_zone"), "urgency": URGENCIES}),
    ]
    if year is not None:
        bands = _choices("age_shares", "age_band")
        wanted += [
            ("population", {"area": _column(tables, "areas", "id"), "year": [year]}),
            ("age_shares", {"region": _age_regions(tables), "year": [year], "age_band": bands}),
        ]
    for name, values in wanted:
        if name in tables:
            yield from _missing(tables[name], tuple(values), product(*values.values()))
    if "border_rules" in tables:
        pairs = permutations(_column(tables, "centres", "id"), 2)
        rules = ((asking, owning, urgency) for asking, owning in pairs for urgency in URGENCIES)
        yield from _missing(tables["border_rules"], ("asking_centre", "owning_centre", "urgency"), rules)


def _missing(table: Table, key: tuple[str, ...], wanted: Iterable[Combination]) -> Iterator[Issue]:
    """One issue for all combinations that the table lacks; silent where keys that could not be read may be they."""
    rows = list(table.frame.select(key).iter_rows())
    have = set(rows)
    unread = sum(None in row for row in rows)
    missing = [combination for combination in wanted if combination not in have]
    if len(missing) > unread:
        first = ", ".join(f"{name} {value}" for name, value in zip(key, missing[0], strict=True))
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        yield Issue(
            table.file,
            None,
            ", ".join(key),
            shown(", ".join(str(value) for value in missing[0])),
            len(missing),
            f"no row for {first}{more}",
            "add a row for every combination of " + ", ".join(key),
        )


def _choices(table: str, field: str) -> tuple[str, ...]:
    return load_tables()[table].get_field(field).choices


def _intervals() -> list[str]:
    return [name for name in _choices("intervals", "interval") if name != OPTIONAL_INTERVAL]


def _column(tables: Tables, table: str, column: str) -> list[str]:
    """The different values of a column, in their order; none where the table could not be read."""
    return list(dict.fromkeys(tables[table].frame[column].drop_nulls())) if table in tables else []


def _second_units(tables: Tables) -> list[str]:
    """Urgencies that ask for second units."""
    if "needs" not in tables:
        return []
    rows = tables["needs"].frame.select("urgency", "second_unit_share").drop_nulls().iter_rows()
    return [urgency for urgency, share in rows if share > 0]


def _age_regions(tables: Tables) -> list[str]:
    """Districts, and municipalities of areas without one."""
    if "areas" not in tables:
        return []
    rows = tables["areas"].frame.select("district", "municipality").iter_rows()
    return list(dict.fromkeys(district or town for district, town in rows if district or town))
