"""Layouts, the rules they keep, the steps between them, and the edits that make them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.search.budget import Prices, parse_budget
from beredt.decision.search.describe import Told
from beredt.decision.search.files import write_answer
from beredt.decision.search.layout import Layout, RosterHours, Slot, find_changed, make_layout
from beredt.decision.search.moves import list_moves
from beredt.decision.search.options import SearchOptions, space_of
from beredt.decision.search.space import Space
from beredt.decision.search.to_edits import layout_edits, service_of_layout
from beredt.errors import OptionError, UnknownIdError
from beredt.model.edits.parse import parse_edits
from beredt.model.study import Study
from tests.decision.search.conftest import FREE

STATIONS = ("st-east", "st-south", "st-west")


def all_layouts() -> Iterator[Layout]:
    """Every layout of the space `free`, by counting and nothing else."""
    for pair in combinations_with_replacement(STATIONS, 2):
        for day in STATIONS:
            slots = [Slot("ambulance", site, "all-day") for site in pair] + [Slot("ambulance", day, "day-shift")]
            yield make_layout(Counter(slots))


def layout_of(space: Space, layout: Layout) -> Layout:
    """What a service after the edits of a layout has, counted anew."""
    service = service_of_layout(space, layout)
    staying = {unit.id for unit in space.service.units} - space.movable
    return make_layout(Counter(Slot(u.kind, u.station, u.roster) for u in service.units if u.id not in staying))


def test_today_needs_no_edit(free: Space) -> None:
    assert layout_edits(free, free.today) == ()
    assert service_of_layout(free, free.today).checksum() == free.service.checksum()


def test_every_layout_comes_of_its_edits(free: Space) -> None:
    for layout in all_layouts():
        assert free.allows(layout)
        assert layout_of(free, layout) == layout


def test_moving_one_unit_is_one_edit(free: Space) -> None:
    slot = Slot("ambulance", "st-south", "all-day")
    moved = find_changed(free.today, [slot], [slot._replace(site="st-east")])
    assert moved is not None
    assert [(e.kind, e.given()) for e in layout_edits(free, moved)] == [
        ("move_unit", {"unit": "two", "station": "st-east"})
    ]


def test_steps_reach_every_layout_and_no_other(free: Space) -> None:
    seen, waiting = {free.today}, [free.today]
    while waiting:
        for move, after in list_moves(free, waiting.pop()):
            assert free.allows(after), move
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    assert seen == set(all_layouts())


def test_a_station_is_opened_and_one_left(crowded: Study) -> None:
    space = space_of(crowded, replace(FREE, most_opened=1, candidates=("standby",)))
    everything = find_changed(
        space.today,
        [slot for slot, count in space.today.units for _ in range(count)],
        [slot._replace(site="sb-mid") for slot, count in space.today.units for _ in range(count)],
    )
    assert everything is not None
    assert space.allows(everything)
    kinds = [edit.kind for edit in layout_edits(space, everything)]
    # The single responder stays in the south, so the station is not closed.
    assert kinds == ["open_station", "move_unit", "move_unit", "move_unit"]
    assert layout_of(space, everything) == everything


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"most_closed": 0}, "left without units"),
        ({"across_owners": False}, "units of another organisation"),
        ({"lock": ("st-south",)}, "locked"),
    ],
)
def test_rules_are_kept(crowded: Study, change: dict[str, object], fault: str) -> None:
    space = space_of(crowded, replace(FREE, **change))  # type: ignore[arg-type]  # by name
    slots = [Slot("ambulance", "st-east", "all-day")] * 2 + [Slot("ambulance", "st-east", "day-shift")]
    assert fault in (space.find_fault(make_layout(Counter(slots))) or "")
    assert space.allows(space.today)


def test_budgets_count_units_hours_positions_and_money(crowded: Study) -> None:
    prices = Prices(fte=1e6, unit=5e5, station=2e6)
    budget = space_of(crowded, replace(FREE, prices=prices, net_hours=1460.0)).budget
    today, rosters = space_of(crowded, FREE).today, crowded.service.rosters
    hours = 168 + 168 + 60
    assert budget.cost_in("units", today, rosters) == 3
    assert budget.cost_in("hours", today, rosters) == hours
    fte = hours * 2 * 365 / 7 / 1460
    assert budget.cost_in("fte", today, rosters) == pytest.approx(fte)
    assert budget.cost_in("nok", today, rosters) == pytest.approx(fte * 1e6 + 3 * 5e5 + 2e6)
    shorter = Layout(today.units, (RosterHours("day-shift", 9 * 3600, 17 * 3600),))
    assert budget.cost_in("hours", shorter, rosters) == 168 + 168 + 40


def test_a_two_person_unit_around_the_clock_takes_twelve_positions(crowded: Study) -> None:
    space = space_of(crowded, FREE)
    one = make_layout({Slot("ambulance", "st-east", "all-day"): 1})
    assert space.budget.cost_in("fte", one, crowded.service.rosters) == pytest.approx(12.0)


def test_a_larger_budget_lets_units_be_added(crowded: Study) -> None:
    space = space_of(crowded, replace(FREE, budget="units:4", keep_rosters=False))
    added = [after for move, after in list_moves(space, space.today) if move.kind == "add"]
    assert added
    assert all(sum(n for _, n in one.units) == 4 for one in added)
    assert layout_of(space, added[0]) == added[0]


def test_hours_of_a_roster_are_shifted(crowded: Study) -> None:
    space = space_of(crowded, replace(FREE, shift=("day-shift",)))
    shifted = [after for move, after in list_moves(space, space.today) if move.kind == "shift"]
    assert {(one.hours[0].start_s // 3600, one.hours[0].end_s // 3600) for one in shifted} >= {
        (7, 19),
        (9, 21),
        (8, 18),
    }
    # None is longer: the budget is today's.
    assert all(space.cost(one) <= space.cost(space.today) + 1e-9 for one in shifted)
    service = service_of_layout(space, shifted[0])
    assert service.rosters != crowded.service.rosters


def test_answers_are_read_back_as_written(free: Space, tmp_path: Path) -> None:
    layout = next(one for one in all_layouts() if one != free.today)
    edits = layout_edits(free, layout)
    text = write_answer(tmp_path, "search", edits, Told({"en": "T"}, {"en": 'It says "so".'})).read_text(
        encoding="utf-8"
    )
    raw = tomllib.loads(text)
    assert raw["description"]["en"] == 'It says "so".'
    assert parse_edits("answer.toml", text, raw["edits"]).edits == edits


@given(st.lists(st.tuples(st.sampled_from(STATIONS), st.sampled_from(["all-day", "day-shift"])), max_size=6))
def test_equal_layouts_have_equal_keys_whatever_the_order(places: list[tuple[str, str]]) -> None:
    slots = [Slot("ambulance", *place) for place in places]
    one, other = make_layout(Counter(slots)), make_layout(Counter(reversed(slots)))
    assert one == other
    assert one.key == other.key


@pytest.mark.parametrize("text", ["fte", "fte:", "cars:3", "fte:-1", "fte:nan", "units:inf"])
def test_a_budget_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(OptionError, match="no such budget"):
        parse_budget(text)


def test_what_does_not_fit_the_study_is_refused(crowded: Study) -> None:
    with pytest.raises(OptionError, match="cost 3 already"):
        space_of(crowded, replace(FREE, budget="units:2"))
    with pytest.raises(UnknownIdError):
        space_of(crowded, replace(FREE, stations=("st-north",)))
    with pytest.raises(UnknownIdError):
        space_of(crowded, SearchOptions(shift=("night",)))
    with pytest.raises(OptionError, match="no unit is in question"):
        space_of(crowded, replace(FREE, stations=("st-east",)))
    with pytest.raises(OptionError, match="no such source"):
        space_of(crowded, replace(FREE, most_opened=1, candidates=("nowhere",)))


def test_new_sites_come_from_a_file(crowded: Study, tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text("id,name,lat,lon\nfar-east,Fjern øst,59.900,10.660\n", encoding="utf-8")
    space = space_of(crowded, replace(FREE, most_opened=1, candidates=(str(path),)))
    new = [site for site in space.sites if site.is_new]
    assert [(site.id, site.organisation, site.centre) for site in new] == [("far-east", "trust-east", "centre-east")]
    path.write_text("id,name,lat,lon\nfar,Fjern,69.9,10.660\n", encoding="utf-8")
    with pytest.raises(OptionError, match="line 2 is no place of the study"):
        space_of(crowded, replace(FREE, most_opened=1, candidates=(str(path),)))
