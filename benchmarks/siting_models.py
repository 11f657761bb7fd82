"""How long the models of availability take in random towns, and how near they prove themselves.

`python -m benchmarks siting-models`; what the models are stands in docs/explanation/siting-models.md.
"""

from __future__ import annotations

import argparse
import sys
import time

import numpy as np

from beredt.errors import SitingError
from beredt.siting.group_shares import make_groups
from beredt.siting.model_settings import ModelSettings
from beredt.siting.named_models import NAMED_MODELS, solve_named
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem, make_problem
from beredt.siting.program import Limits

SIZES = ((40, 400, 12), (100, 2_000, 25), (300, 5_000, 40))
"""Sites, areas, units."""

WIDTH_S = 3_600.0
"""From one end of the square to the other."""


def main() -> None:
    """Print the table, line by line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks siting-models", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="time for each answer [default: 60]")
    parser.add_argument("--models", default=",".join(NAMED_MODELS), help="names with commas [default: all]")
    asked = parser.parse_args()
    print("| sites | areas | units | model | seconds | status | gap |\n|---:|---:|---:|---|---:|---|---:|")
    for sites, areas, units in SIZES:
        problem, group = _town(sites, areas)
        groups = make_groups(problem, group)
        settings = ModelSettings(busy=0.4, groups=groups, least_share=0.1, inner_share=0.3, excuse=True)
        for name in asked.models.split(","):
            print(f"{name}, {sites} × {areas} …", file=sys.stderr)
            began = time.perf_counter()
            try:
                answer = solve_named(name, problem, Purse(units=units), settings, Limits(seconds=asked.seconds))
                told = f"{answer.status} | {answer.gap:.3%}"
            except SitingError:
                told = "nothing meets all that it asks for | "
            seconds = time.perf_counter() - began
            print(f"| {sites} | {areas} | {units} | {name} | {seconds:.1f} | {told} |", flush=True)


def _town(sites: int, areas: int) -> tuple[SitingProblem, list[str]]:
    """Areas at random in a square, sites at some of them; nine quarters; 50,000 calls a year."""
    rng = np.random.default_rng(0)
    place = rng.random((areas, 2))
    chosen = place[rng.choice(areas, sites, replace=False)]
    travel = np.hypot(*(chosen[:, None] - place[None]).transpose(2, 0, 1)) * WIDTH_S
    calls = rng.lognormal(0.0, 1.0, areas)
    quarters = [f"{int(3 * x)}{int(3 * y)}" for x, y in place]
    return make_problem(travel, calls * 50_000.0 / calls.sum(), 480.0), quarters
