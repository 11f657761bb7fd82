"""How wrong the approximate hypercube is, beside the exact one and a simulated queue.

`python -m benchmarks hypercube`; the tables stand in docs/explanation/siting-models.md.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.approximate_hypercube import approximate_hypercube
from beredt.coverage.hypercube import hypercube
from tests.coverage.simulated_queue import simulate_queue
from tests.coverage.town_queues import TownQueue, draw_town, units_one_by_one

F8 = NDArray[np.float64]

USES = (0.2, 0.4, 0.6, 0.8)

ON_THE_ROAD = 0.3
"""Share of a mission that is driven, at the mean distance."""


class Off(NamedTuple):
    """Errors in one service, in percentage points."""

    busy: F8  # by station
    moved: float  # calls that it gives to another station than the exact model does
    chance: float  # mean half width of the interval of `busy`; 0 beside the exact model
    seconds: float


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks hypercube", description=__doc__)
    parser.add_argument(
        "--services",
        type=int,
        default=30,
        help="random services for each line of the first table; a tenth of it for the second [default: 30]",
    )
    services = parser.parse_args().services
    _table_beside_exact(services)
    _table_beside_simulated(services // 10)


def _table_beside_exact(services: int) -> None:
    print("Beside the exact model, missions equally long on average:\n")
    print("| units | at stations | busy | mean error | 95 % below | largest | calls given elsewhere |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    for units, alone, use in itertools.product((4, 8, 12), (True, False), USES):
        found = [_beside_exact(draw_town(seed, units, use, alone=alone)) for seed in range(services)]
        busy = np.concatenate([off.busy for off in found])
        print(
            f"| {units} | {'of one' if alone else 'of 1–3'} | {use:.0%} | {busy.mean():.2f} pp "
            f"| {np.quantile(busy, 0.95):.1f} pp | {busy.max():.1f} pp | {np.mean([o.moved for o in found]):.1f} % |",
            flush=True,
        )


def _table_beside_simulated(services: int) -> None:
    print("\nBeside a simulated queue, missions that last longer the farther away they are:\n")
    print("| units | areas | busy | mean error | largest | of it chance, about | calls given elsewhere | time |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for (units, areas), use in itertools.product(((12, 200), (24, 200), (60, 200), (60, 30)), USES):
        print(f"{units} units, {use:.0%} …", file=sys.stderr)
        towns = [draw_town(seed, units, use, areas=areas, alone=False, drive=ON_THE_ROAD) for seed in range(services)]
        found = [_beside_simulated(town) for town in towns]
        busy = np.concatenate([off.busy for off in found])
        print(
            f"| {units} | {areas} | {use:.0%} | {busy.mean():.2f} pp | {busy.max():.1f} pp "
            f"| {np.mean([off.chance for off in found]):.2f} pp | {np.mean([off.moved for off in found]):.1f} % "
            f"| {1000 * np.mean([off.seconds for off in found]):.0f} ms |",
            flush=True,
        )


def _beside_exact(town: TownQueue) -> Off:
    exact = hypercube(town.calls, units_one_by_one(town), 1.0, queue=False)
    began = time.perf_counter()
    near = approximate_hypercube(town.calls, town.lists, town.units, 1.0, queue=False)
    seconds = time.perf_counter() - began
    first = np.cumsum(town.units) - town.units
    busy = np.abs(np.add.reduceat(exact.utilisation, first) / town.units - near.utilisation)
    moved = np.abs(np.add.reduceat(exact.dispatches, first, axis=0) - near.dispatches).sum() / 2
    return Off(100 * busy, 100 * float(moved), 0.0, seconds)


def _beside_simulated(town: TownQueue) -> Off:
    began = time.perf_counter()
    near = approximate_hypercube(town.calls, town.lists, town.units, town.mission_s, queue=False)
    seconds = time.perf_counter() - began
    lists, units = town.lists.tolist(), town.units.tolist()
    seen = simulate_queue(
        town.calls.tolist(), lists, units, town.mission_s, queue=False, seed=1, calls_per_batch=10_000
    )
    moved = np.abs(seen.dispatches - near.dispatches).sum() / 2
    busy = np.abs(seen.utilisation - near.utilisation)
    return Off(100 * busy, 100 * float(moved), 100 * float(seen.utilisation_half.mean()), seconds)
