"""Pathways: a story by hand for each, and what holds for any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.demand.generate import GeneratedCalls, first_calls
from beredt.demand.purposes import Purpose
from beredt.model.closed_department import ClosedDepartment
from beredt.model.pathway import Pathway
from beredt.model.service import Service
from beredt.simulation.case import _digest
from beredt.simulation.pack_incidents import hospital_of, is_transfer, pack_incidents
from beredt.simulation.paths.choose import hours_of
from beredt.simulation.paths.path_rules import PathRules, plan_paths
from tests.demand.small_service import MEDIANS_S
from tests.simulation.paths.small_paths import CALLS, ROADS, SERVICE, met, rules_of, small_study

ORDINARY = pack_incidents(rules_of(SERVICE), CALLS)
MID, EAST = 1, 2
"""Numbers of two of the hospitals."""


def with_paths(*pathways: Pathway, closed: tuple[ClosedDepartment, ...] = ()) -> Service:
    return replace(SERVICE, pathways=pathways, closed_departments=closed)


def pathway(stage: str, share: float = 1.0, urgency: str = "*", **others: Any) -> Pathway:
    return Pathway(id=others.pop("id", stage), name=stage, stage=stage, urgency=urgency, share=share, **others)


def paths_of(service: Service) -> PathRules:
    found = rules_of(service).paths
    assert found is not None
    return found


def same_incidents(one: Any, other: Any) -> None:
    for name in one._fields:
        if name == "asks":
            same_incidents(one.asks, other.asks)
            continue
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


def test_without_a_table_nothing_is_planned_and_nothing_changes() -> None:
    assert plan_paths(small_study(), SERVICE, ROADS) is None
    found = met(SERVICE)
    assert found.paths is None
    same_incidents(found.incidents, ORDINARY)


def test_a_pathway_that_nobody_takes_changes_nothing() -> None:
    found = met(with_paths(pathway("call", 0.0), pathway("scene", 0.0), pathway("delivery", 0.0)))
    same_incidents(found.incidents, ORDINARY)
    assert found.paths is not None
    np.testing.assert_array_equal(found.paths.incident, np.arange(len(CALLS.k)))


def test_hear_and_treat_of_ordinary_incidents_sends_nobody_and_costs_operator_minutes() -> None:
    found = met(with_paths(pathway("call", urgency="V", operator_min=10.0)))
    assert found.paths is not None
    taken = (CALLS.urgency == 2) & ~is_transfer(rules_of(SERVICE), CALLS)
    np.testing.assert_array_equal(found.paths.at_call >= 0, taken)
    np.testing.assert_array_equal(found.paths.incident >= 0, ~taken)
    assert len(found.incidents.call_t) == len(found.area) == (~taken).sum()
    handling = ORDINARY.ready_t - ORDINARY.call_t
    np.testing.assert_allclose(found.paths.operator_s - handling, np.where(taken, 600.0, 0.0), atol=1e-6)
    for name in ("on_scene_s", "dest", "noise", "mobilisation_s"):
        np.testing.assert_array_equal(getattr(found.incidents, name), getattr(ORDINARY, name)[~taken])


def test_who_calls_again_gets_a_unit_with_draws_of_its_own() -> None:
    found = met(with_paths(pathway("call", urgency="H", again_share=1.0, again_h=2.0, again_urgency="A")))
    assert found.paths is not None
    paths = found.paths
    again = np.flatnonzero(paths.patient != np.arange(len(paths.patient)))
    first = paths.patient[again]
    assert (paths.at_call[first] == 0).all()
    assert (paths.incident[first] == -1).all()
    assert (paths.incident[again] >= 0).all()
    assert (paths.given[again] == 0).all()
    assert (paths.drawn[again] == 1).all()
    assert (np.diff(paths.call_t) >= 0).all()
    delay_h = (paths.call_t[again] - paths.call_t[first]) / 3600.0
    assert delay_h.min() >= 0
    # The mean of n exponentials has standard error mean / √n; some at the end of the year are left out.
    assert delay_h.mean() == pytest.approx(2.0, abs=3.5 * 2.0 / np.sqrt(len(delay_h)))
    assert len(again) > 0.99 * (paths.at_call >= 0).sum()
    handling = found.incidents.ready_t[paths.incident[again]] - paths.call_t[again]
    assert np.median(handling) == pytest.approx(MEDIANS_S["handling"][0], rel=0.15)


def test_see_and_treat_leaves_those_who_would_be_transported_and_no_transfers() -> None:
    found = met(with_paths(pathway("scene", urgency="H", on_scene_factor=1.5, crew_min=5.0)))
    transfer = is_transfer(rules_of(SERVICE), CALLS)
    taken = (CALLS.urgency == 1) & ~transfer & (ORDINARY.dest >= 0)
    np.testing.assert_array_equal(found.incidents.dest[taken], -1)
    np.testing.assert_array_equal(found.incidents.dest[~taken], ORDINARY.dest[~taken])
    longer = np.where(taken, ORDINARY.on_scene_s * 1.5 + 300.0, ORDINARY.on_scene_s)
    np.testing.assert_allclose(found.incidents.on_scene_s, longer, atol=0.000_51)
    assert found.paths is not None
    assert (found.paths.hospital[taken] == -1).all()


def test_patients_are_delivered_to_the_out_of_hours_service_by_night_only() -> None:
    deliver = with_paths(
        pathway("delivery", deliver_to=("h-east",), handover_factor=0.5, start_s=22 * 3600, end_s=7 * 3600, urgency="H")
    )
    found = met(deliver)
    hour = hours_of(paths_of(deliver), CALLS.call_t) % 24
    transfer = is_transfer(rules_of(SERVICE), CALLS)
    taken = (CALLS.urgency == 1) & ~transfer & (ORDINARY.dest >= 0) & ((hour >= 22) | (hour < 7))
    east = ROADS.sites("hospital", SERVICE.hospitals).node[EAST]
    np.testing.assert_array_equal(found.incidents.dest, np.where(taken, east, ORDINARY.dest))
    halved = np.where(taken, ORDINARY.handover_s * 0.5, ORDINARY.handover_s)
    np.testing.assert_allclose(found.incidents.handover_s, halved, atol=0.000_51)
    assert found.paths is not None
    assert (found.paths.hospital[taken] == EAST).all()


def test_services_that_are_merged_take_the_patients_of_both() -> None:
    """Two places take patients, each the nearest; one is closed in favour of the other, and nobody else is moved."""
    way = pathway("delivery", deliver_to=("h-east", "h-mid"), urgency="H")
    merged = with_paths(way, closed=(ClosedDepartment("h-mid", "*", instead=("h-east",)),))
    two, one = met(with_paths(way)), met(merged)
    assert two.paths is not None
    assert one.paths is not None
    taken = two.paths.at_delivery >= 0
    assert set(two.paths.hospital[taken].tolist()) == {MID, EAST}
    np.testing.assert_array_equal(one.paths.at_delivery, two.paths.at_delivery)
    assert (one.paths.hospital[taken] == EAST).all()
    was_mid = ~taken & (two.paths.hospital == MID)
    assert was_mid.any(), "patients of other urgencies, who went there of their own"
    assert not (one.paths.hospital == MID).any()
    np.testing.assert_array_equal(one.paths.hospital[~taken & ~was_mid], two.paths.hospital[~taken & ~was_mid])


def test_an_escort_keeps_the_crew_of_transfers_for_hours() -> None:
    found = met(with_paths(pathway("delivery", origin="transfer", crew_min=180.0)))
    transfer = is_transfer(rules_of(SERVICE), CALLS)
    longer = np.where(transfer, ORDINARY.handover_s + 10_800.0, ORDINARY.handover_s)
    np.testing.assert_allclose(found.incidents.handover_s, longer, atol=0.000_51)
    np.testing.assert_array_equal(found.incidents.dest, ORDINARY.dest)


def test_a_closed_department_sends_its_patients_to_the_nearest_open_one() -> None:
    closed = (ClosedDepartment("h-east", "A"), ClosedDepartment("h-mid", "A", start_s=0, end_s=12 * 3600))
    service = with_paths(closed=closed)
    before, after = hospital_of(rules_of(SERVICE), CALLS), hospital_of(rules_of(service), CALLS)
    hour = hours_of(paths_of(service), CALLS.call_t) % 24
    acute = CALLS.urgency == 0
    # The nearest to the eastern one is the middle one, unless that is closed, too: in the morning.
    trip = ROADS.trip_s(ROADS.areas(SERVICE.areas), ROADS.sites("hospital", SERVICE.hospitals))
    wanted = before.copy()
    for n in np.flatnonzero(acute):
        open_ones = [0] if hour[n] < 12 else [0, 1]
        if before[n] not in open_ones:
            wanted[n] = min(open_ones, key=lambda h: trip[h, CALLS.area[n]])
    np.testing.assert_array_equal(after, wanted)
    assert (before[acute] == EAST).any()


def test_a_by_pass_takes_its_share_and_a_greater_one_takes_them_and_more() -> None:
    before = hospital_of(rules_of(SERVICE), CALLS) == EAST
    away = [
        before & (hospital_of(rules_of(with_paths(closed=(ClosedDepartment("h-east", "*", share),))), CALLS) != EAST)
        for share in (0.3, 0.6)
    ]
    assert not (away[0] & ~away[1]).any()
    assert away[0].sum() / before.sum() == pytest.approx(0.3, abs=3.5 * np.sqrt(0.21 / before.sum()))


def test_kinds_of_pathways_are_those_that_calls_are_told_with() -> None:
    """The same as `traits` draws, which the table of generated calls shows."""
    from beredt.demand.happenings import Happenings
    from beredt.demand.traits import draw_kinds

    rows = [
        {"urgency": u, "kind": k, "share": s}
        for u in ("A", "H", "V")
        for k, s in (("acute", 0.5), ("psychiatric", 0.3), ("maternity", 0.2))
    ]
    study = small_study(incident_kinds=rows)
    service = with_paths(pathway("call", kinds=("psychiatric",)))
    rules = rules_of(service, study)
    assert rules.paths is not None
    happened = Happenings(CALLS.stratum, CALLS.k.astype(np.int64), CALLS.area, CALLS.urgency, CALLS.call_t)
    names, kind = draw_kinds(service, study.demand["incident_kinds"], happened, CALLS.seed, CALLS.replication)
    transfer = is_transfer(rules, CALLS)
    np.testing.assert_array_equal(rules.paths.kinds.of(CALLS, transfer), kind)
    found = met(service, study)
    assert found.paths is not None
    np.testing.assert_array_equal(found.paths.at_call >= 0, kind == names.index("psychiatric"))


def test_pathways_know_who_calls_again_and_again() -> None:
    everybody = met(with_paths(pathway("call"))).paths
    often = met(with_paths(pathway("call", callers="repeat"))).paths
    others = met(with_paths(pathway("call", callers="others"))).paths
    assert everybody is not None
    assert often is not None
    assert others is not None
    np.testing.assert_array_equal((often.at_call >= 0) ^ (others.at_call >= 0), everybody.at_call >= 0)
    share = (often.at_call >= 0).sum() / (everybody.at_call >= 0).sum()
    assert share == pytest.approx(0.1, abs=3.5 * np.sqrt(0.09 / (everybody.at_call >= 0).sum()))


SHARES = st.floats(0.0, 1.0)


@st.composite
def any_pathways(draw: st.DrawFn) -> tuple[Pathway, ...]:
    stages = draw(st.lists(st.sampled_from(["call", "scene", "delivery"]), min_size=1, max_size=4))
    return tuple(
        Pathway(
            id=f"p{n}",
            name="p",
            stage=stage,
            urgency=draw(st.sampled_from("AHV*")),
            share=draw(SHARES),
            municipalities=draw(st.sampled_from([(), ("west",), ("east",)])),
            start_s=draw(st.sampled_from([0, 8 * 3600, 20 * 3600])),
            end_s=draw(st.sampled_from([16 * 3600, 86_400])),
            origin="ordinary" if stage == "scene" else draw(st.sampled_from(["ordinary", "transfer", "any"])),
            again_share=draw(SHARES) if stage == "call" else 0.0,
            deliver_to=draw(st.sampled_from([(), ("h-east",)])) if stage == "delivery" else (),
        )
        for n, stage in enumerate(stages)
    )


FEW = first_calls(CALLS, 400)


@settings(max_examples=25, deadline=None)
@given(any_pathways())
def test_incidents_in_are_incidents_out_with_a_pathway_each(pathways: tuple[Pathway, ...]) -> None:
    found = met(replace(SERVICE, pathways=pathways), calls=FEW)
    paths = found.paths
    assert paths is not None
    first = paths.patient == np.arange(len(paths.patient))
    assert first.sum() == len(FEW.k)
    np.testing.assert_array_equal(paths.incident >= 0, paths.at_call < 0)
    sent = paths.incident[paths.incident >= 0]
    np.testing.assert_array_equal(sent, np.arange(len(found.incidents.call_t)))
    np.testing.assert_array_equal(found.incidents.call_t, paths.call_t[paths.incident >= 0])
    np.testing.assert_array_equal(found.area, paths.area[paths.incident >= 0])
    taken_along = found.incidents.dest >= 0
    assert not (taken_along & (paths.at_scene[paths.incident >= 0] >= 0)).any()
    assert not (paths.hospital[paths.incident >= 0][~taken_along] >= 0).any()
    twin(pathways, found, FEW)


def twin(pathways: tuple[Pathway, ...], found: Any, calls: GeneratedCalls) -> None:
    """One call after the other, with the rules as the docs tell them; the draws by numpy's own Philox."""
    import hashlib

    paths = found.paths
    names = ("west", "west", "west", "west", "east", "east", "east", "east")
    first = np.flatnonzero(paths.patient == np.arange(len(paths.patient)))
    transfer_share = (0.0, 0.05, 0.4)
    for n in range(0, len(calls.k), 7):
        urgency = int(calls.urgency[n])
        transfer = calls.draws[Purpose.HOSPITAL_ORIGIN, n] < transfer_share[urgency]
        clock = int(calls.call_t[n] // 3600) % 24
        taken = {}
        for stage in ("call", "scene", "delivery"):
            taken[stage] = -1
            if stage != "call" and (taken["call"] >= 0):
                continue
            along = transfer or calls.draws[Purpose.TRANSPORT, n] < (0.7, 0.75, 0.9)[urgency]
            if stage == "scene" and (not along or transfer):
                continue
            if stage == "delivery" and (not along or taken["scene"] >= 0):
                continue
            for p, one in enumerate(pathways):
                if one.stage != stage or one.urgency not in ("*", "AHV"[urgency]):
                    continue
                if one.municipalities and names[calls.area[n]] not in one.municipalities:
                    continue
                begin, end = one.start_s // 3600, one.end_s // 3600
                if not (begin <= clock < end if begin < end else clock >= begin or clock < end):
                    continue
                if one.origin != "any" and (one.origin == "transfer") != transfer:
                    continue
                digest = hashlib.blake2b(one.id.encode(), digest_size=4).digest()
                block = 2**32 + int.from_bytes(digest, "big")
                bits = np.random.Philox(
                    counter=[block - 1, int(calls.k[n]), int(calls.stratum[n]), 0],
                    key=[calls.seed, calls.replication],
                )
                uniform = ((int(bits.random_raw()) >> 12) + 0.5) * 2.0**-52
                if uniform < one.share:
                    taken[stage] = p
                    break
        row = first[n]
        assert (paths.at_call[row], paths.at_scene[row], paths.at_delivery[row]) == tuple(taken.values())


@settings(max_examples=20, deadline=None)
@given(any_pathways(), st.integers(0, 3), SHARES)
def test_a_greater_share_takes_those_it_took_and_more(pathways: tuple[Pathway, ...], which: int, to: float) -> None:
    which %= len(pathways)
    more = tuple(replace(one, share=max(one.share, to)) if n == which else one for n, one in enumerate(pathways))
    stage = f"at_{pathways[which].stage}"
    before, after = (met(replace(SERVICE, pathways=rows), calls=FEW).paths for rows in (pathways, more))
    assert before is not None
    assert after is not None
    taken, now = (set(paths.call_t[getattr(paths, stage) == which].tolist()) for paths in (before, after))
    if pathways[which].stage == "call" or all(one.stage != "call" for one in pathways):
        assert taken <= now


def test_the_key_of_a_run_tells_pathways_apart() -> None:
    keys = [
        _digest({"paths": rules_of(service).paths})
        for service in (SERVICE, with_paths(pathway("call")), with_paths(pathway("call", 0.5)))
    ]
    assert len(set(keys)) == 3
