"""Demand that varies beyond chance: what is put in comes out, and what is not asked for changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats

from beredt.demand.commuters import hours_of_week
from beredt.demand.forecast.spread import find_alpha
from beredt.demand.generate import demand_of, draw_happenings, generate_calls, with_variation
from beredt.demand.happenings import draw
from beredt.demand.intensity import weekly_profile
from beredt.demand.planned_variation import plan_variation, varies
from beredt.demand.population import people_by_age
from beredt.demand.public_holidays import public_holidays
from beredt.demand.purposes import Common, Happening, Purpose, Trait, block_of, draw_blocks
from beredt.demand.varied import FOLLOWER_BIT
from beredt.errors import StudyError
from beredt.model.area_factor import AreaFactor
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study, read_study
from beredt.model.study import Study
from tests.demand.varied_study import DAY_S, Rows, daily, demand_of_study, varied, years_of
from tests.tiny_study import write_tiny_study

SIGMAS = 4.5
"""Estimates may be off by so many of their own standard errors: less than one false alarm in 100,000."""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("varied") / "tiny"))


def test_a_study_that_says_nothing_draws_nothing(tiny: Study) -> None:
    assert not varies(tiny, tiny.service)
    demand = demand_of_study(tiny)
    assert demand.variation is None
    assert demand.shape is None
    silent = varied(tiny, {"rate_spread": [{"rate_region": "city", "urgency": "A", "relative_sd": 0.2}]}, days=28)
    assert not varies(silent, silent.service), "the spread of rates is only drawn where a study asks for it"


def test_variation_that_changes_nothing_makes_the_same_incidents(tiny: Study) -> None:
    """The whole way of demand that varies, with all its factors at 1, against the way of demand that does not."""
    plain = varied(tiny, days=40)
    people = people_by_age(plain.service.areas, plain.population, plain.age_shares, 2026)
    demand = demand_of_study(plain)
    laid = with_variation(demand, plan_variation(plain, plain.service, people, weekly_profile(plain.service.profile)))
    assert laid.variation is not None
    before, after = generate_calls(demand, 7, 3), generate_calls(laid, 7, 3)
    np.testing.assert_array_equal(before.call_t, after.call_t)
    np.testing.assert_array_equal(before.draws, after.draws)
    np.testing.assert_array_equal(before.stratum, after.stratum)


def test_days_scatter_as_asked_and_hang_together(tiny: Study) -> None:
    alpha, persistence, years = 0.15, 0.6, 30
    study = varied(tiny, day_variance=alpha, day_persistence=persistence)
    counts = np.array([daily(one, 365) for one in years_of(study, years)], np.float64)
    mean = np.full_like(counts, demand_of_study(study).expected.sum() / 365)
    assert abs(counts.mean() / mean[0, 0] - 1.0) < SIGMAS * np.sqrt(alpha * 4.0 / counts.size)
    # Days of a year hang together, so that each tells less: (1 + ρ²) / (1 − ρ²) for squares of an autoregression.
    scatter = (alpha + 1.0 / mean[0, 0]) * np.sqrt(2.0 / counts.size * (1 + persistence**2) / (1 - persistence**2))
    assert find_alpha(counts.ravel(), mean.ravel()) == pytest.approx(alpha, abs=SIGMAS * scatter)
    gap = counts / mean - 1.0
    lagged = (gap[:, :-1] * gap[:, 1:]).mean()
    sigma2 = np.log1p(alpha)
    assert lagged == pytest.approx(np.expm1(persistence * sigma2), abs=SIGMAS * scatter)
    poisson = np.array([daily(one, 365) for one in years_of(varied(tiny), years)], np.float64)
    assert find_alpha(poisson.ravel(), mean.ravel()) < SIGMAS * np.sqrt(2.0 / counts.size) / mean[0, 0]


def test_seasons_move_incidents_within_the_year(tiny: Study) -> None:
    rows = [
        {"id": "influenza", "days": "span", "first": "12-15", "last": "02-14", "urgency": "A", "factor": 1.6},
        {"id": "red", "days": "holidays", "factor": 0.5},
    ]
    study = varied(tiny, {"day_factors": rows})
    assert demand_of_study(study).expected.sum() == pytest.approx(demand_of_study(varied(tiny)).expected.sum())
    flu = np.array([(date(2026, 1, 1).toordinal() + n) for n in range(365)])
    days = [date.fromordinal(int(n)) for n in flu]
    winter = np.array([day >= date(2026, 12, 15) or day <= date(2026, 2, 14) for day in days])
    red = np.array([day in public_holidays(2026) for day in days])
    counts = np.zeros((3, 365))
    for one in years_of(study, 60):
        np.add.at(counts, (one.urgency, (one.call_t // DAY_S).astype(int)), 1.0)
    for code, factor in ((0, 1.6), (1, 1.0)):
        per_day = [counts[code, at].sum() / at.sum() for at in (winter & ~red, ~winter & ~red)]
        error = np.sqrt(1.0 / counts[code, winter & ~red].sum() + 1.0 / counts[code, ~winter & ~red].sum())
        assert abs(np.log(per_day[0] / per_day[1]) - np.log(factor)) < SIGMAS * error
        off = counts[code, red & ~winter].sum() / (red & ~winter).sum() / per_day[1]
        assert abs(np.log(off) - np.log(0.5)) < SIGMAS / np.sqrt(counts[code, red & ~winter].sum())


def test_a_season_is_not_equally_strong_every_year(tiny: Study) -> None:
    row = {"id": "i", "days": "span", "first": "01-01", "last": "01-31", "factor": 2.0, "relative_sd": 0.5}
    study = varied(tiny, {"day_factors": [row]}, days=31)
    totals = np.array([len(one.k) for one in years_of(study, 400)], np.float64)
    mean = demand_of_study(study).expected.sum()
    # Of a factor of 2 the half is the season: relative spread of the total 0.25 beside chance.
    assert abs(totals.mean() - mean) < SIGMAS * np.sqrt((mean + (0.25 * mean) ** 2) / 400)
    assert totals.var() == pytest.approx(mean + (0.25 * mean) ** 2, rel=SIGMAS * 0.12)


def test_incidents_follow_one_another(tiny: Study) -> None:
    share, size = 0.2, 2.0
    study = varied(tiny, days=60, cluster_share=share, cluster_size=size, cluster_minutes=30.0)
    plain = demand_of_study(varied(tiny, days=60)).expected.sum()
    found = years_of(study, 300)
    totals = np.array([len(one.k) for one in found], np.float64)
    # A Neyman–Scott process: the variance of a count is its mean times E[M²] / E[M], M incidents of one beginning.
    each = 1.0 + share * size
    ratio = (1.0 + 2.0 * share * size + share * (size + size**2)) / each
    assert totals.mean() == pytest.approx(plain, abs=SIGMAS * np.sqrt(plain * ratio / 300))
    assert totals.var(ddof=1) / totals.mean() == pytest.approx(ratio, abs=SIGMAS * ratio * np.sqrt(2.0 / 299))
    followers = np.concatenate([one.stratum & FOLLOWER_BIT for one in found]) > 0
    told = share * size / each
    assert followers.mean() == pytest.approx(told, abs=SIGMAS * np.sqrt(told * (1 - told) * 3 / len(followers)))


def test_followers_come_soon_and_where_the_first_was(tiny: Study) -> None:
    study = varied(tiny, days=60, cluster_share=0.3, cluster_size=1.5, cluster_minutes=30.0)
    one = years_of(study, 1)[0]
    first = {
        (int(s), int(k)): (float(t), int(a))
        for s, k, t, a in zip(one.stratum, one.k, one.call_t, one.area, strict=True)
    }
    delays = []
    for (stratum, k), (time, area) in first.items():
        if stratum & FOLLOWER_BIT:
            begun, where = first[stratum & ~FOLLOWER_BIT, k // 16]
            assert area == where
            delays.append(time - begun)
    assert min(delays) >= 0.0
    assert stats.kstest(delays, stats.expon(scale=1800.0).cdf).pvalue > 1e-4


OFFICE = [{"id": "o", "from_area": "e1", "to_area": "w4", "people": 1500.0, "start": 7 * 3600, "end": 17 * 3600}]


def _by_day(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{"weekdays": [1, 2, 3, 4, 5]} | row for row in rows]


def test_people_are_elsewhere_by_day(tiny: Study) -> None:
    plain, moving = varied(tiny), varied(tiny, {"commuters": _by_day(OFFICE)})
    before, after = years_of(plain, 40), years_of(moving, 40)
    names = [area.id for area in tiny.service.areas]
    home, office = names.index("e1"), names.index("w4")
    counts = np.zeros(2)
    for was, now in zip(before, after, strict=True):
        np.testing.assert_array_equal(was.stratum, now.stratum)
        np.testing.assert_array_equal(was.call_t, now.call_t)
        other = was.area != now.area
        assert set(was.area[other]) == {home}
        assert set(now.area[other]) == {office}
        hour = (now.call_t // 3600 + 72).astype(int)  # the year begins on a Thursday
        assert ((hour[other] // 24 % 7 < 5) & (hour[other] % 24 >= 7) & (hour[other] % 24 < 17)).all()
        at_work = (was.area == home) & (hour // 24 % 7 < 5) & (hour % 24 >= 7) & (hour % 24 < 17)
        counts += other.sum(), at_work.sum()
    shares = np.array([0.10, 0.11, 0.14, 0.15, 0.14, 0.13, 0.11, 0.08, 0.03, 0.01])
    need = np.array([0.5, 0.4, 0.6, 0.5, 0.6, 0.8, 1.3, 2.2, 4.0, 5.0])
    working = slice(2, 7)
    each = (shares[working] @ need[working]) / shares[working].sum()
    told = 1500.0 * each / (4000.0 * (shares @ need))
    assert counts[0] / counts[1] == pytest.approx(told, abs=SIGMAS * np.sqrt(told * (1 - told) / counts[1]))


def test_moves_are_those_of_a_slow_twin(tiny: Study) -> None:
    rows = _by_day([
        OFFICE[0] | {"people": 700.0},
        OFFICE[0] | {"id": "p", "to_area": "w1", "people": 600.0, "start": 20 * 3600, "end": 9 * 3600},
        {"id": "away", "from_area": "e2", "people": 900.0, "start": 8 * 3600, "end": 16 * 3600},
    ])  # fmt: skip
    before, after = years_of(varied(tiny), 1)[0], years_of(varied(tiny, {"commuters": rows}), 1)[0]
    names = [area.id for area in tiny.service.areas]
    need = np.array([0.5, 0.4, 0.6, 0.5, 0.6, 0.8, 1.3, 2.2, 4.0, 5.0])
    shares = np.array([0.10, 0.11, 0.14, 0.15, 0.14, 0.13, 0.11, 0.08, 0.03, 0.01])
    each = (shares[2:7] @ need[2:7]) / shares[2:7].sum() / (shares @ need)
    uniform = draw(Happening.MOVED, 7, 0, before.stratum, before.k)
    slow = []
    for s, k, area, time, lot in zip(before.stratum, before.k, before.area, before.call_t, uniform, strict=True):
        hour, below, at = (72 + int(time // 3600)) % 168, 0.0, names[area]
        for row in rows:
            if row["from_area"] == names[area] and hours_of_week((row["weekdays"], row["start"], row["end"]))[hour]:  # type: ignore[arg-type]
                people = {"e1": 4000.0, "e2": 3500.0}[names[area]]
                share = float(row["people"]) * each / people  # type: ignore[arg-type]
                if at == names[area] and below <= lot < below + share:
                    at = str(row.get("to_area", ""))
                below += share
        if at:
            slow.append((int(s), int(k), names.index(at)))
    assert list(zip(after.stratum.tolist(), after.k.tolist(), after.area.tolist(), strict=True)) == slow


def test_people_from_outside_bring_incidents_in_their_hours_only(tiny: Study) -> None:
    rows = _by_day([{"id": "road", "to_area": "w4", "people": 20_000.0, "start": 6 * 3600, "end": 18 * 3600}])
    study = varied(tiny, {"commuters": rows})
    demand = demand_of_study(study)
    added = demand.shape is not None and demand.expected[demand.shape >= 3].sum()
    # 20,000 people for 12 of 24 hours on 5 of 7 days, weighted by a profile twice as high from 8 to 20.
    hours = (2 * 1.0 + 10 * 2.0) * 261 / (36.0 * 365)
    shares = np.array([0.10, 0.11, 0.14, 0.15, 0.14, 0.13, 0.11, 0.08, 0.03, 0.01])
    need = np.array([0.5, 0.4, 0.6, 0.5, 0.6, 0.8, 1.3, 2.2, 4.0, 5.0])
    each = (shares[2:7] @ need[2:7]) / shares[2:7].sum() / (shares @ need)
    assert added == pytest.approx(20_000.0 * (33.9 + 38.4 + 9.7) / 1000.0 * each * hours)
    plain = set(zip(*(c.tolist() for c in years_of(varied(tiny), 1)[0][:2]), strict=True))
    one = years_of(study, 1)[0]
    more = np.array([name not in plain for name in zip(one.stratum.tolist(), one.k.tolist(), strict=True)])
    assert abs(more.sum() - added) < SIGMAS * np.sqrt(added)
    hour = (one.call_t[more] // 3600 + 72).astype(int)
    assert ((hour // 24 % 7 < 5) & (hour % 24 >= 6) & (hour % 24 < 18)).all()


def test_more_people_cannot_leave_than_live_there(tiny: Study) -> None:
    study = varied(tiny, {"commuters": _by_day([OFFICE[0] | {"people": 3000.0}])})
    with pytest.raises(StudyError, match="3000 people are elsewhere at a time, and 2680 of 20 to 69 years live there"):
        demand_of_study(study)


def test_a_big_event_brings_its_incidents_in_its_hours(tiny: Study) -> None:
    event = {
        "id": "race",
        "area": "s1",
        "date": "06-13",
        "start": 79_200,
        "hours": 4,
        "urgency": "H",
        "incidents": 30.0,
    }
    study = varied(tiny, {"big_events": [event, event | {"id": "once", "date": "2025-06-13"}]})
    total, plain = 0, demand_of_study(varied(tiny))
    for replication, one in enumerate(years_of(study, 40)):
        more = ~np.isin(one.stratum, plain.stratum)
        rest = one.taken(~more)
        np.testing.assert_array_equal(rest.call_t, draw_happenings(plain, 7, replication).call_t)
        begun = (date(2026, 6, 13) - date(2026, 1, 1)).days * DAY_S + 79_200.0
        assert ((one.call_t[more] >= begun) & (one.call_t[more] < begun + 4 * 3600.0)).all()
        assert set(one.urgency[more]) <= {1}
        total += int(more.sum())
    assert abs(total - 1200) < SIGMAS * np.sqrt(1200)


def test_rates_are_drawn_within_what_is_known_of_them(tiny: Study) -> None:
    rows = [{"rate_region": "city", "urgency": "A", "relative_sd": 0.3}]
    study = varied(tiny, {"rate_spread": rows}, days=120, draw_rates=True)
    told = demand_of_study(study)
    city = np.isin(told.area, [n for n, area in enumerate(tiny.service.areas) if area.rate_region == "city"])
    expected = told.expected[city & (told.urgency == 0)].sum()
    counts = {True: [], False: []}  # type: dict[bool, list[int]]
    for one in years_of(study, 300):
        mine = np.isin(one.stratum, told.stratum[city]) & (one.urgency == 0)
        counts[True].append(int(mine.sum()))
        counts[False].append(int((~mine).sum()))
    drawn, other = np.array(counts[True]), np.array(counts[False])
    assert drawn.mean() == pytest.approx(expected, abs=SIGMAS * np.sqrt((expected + 0.09 * expected**2) / 300))
    assert (drawn.var(ddof=1) - drawn.mean()) / expected**2 == pytest.approx(0.09, abs=SIGMAS * 0.1 * np.sqrt(3 / 300))
    assert other.var(ddof=1) / other.mean() == pytest.approx(1.0, abs=SIGMAS * np.sqrt(2 / 299))


def test_alternatives_meet_the_same_days_and_rates(tiny: Study) -> None:
    rows = [{"rate_region": region, "urgency": "A", "relative_sd": 0.3} for region in ("city", "land")]
    tables: dict[str, Rows] = {"rate_spread": rows, "commuters": _by_day(OFFICE)}
    study = varied(tiny, tables, days=60, draw_rates=True, day_variance=0.2, cluster_share=0.2)
    busier = apply_edits(study.service, study.sensitivities[0].edits)
    before, after = (draw_happenings(demand_of(study, service), 7, 1) for service in (study.service, busier))
    names = [set(zip(c.stratum.tolist(), c.k.tolist(), c.call_t.tolist(), strict=True)) for c in (before, after)]
    assert names[0] < names[1]


def test_factors_of_areas_hold_and_are_drawn(tiny: Study) -> None:
    plain = varied(tiny, days=365)
    service = replace(tiny.service, area_factors=(AreaFactor("e1", "A", 1.5, 0.4),))
    assert demand_of(plain, service).variation is None
    before, told = demand_of_study(plain).expected, demand_of(plain, service)
    mine = told.expected / before
    assert sorted(set(np.round(mine, 12))) == [1.0, 1.5]
    drawn = demand_of(varied(tiny, days=365, draw_rates=True), service)
    at = np.flatnonzero(mine > 1.0)[0]
    counts = [int((draw_happenings(drawn, 7, r).stratum == told.stratum[at]).sum()) for r in range(200)]
    mean = told.expected[at]
    assert np.mean(counts) == pytest.approx(mean, abs=SIGMAS * np.sqrt((mean + 0.16 * mean**2) / 200))
    assert (np.var(counts, ddof=1) - mean) / mean**2 == pytest.approx(0.16, abs=SIGMAS * 0.2 * np.sqrt(3 / 200))


def test_incidents_come_in_order_with_their_own_draws(tiny: Study) -> None:
    tables = {"commuters": _by_day(OFFICE)}
    demand = demand_of_study(varied(tiny, tables, days=60, cluster_share=0.3, day_variance=0.2))
    calls, again = generate_calls(demand, 7, 2), generate_calls(demand, 7, 2)
    np.testing.assert_array_equal(calls.draws, again.draws)
    order = np.lexsort((calls.k, calls.stratum, calls.call_t))
    np.testing.assert_array_equal(order, np.arange(len(order)))
    assert len(set(zip(calls.stratum.tolist(), calls.k.tolist(), strict=True))) == len(order)
    assert demand.checksum() != demand_of_study(varied(tiny, tables, days=60, cluster_share=0.3)).checksum()


def test_no_purpose_shares_a_word() -> None:
    every = [*Purpose, *Happening, *Trait, *Common]
    assert sorted(int(one) for one in every) == list(range(24))
    assert {block_of(one)[0] for one in Purpose} == set(draw_blocks())
    for kind in (Happening, Trait, Common):
        for one in kind:
            assert f"| {one.value}     | {one.name} " in (kind.__doc__ or "")


BAD = {
    "day_factors": "id,days,first,last,urgency,factor\na,span,,02-01,,1.2\nb,span,02-30,03-01,,1.2\n"
    "c,span,2026-03-01,2026-02-01,,1.2\nd,span,2026-03-01,04-01,,1.2\n",
    "big_events": "id,area,date,start,hours,urgency,incidents\na,e1,13.06,10:30,4,A,3\n",
    "commuters": "id,from_area,to_area,people,weekdays,start,end\na,,,10,mon-fri,08:00,16:00\n"
    "b,e1,e1,10,mon-fri,08:00,16:00\nc,e1,e2,10,mon-fri,08:30,16:00\nd,e1,nowhere,1,mon-fri,08:00,16:00\n",
    "incident_kinds": "urgency,kind,share\nA,acute,0.8\nA,psychiatric,0.1\n",
}


def test_every_fault_of_the_tables_is_told(tmp_path: pytest.TempPathFactory) -> None:
    study, issues = read_study(write_tiny_study(tmp_path / "bad", **BAD))  # type: ignore[operator]
    assert study is None
    told = [(issue.file, issue.field, issue.row, issue.count) for issue in issues if issue.severity == "error"]
    assert told == [
        ("commuters.csv", "to_area", 5, 1),
        ("day_factors.csv", "first", 2, 1),
        ("day_factors.csv", "first", 3, 1),
        ("day_factors.csv", "last", 4, 2),
        ("big_events.csv", "date", 2, 1),
        ("big_events.csv", "start", 2, 1),
        ("commuters.csv", "to_area", 2, 1),
        ("commuters.csv", "to_area", 3, 1),
        ("commuters.csv", "start", 4, 1),
        ("incident_kinds.csv", "share", 2, 2),
    ]


def test_tables_of_a_folder_are_read(tmp_path: pytest.TempPathFactory) -> None:
    good = {
        "commuters": "id,from_area,to_area,people,start,end\na,e1,w4,100,07:00,17:00\n",
        "day_factors": "id,days,factor\nred,holidays,0.8\n",
        "area_factors": "area,urgency,factor,relative_sd\ne1,A,1.2,0.1\n",
    }
    study = load_study(write_tiny_study(tmp_path / "good", **good))  # type: ignore[operator]
    assert study.demand["commuters"]["weekdays"].to_list() == [[1, 2, 3, 4, 5]]
    assert study.service.area_factors == (AreaFactor("e1", "A", 1.2, 0.1),)
    found = draw_happenings(demand_of_study(study), 7, 0)
    assert len(found.k) > 50


def test_simulations_meet_demand_that_varies(tiny: Study) -> None:
    """All of it at once, through the kernel and its laws, twice the same; without it the same as ever."""
    from beredt.simulation.simulate_study import simulate_study

    tables = {
        "commuters": _by_day(OFFICE),
        "rate_spread": [{"rate_region": "city", "urgency": "A", "relative_sd": 0.3}],
    }
    study = varied(tiny, tables, days=20, day_variance=0.3, cluster_share=0.2, draw_rates=True)

    def run(one: Study) -> tuple[int, float | None]:
        done = simulate_study(
            one,
            alternative="2",
            replications=2,
            jobs=1,
            out=None,
            progress=lambda *_: None,
            check_laws=True,
        )
        return done.incidents, done.mean_response_s

    assert run(study) == run(study) != run(varied(tiny, days=20))
