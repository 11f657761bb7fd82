"""Generated calls as an alternative meets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from beredt.demand.generate import GeneratedCalls, generate_calls, prepare_demand
from beredt.demand.intensity import Period, weekly_profile
from beredt.demand.purposes import Purpose
from beredt.dispatch.world import Incidents
from beredt.errors import StudyError, UnknownIdError
from beredt.model.need import Need
from beredt.model.service import Service
from beredt.simulation.incident_rules import prepare_incident_rules
from beredt.simulation.pack_incidents import pack_incidents, scene_areas, whole_ms
from beredt.simulation.study_roads import TableRoads
from tests.demand import naive
from tests.demand.small_service import MEDIANS_S, SIGMAS, small_network, small_service

SERVICE = small_service()
NETWORK = small_network(SERVICE)
DURATIONS = ("mobilisation_s", "out_s", "on_scene_s", "handover_s", "second_on_scene_s")


def make_calls(per_stratum: float = 1200.0) -> GeneratedCalls:
    yearly = np.full((len(SERVICE.areas), 3), per_stratum)
    period = Period(date(2026, 1, 1), 0, 365, 0)
    return generate_calls(prepare_demand(SERVICE.areas, yearly, weekly_profile(SERVICE.profile), period), 5, 0)


CALLS = make_calls()
"""About 28,800 incidents."""


def pack(service: Service, calls: GeneratedCalls = CALLS) -> Incidents:
    return pack_incidents(prepare_incident_rules(service, TableRoads(NETWORK)), calls)


INCIDENTS = pack(SERVICE)
TRANSFER: NDArray[np.bool_] = INCIDENTS.scene < len(SERVICE.hospitals)
"""Hospitals are the first nodes of the small network."""


def share_is(found: NDArray[np.bool_], share: float) -> bool:
    return bool(abs(found.mean() - share) <= 3.5 * np.sqrt(share * (1 - share) / len(found)))


def test_every_array_has_its_type_and_length() -> None:
    types = {"call_t": "f8", "ready_t": "f8", "ready_order": "i4", "urgency": "i1", "scene": "i4", "centre": "i4"}
    types |= {"dest": "i4", "second": "i1", "noise": "f8"} | dict.fromkeys(DURATIONS, "f8")
    types |= dict.fromkeys(("scene_leg", "dest_leg", "target_s"), "f8")
    assert set(types) == set(Incidents._fields) - {"asks", "tasks", "wards"}
    for name, kind in types.items():
        array = getattr(INCIDENTS, name)
        assert array.dtype == np.dtype(kind), name
        assert array.shape == CALLS.call_t.shape
        assert array.flags.c_contiguous


@pytest.mark.parametrize("name", DURATIONS)
def test_durations_are_whole_milliseconds(name: str) -> None:
    seconds = getattr(INCIDENTS, name)
    np.testing.assert_array_equal(np.rint(seconds * 1000) / 1000, seconds)
    assert seconds.min() >= 0


@pytest.mark.parametrize("interval", ["mobilisation", "mobilisation_out", "on_scene", "handover", "handling"])
@pytest.mark.parametrize("code", [0, 1, 2])
def test_medians_and_spread_are_recovered(interval: str, code: int) -> None:
    names = {"mobilisation": "mobilisation_s", "mobilisation_out": "out_s", "on_scene": "on_scene_s"}
    service = replace(SERVICE, misrouting=replace(SERVICE.misrouting, share=0.0))
    incidents = pack(service)
    all_s = (
        incidents.ready_t - incidents.call_t
        if interval == "handling"
        else getattr(incidents, names.get(interval, "handover_s"))
    )
    seconds = all_s[incidents.urgency == code]
    median, sigma = MEDIANS_S[interval][code], SIGMAS[interval]
    log = np.log(seconds / median)
    # The median of a normal sample has standard error 1.2533 sigma / √n.
    assert abs(np.median(log)) <= 3.5 * 1.2533 * sigma / np.sqrt(len(log)) + 1e-9
    assert log.std() == pytest.approx(sigma, rel=0.04)


def test_second_units_stay_as_long_as_the_table_says_and_only_where_asked_for() -> None:
    asked = INCIDENTS.second == 1
    assert not INCIDENTS.second_on_scene_s[~asked].any()
    log = np.log(INCIDENTS.second_on_scene_s[asked] / 1440.0)
    assert abs(np.median(log)) <= 3.5 * 1.2533 * 0.3 / np.sqrt(asked.sum())
    assert share_is(asked[INCIDENTS.urgency == 0], 0.23)
    assert not asked[INCIDENTS.urgency > 0].any()


def test_the_factor_on_drives_has_mean_1() -> None:
    assert abs(INCIDENTS.noise.mean() - 1.0) < 3.5 * INCIDENTS.noise.std() / np.sqrt(len(INCIDENTS.noise))
    assert np.log(INCIDENTS.noise).std() == pytest.approx(0.25, rel=0.02)
    assert (pack(replace(SERVICE, noise_sigma=0.0)).noise == 1.0).all()


def test_shares_of_transport_and_transfers_are_recovered() -> None:
    for code, (transport, transfer) in enumerate([(0.7, 0.0), (0.75, 0.05), (0.9, 0.4)]):
        mine = INCIDENTS.urgency == code
        assert share_is(TRANSFER[mine], transfer)
        assert share_is(INCIDENTS.dest[mine & ~TRANSFER] >= 0, transport)


def test_transfers_start_at_a_hospital_and_end_at_home() -> None:
    home = np.array([NETWORK.index_of(f"area:{area.id}") for area in SERVICE.areas])[CALLS.area]
    np.testing.assert_array_equal(INCIDENTS.dest[TRANSFER], home[TRANSFER])
    np.testing.assert_array_equal(INCIDENTS.scene[~TRANSFER], home[~TRANSFER])


def test_the_centre_is_that_of_the_place_where_it_happens() -> None:
    """The middle hospital lies nearest to a4, the eastern to b4; centres are numbered as in the table (b is 0)."""
    number = {"centre-b": 0, "centre-a": 1}
    by_area = np.array([number[area.centre] for area in SERVICE.areas])
    np.testing.assert_array_equal(INCIDENTS.centre[~TRANSFER], by_area[CALLS.area[~TRANSFER]])
    hospital_centre = np.array([1, 1, 0])
    np.testing.assert_array_equal(INCIDENTS.centre[TRANSFER], hospital_centre[INCIDENTS.scene[TRANSFER]])
    area = scene_areas(prepare_incident_rules(SERVICE, TableRoads(NETWORK)), CALLS)
    np.testing.assert_array_equal(area[~TRANSFER], CALLS.area[~TRANSFER])
    np.testing.assert_array_equal(area[TRANSFER], np.array([0, 3, 7])[INCIDENTS.scene[TRANSFER]])


@pytest.mark.parametrize("transfers", [False, True])
def test_choice_of_hospital_is_recovered_and_the_nearest_of_the_list(transfers: bool) -> None:
    """West: 70 % to the nearer of west and mid, 20 % east, 10 % mid. East: the nearer of east and west."""
    chosen = INCIDENTS.scene if transfers else INCIDENTS.dest
    for index, area in enumerate(SERVICE.areas):
        mine = (CALLS.area == index) & (transfers == TRANSFER) & (chosen >= 0)
        shares = [0.0, 0.0, 1.0]
        if area.hospital_zone == "zone-a":
            shares = [0.7, 0.1, 0.2] if area.id in {"a1", "a2"} else [0.0, 0.8, 0.2]
        for hospital, share in enumerate(shares):
            assert share_is(chosen[mine] == hospital, share)


def test_calls_near_a_border_are_misrouted() -> None:
    """Within 5 km of the other side lie a4 and b1; a fifth of calls there, but no transfer, loses 10 to 90 s."""
    without = pack(replace(SERVICE, misrouting=replace(SERVICE.misrouting, share=0.0)))
    lost = INCIDENTS.ready_t - without.ready_t
    near = np.isin(CALLS.area, [3, 4]) & ~TRANSFER
    assert not lost[~near].any()
    assert share_is(lost[near] > 0, 0.2)
    delays = lost[near & (lost > 0)]
    assert stats.kstest(delays, stats.uniform(10, 80).cdf).pvalue > 0.001
    assert not (
        pack(replace(SERVICE, misrouting=replace(SERVICE.misrouting, band_km=0.0))).ready_t - without.ready_t
    ).any()


def test_without_another_centre_nothing_is_misrouted() -> None:
    alone = replace(SERVICE, areas=tuple(replace(area, centre="centre-a") for area in SERVICE.areas))
    without = pack(replace(SERVICE, misrouting=replace(SERVICE.misrouting, share=0.0)))
    np.testing.assert_array_equal(pack(alone).ready_t, without.ready_t)


def test_ready_order_is_by_time_and_then_by_index() -> None:
    ready = INCIDENTS.ready_t
    np.testing.assert_array_equal(INCIDENTS.ready_order, np.lexsort((np.arange(len(ready)), ready)))
    np.testing.assert_array_equal(whole_ms(ready), ready)
    assert (ready >= INCIDENTS.call_t).all()


@given(factor=st.floats(0.1, 10), interval=st.sampled_from(["mobilisation", "on_scene", "handover"]))
@settings(max_examples=20)
def test_another_median_scales_and_redraws_nothing(factor: float, interval: str) -> None:
    scaled = tuple(
        replace(row, median_s=row.median_s * factor) if row.interval == interval else row for row in SERVICE.intervals
    )
    after = pack(replace(SERVICE, intervals=scaled))
    for name in set(Incidents._fields) - {"asks", "tasks", "wards"}:
        before_, after_ = getattr(INCIDENTS, name), getattr(after, name)
        if name == f"{interval}_s":
            np.testing.assert_allclose(after_, before_ * factor, rtol=0, atol=0.0005 * (factor + 1) + 1e-6)
        else:
            np.testing.assert_array_equal(after_, before_)


@given(
    low=st.floats(0, 1), high=st.floats(0, 1), which=st.sampled_from(["transport", "second_unit", "hospital_origin"])
)
@settings(max_examples=20)
def test_a_higher_share_keeps_those_it_held(low: float, high: float, which: str) -> None:
    low, high = min(low, high), max(low, high)

    def held(share: float) -> tuple[NDArray[np.bool_], ...]:
        needs = tuple(Need(need.urgency, share, share, 0.0) for need in SERVICE.needs)
        incidents = pack(replace(SERVICE, needs=needs))
        transfers = pack(replace(SERVICE, needs=tuple(replace(need, hospital_origin_share=share) for need in needs)))
        return incidents.dest >= 0, incidents.second == 1, transfers.scene < len(SERVICE.hospitals)

    for fewer, more in zip(held(low), held(high), strict=True):
        assert not (fewer & ~more).any()


def test_the_same_draws_whatever_the_alternative() -> None:
    """An alternative that moves areas to another centre changes centres and misrouting, and nothing else."""
    moved = tuple(replace(area, centre="centre-b") if area.id == "a4" else area for area in SERVICE.areas)
    after = pack(replace(SERVICE, areas=moved))
    for name in set(Incidents._fields) - {"centre", "ready_t", "ready_order", "asks"}:
        np.testing.assert_array_equal(getattr(after, name), getattr(INCIDENTS, name))
    assert (after.centre != INCIDENTS.centre).any()


def test_the_slow_twin_meets_incidents_the_same_way() -> None:
    """Straight from the tables, one incident at a time."""
    for i in range(0, len(CALLS.call_t), 97):
        slow = slowly(int(CALLS.stratum[i]), int(CALLS.k[i]), int(CALLS.area[i]), int(CALLS.urgency[i]))
        assert INCIDENTS.ready_t[i] - CALLS.call_t[i] == pytest.approx(slow["handling"], abs=0.0021)
        for name in DURATIONS:
            assert getattr(INCIDENTS, name)[i] == pytest.approx(slow[name], abs=0.0011)
        assert INCIDENTS.noise[i] == pytest.approx(slow["noise"], rel=1e-12)
        assert (INCIDENTS.scene[i], INCIDENTS.dest[i], INCIDENTS.second[i]) == (
            slow["scene"],
            slow["dest"],
            slow["second"],
        )


def slowly(stratum: int, k: int, area_index: int, code: int) -> dict[str, float]:
    """One incident in plain Python."""

    def draw(purpose: Purpose) -> float:
        return naive.uniform(5, 0, stratum, k, 4 + purpose)

    def lasts(interval: str, purpose: Purpose) -> float:
        return naive.lognormal_s(draw(purpose), MEDIANS_S[interval][code], SIGMAS[interval])

    area = SERVICE.areas[area_index]
    need = SERVICE.needs[code]
    home = NETWORK.index_of(f"area:{area.id}")
    below = 0.0
    for row in SERVICE.hospital_choice:
        if row.hospital_zone == area.hospital_zone and row.urgency == "AHV"[code]:
            below += row.share
            if draw(Purpose.HOSPITAL) < below:
                nodes = [NETWORK.index_of(f"hospital:{name}") for name in row.hospitals]
                hospital = min(nodes, key=lambda node: NETWORK.trip_s(home, node))
                break
    transfer = draw(Purpose.HOSPITAL_ORIGIN) < need.hospital_origin_share
    second = draw(Purpose.SECOND_UNIT) < need.second_unit_share
    misrouted = area.id in {"a4", "b1"} and not transfer and draw(Purpose.MISROUTED) < 0.2
    transported = draw(Purpose.TRANSPORT) < need.transport_share
    return {
        "handling": lasts("handling", Purpose.HANDLING) + misrouted * (10 + 80 * draw(Purpose.MISROUTING_DELAY)),
        "mobilisation_s": lasts("mobilisation", Purpose.MOBILISATION),
        "out_s": lasts("mobilisation_out", Purpose.MOBILISATION),
        "on_scene_s": lasts("on_scene", Purpose.ON_SCENE),
        "handover_s": lasts("handover", Purpose.HANDOVER),
        "second_on_scene_s": second * lasts("second_on_scene", Purpose.SECOND_ON_SCENE),
        "noise": np.exp(0.25 * stats.norm.ppf(draw(Purpose.NOISE)) - 0.5 * 0.25**2),
        "scene": hospital if transfer else home,
        "dest": home if transfer else hospital if transported else -1,
        "second": int(second),
    }


def test_everything_that_is_missing_is_told_at_once() -> None:
    gaps = replace(
        SERVICE,
        intervals=tuple(row for row in SERVICE.intervals if row.interval != "handover"),
        needs=SERVICE.needs[:2],
        hospital_choice=tuple(row for row in SERVICE.hospital_choice if row.hospital_zone != "zone-b"),
    )
    with pytest.raises(StudyError) as caught:
        prepare_incident_rules(gaps, TableRoads(NETWORK))
    assert len(caught.value.issues) == 3 + 1 + 3
    assert "no handover for urgency A" in str(caught.value)


def test_second_units_need_no_time_where_there_are_none() -> None:
    """Only acute incidents ask for a second unit here."""
    rows = tuple(row for row in SERVICE.intervals if row.interval != "second_on_scene" or row.urgency == "A")
    without = pack(replace(SERVICE, intervals=rows))
    np.testing.assert_array_equal(without.second_on_scene_s, INCIDENTS.second_on_scene_s)
    with pytest.raises(StudyError, match="no second_on_scene for urgency A"):
        pack(replace(SERVICE, intervals=tuple(row for row in SERVICE.intervals if row.interval != "second_on_scene")))


def test_an_area_without_a_node_is_told() -> None:
    stranger = replace(SERVICE, areas=(replace(SERVICE.areas[0], id="a1-stranger"), *SERVICE.areas[1:]))
    with pytest.raises(UnknownIdError, match="a1-stranger"):
        prepare_incident_rules(stranger, TableRoads(NETWORK))


def test_no_incident_at_all() -> None:
    assert len(pack(SERVICE, make_calls(0.0)).call_t) == 0
