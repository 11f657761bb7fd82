"""A town of 60 areas and 12 sites, answered by every model: figures that change only on purpose.

To change them, print `answers()` and look at what moved and why.
"""

from __future__ import annotations

import numpy as np
import pytest

from beredt.siting.answer import SitingAnswer
from beredt.siting.group_shares import make_groups
from beredt.siting.model_settings import ModelSettings
from beredt.siting.named_models import NAMED_MODELS, solve_named
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem, make_problem

GOLDEN = {
    "mexclp": 4529.896088010313,
    "mexclp-hypercube": 4343.268390614861,
    "bacop1": 4583.6,
    "bacop2": 4585.3,
    "dsm": 4583.6,
    "malp1": 4583.6,
    "malp2": 4583.6,
    "q-malp": 4583.6,
    "survival": 762.6980712709098,
    "worst-share": 0.9860668861108567,
    "bernoulli-nash": -0.0024529711744216065,
    "equity": 4529.896088010312,
}


def town() -> SitingProblem:
    """Areas on a grid of 10 × 6 km, sites on every fifth; the west may not serve the east for free."""
    place = np.array([(x, y) for y in range(6) for x in range(10)], np.float64)
    sites = place[::5]
    travel = np.abs(sites[:, None] - place[None]).sum(axis=2) * 90.0
    calls = np.array([[10.0 + 7.0 * ((3 * n) % 11) + (200.0 if n in (23, 24) else 0.0) for n in range(60)]])
    east = place[:, 0] >= 5
    across = east[::5][:, None] != east[None]
    return make_problem(
        travel,
        np.vstack([calls, calls / 2]),
        [540.0, 810.0],
        permitted=np.where(across, 0.8, 1.0),
        existing=np.arange(12) % 4 == 0,
        moving_cost=0.5,
        opening_cost=0.5,
        budget=10.0,
        class_ids=("A", "H"),
    )


def answers() -> dict[str, SitingAnswer]:
    problem = town()
    groups = make_groups(problem, ["west" if n % 10 < 5 else "east" for n in range(60)])
    asked = ModelSettings(busy=0.35, mission_s=3600.0, groups=groups, inner_share=0.6, most_gap=0.1)
    return {name: solve_named(name, problem, Purse(units=7), asked) for name in NAMED_MODELS}


def test_every_model_answers_as_it_did() -> None:
    found = answers()
    assert {name: answer.objective for name, answer in found.items()} == pytest.approx(GOLDEN, rel=1e-6, abs=2e-6)
    assert [name for name, answer in found.items() if answer.status != "proved"] == ["mexclp-hypercube"]
