"""Every comparison of the kernel with an exact formula. `python -m benchmarks exact` prints them as a table."""

from __future__ import annotations

from tests.published.comparing import ExactCase
from tests.published.map_cases import THREE_UNITS, TWO_STATIONS, on_the_map, town
from tests.published.queue_cases import helped_by_a_neighbour, units_without_end, waiting_by_urgency, waiting_in_order


def all_cases() -> tuple[ExactCase, ...]:
    """Every case, in the order of the table: so many calls that an error of a few percent shows."""
    return (
        waiting_in_order(5, 3.0, calls=300_000, seed=1),
        waiting_in_order(12, 8.4, calls=300_000, seed=2),
        helped_by_a_neighbour(5, 4.0, calls=100_000, seed=3, whole=False),
        helped_by_a_neighbour(10, 8.0, calls=100_000, seed=4, whole=True),
        units_without_end(20.0, calls=150_000, seed=5, way_home=False),
        units_without_end(20.0, calls=150_000, seed=6, way_home=True),
        waiting_by_urgency(4, 0, (0.6, 0.8, 1.0), calls=300_000, seed=7),
        waiting_by_urgency(6, 2, (1.2, 1.3, 0.7), calls=300_000, seed=8),
        on_the_map(TWO_STATIONS, 100_000, seed=9, queue=False),
        on_the_map(TWO_STATIONS, 100_000, seed=10, queue=True),
        on_the_map(THREE_UNITS, 100_000, seed=11, queue=False),
        on_the_map(town(), 100_000, seed=12, queue=False),
        on_the_map(town(), 100_000, seed=13, queue=True),
    )
