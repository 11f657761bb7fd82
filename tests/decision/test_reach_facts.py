"""Reach from stations, and claims about it, on the tiny study's roads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from beredt.decision.people_table import people_table
from beredt.decision.reach_facts import reach_facts_table, reach_minutes, reach_table, verdict_of_share
from beredt.model.misrouting import Misrouting
from beredt.model.study import Study
from beredt.roads.network import Network
from tests.decision.made_results import today_with
from tests.decision.pretended import services_of


def facts(study: Study, network: Network, minutes: float, indicator: str) -> dict[str, object]:
    claims = today_with(study, network, (minutes, "min", indicator), (1.0, "people", "people:2026:all"))
    table = reach_facts_table(claims.study, network)
    assert table.height == 1
    return table.row(0, named=True)


@pytest.mark.parametrize(
    ("share", "verdict"), [(1.0, "reproduced"), (0.5, "reproduced"), (0.49, "touched"), (0.0, "not_reproduced")]
)
def test_half_the_people_are_enough(share: float, verdict: str) -> None:
    assert verdict_of_share(share) == verdict


def test_driving_is_at_acute_speed_door_to_door(tiny: Study, tiny_network: Network) -> None:
    minutes = reach_minutes(tiny, tiny_network)
    row, column = tiny_network.index_of("station:st-east"), tiny_network.index_of("area:w1")
    assert minutes["st-east"][6] == pytest.approx(tiny_network.trip_s(row, column) / 60.0 * 0.8)


def test_a_claim_is_reproduced_touched_or_not(tiny: Study, tiny_network: Network) -> None:
    near = facts(tiny, tiny_network, 60.0, "reach:st-east:municipality:ost")
    assert (near["verdict"], near["share"]) == ("reproduced", 1.0)
    assert isinstance(near["half_min"], float)
    closest = float(np.min(reach_minutes(tiny, tiny_network)["st-east"][:6]))
    touched = facts(tiny, tiny_network, closest + 1e-6, "reach:st-east:ost")
    assert touched["verdict"] == "touched"
    assert facts(tiny, tiny_network, 0.5, "reach:st-east:sor")["verdict"] == "not_reproduced"


def test_half_of_the_people_by_hand(tiny: Study, tiny_network: Network) -> None:
    # West: 3,000 + 2,500 + 2,700 + 700; the minute at which 4,450 are reached is that of the second nearest area.
    found = facts(tiny, tiny_network, 10.0, "reach:st-west:vest")
    minutes = sorted(reach_minutes(tiny, tiny_network)["st-west"][6:10].tolist())
    assert found["half_min"] == pytest.approx(minutes[1])


def test_surroundings_of_a_place(tiny: Study, tiny_network: Network) -> None:
    # p-west is at 59.900, 10.535: w1, w2 and w3 lie within 1.5 km, w4 at 10.512 does too (1.3 km), the east does not.
    found = facts(tiny, tiny_network, 60.0, "reach:st-west:place:p-west")
    assert found["share"] == 1.0
    assert found["zone"] == "place:p-west"


@pytest.mark.parametrize(
    ("indicator", "lack"),
    [
        ("reach:st-moon:vest", "unknown_place"),
        ("reach:st-east:moon", "unknown_place"),
        ("reach:st-east", "bad_argument"),
        ("reach", "bad_argument"),
    ],
)
def test_a_claim_that_cannot_be_read_keeps_its_row(
    tiny: Study, tiny_network: Network, indicator: str, lack: str
) -> None:
    found = facts(tiny, tiny_network, 10.0, indicator)
    assert (found["missing"], found["verdict"], found["share"]) == (lack, None, None)


def test_the_reach_table_counts_people_by_zone(tiny: Study, tiny_network: Network) -> None:
    table = reach_table(tiny, tiny_network)
    assert table.height == 3 * 3 * 4
    assert table["share"].is_between(0.0, 1.0).all()
    far = table.filter(station="st-east", zone="ost-by", minutes=20.0)
    assert far["people"].to_list() == [11300.0]
    steps = table.filter(station="st-west", zone="vest").sort("minutes")["people"].to_list()
    assert steps == sorted(steps)


def test_the_people_table_has_every_kind_and_the_printed_figure(tiny: Study, tiny_network: Network) -> None:
    claims = today_with(
        tiny, tiny_network,
        (8000.0, "people", "people:2026:municipality:vest"),
        (9000.0, "people", "people_nearest_station:2026:municipality:vest:st-west"),
        (5.0, "people", "people_near_border:2026:2:vest:sor"),
        (5.0, "people", "people:2026:municipality:vest+sor"),
    ).study  # fmt: skip
    table = people_table(claims, tiny_network, services_of(tiny))
    assert set(table["measure"]) == {"population", "near_border", "near_centre_border", "nearest_station"}
    assert table.select("measure", "alternative", "what", "year").is_unique().all()
    printed = table.filter(table["printed"].is_not_null())
    assert sorted(printed["printed"].to_list()) == [5.0, 8000.0, 9000.0]
    vest = table.filter(measure="population", what="vest", year=2026)
    assert vest["value"].to_list() == [8900.0]


def test_people_near_another_centre_follow_the_border(tiny: Study, tiny_network: Network) -> None:
    # Vest's areas lie 5.7 km from Øst's, cell edge to people; Vest and Øst share a centre in 0+, and not in 2.
    wide = Misrouting(band_km=5.9, share=0.05, delay_min_s=0.0, delay_max_s=90.0)
    services = {key: replace(service, misrouting=wide) for key, service in services_of(tiny).items()}
    table = people_table(tiny, tiny_network, services).filter(measure="near_centre_border", year=2026)
    east = {key: table.filter(alternative=key, what="centre-east")["value"].item() for key in ("0+", "2")}
    assert east["2"] == pytest.approx(4000 + 3500 + 3800)
    assert east["0+"] == pytest.approx(3000 + 2700 + 700)
