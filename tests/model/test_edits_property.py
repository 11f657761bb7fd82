"""Whatever edits are laid on a service: the base stays as it is, and either all of them hold or none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import EditError
from beredt.model.dictionary import load_edits
from beredt.model.edits.apply import apply_edits, resolve_edits
from beredt.model.edits.edit import Edit
from beredt.model.edits.parse import parse_edits
from beredt.model.field import Field
from beredt.model.read import load_study
from beredt.model.service import Service
from tests.tiny_study import write_tiny_study

NEW_IDS = ("new-1", "new-2", "new-3")


@cache
def base() -> tuple[Service, str]:
    with TemporaryDirectory() as folder:
        service = load_study(write_tiny_study(Path(folder))).service
    return service, service.checksum()


def _value(field: Field) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one for each type of a field
    """Values of a key as TOML has them: ids mostly of the study or made by other edits, sometimes of nobody."""
    if field.refers_to:
        table, column = field.refers_to[0]
        known = sorted({getattr(row, column) for row in getattr(base()[0], table)})
        ids = st.sampled_from([*known, *known, *NEW_IDS, *(["*"] if field.base_type == "any_id" else [])])
        return st.lists(ids, min_size=1, max_size=3, unique=True) if field.base_type == "ids" else ids
    low, high = field.bounds()
    low, high = low or 0.0, max(low or 0.0, min(high or 0.0, 400.0))
    match field.base_type:
        case "choice":
            return st.sampled_from(field.choices)
        case "float":
            return st.floats(low, high, allow_nan=False)
        case "int":
            return st.integers(math.ceil(low), math.floor(high))
        case "clock":
            return st.sampled_from(["00:00", "07:30", "16:00", "23:59"])
        case "weekdays":
            return st.sampled_from(["mon-sun", "mon-fri", "sat;sun", "fri-mon"])
        case "shifts":
            shifts = st.sampled_from(["mon-fri 08:00-20:00", "sat;sun 20:00-08:00", "mon-sun 00:00-24:00"])
            return st.lists(shifts, min_size=1, max_size=2, unique=True)
        case "texts":
            return st.lists(st.sampled_from(["A>H", "A>V", "H>V", "V>A"]), unique=True)
        case "id":
            return st.sampled_from(NEW_IDS)
        case "ids":
            return st.lists(st.sampled_from(["doctor", "stretcher"]), min_size=1, unique=True)
        case _:
            return st.just("A name")


def _entry(kind: str, keys: Mapping[str, Field]) -> st.SearchStrategy[dict[str, Any]]:
    required = {"edit": st.just(kind), **{key: _value(field) for key, field in keys.items() if field.required}}
    return st.fixed_dictionaries(
        required, optional={key: _value(field) for key, field in keys.items() if not field.required}
    )


edit_lists = st.lists(
    st.sampled_from(list(load_edits())).flatmap(lambda kind: _entry(kind, load_edits()[kind])), max_size=6
)


def _edits(entries: list[dict[str, Any]]) -> tuple[Edit, ...]:
    parsed = parse_edits("alternatives/x.toml", "", entries)
    assert parsed.issues == (), [issue.text() for issue in parsed.issues]
    return parsed.edits


@given(edit_lists)
def test_the_base_is_unchanged_and_all_or_nothing_holds(entries: list[dict[str, Any]]) -> None:
    service, checksum = base()
    edits = _edits(entries)
    resolved, complaints = resolve_edits(service, edits)
    if complaints:
        with pytest.raises(EditError) as caught:
            apply_edits(service, edits)
        assert caught.value.complaints == complaints
    else:
        edited = apply_edits(service, edits)
        assert edited == resolved
        assert edited == apply_edits(service, edits), "the same edits make the same service"
        assert (edited.checksum() == checksum) == (edited == service)
    assert service.checksum() == checksum
    assert all(1 <= one.number <= len(edits) and one.kind == edits[one.number - 1].kind for one in complaints)


@given(edit_lists, edit_lists)
def test_edits_in_two_steps_are_edits_in_one(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> None:
    service, _ = base()
    try:
        whole = apply_edits(service, (*_edits(first), *_edits(second)))
    except EditError:
        return
    assert apply_edits(apply_edits(service, _edits(first)), _edits(second)) == whole


@given(edit_lists)
def test_an_edited_service_refers_to_nothing_that_is_gone(entries: list[dict[str, Any]]) -> None:
    service, _ = base()
    edited, _ = resolve_edits(service, _edits(entries))
    stations = {station.id for station in edited.stations}
    centres = {centre.id for centre in edited.centres}
    organisations = {organisation.id for organisation in edited.organisations}
    assert {unit.station for unit in edited.units} <= stations
    assert all(point.home_stations and set(point.home_stations) <= stations for point in edited.standby_points)
    assert {station.centre for station in edited.stations} | {area.centre for area in edited.areas} <= centres
    assert {station.organisation for station in edited.stations} <= organisations
    assert len({unit.id for unit in edited.units}) == len(edited.units)
    assert len(stations) == len(edited.stations)
