"""Generated logs of which it is known who belongs to whom, with everything that goes wrong in real ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from beredt.indicators.pathway.records import RECORDS

START = datetime(2026, 1, 1, tzinfo=UTC)


class Planted(NamedTuple):
    """Two logs and the pairs that belong together."""

    source: pl.DataFrame
    target: pl.DataFrame
    truth: pl.DataFrame


def records(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Records of a few words; `start` and `end` in minutes."""
    full = []
    for number, row in enumerate(rows, start=1):
        times = {name: START + timedelta(minutes=row[name]) for name in ("start", "end") if row.get(name) is not None}
        full.append(dict.fromkeys(RECORDS) | {"row": number} | row | times)
    return pl.DataFrame(full, schema=RECORDS)


def plant(number: int, seed: int, *, days: int = 30, keys: float = 0.0, losses: float = 0.15) -> Planted:
    """Ambulance incidents and arrivals at a hospital.

    Of the incidents a share never arrives, of the arrivals as many came by themselves. Ages are a year off now and
    then, places blurred, a tenth of all values missing, clocks a few minutes apart; `keys` is the share with a common
    key.
    """
    random = np.random.default_rng(seed)
    start = np.sort(random.uniform(0, days * 1440, number))
    work = random.gamma(6, 10, number)
    people: list[dict[str, Any]] = [
        {
            "start": float(start[n]),
            "end": float(start[n] + work[n]),
            "lat": 59.9 + random.normal(0, 0.05),
            "lon": 10.5 + random.normal(0, 0.1),
            "municipality": str(random.choice(["Asker", "Bærum", "Oslo"])),
            "age": float(min(random.gamma(8, 8), 100) // 1),
            "sex": str(random.choice(["f", "m"])),
        }
        for n in range(number)
    ]
    arrives = random.random(number) > losses
    arrivals: list[dict[str, Any]] = []
    for n in np.flatnonzero(arrives):
        one = people[n] | {"start": people[n]["end"] + random.normal(3, 4), "end": None, "of": int(n)}
        one["age"] += float(random.choice([-1, 0, 0, 0, 0, 0, 0, 0, 0, 1]))
        one["lat"] += random.normal(0, 0.0003)
        if random.random() < keys:
            people[n]["key"] = one["key"] = f"K{n}"
        arrivals.append(one)
    for _ in range(int(number * losses)):
        other = people[random.integers(number)] | {
            "start": float(random.uniform(0, days * 1440)),
            "end": None,
            "of": -1,
        }
        arrivals.append(
            other | {"age": float(random.integers(0, 100)), "lat": 59.9 + random.normal(0, 0.05), "key": None}
        )
    for row in (*people, *arrivals):
        for name in ("lat", "age", "sex", "municipality"):
            if random.random() < 0.1:
                row[name] = None
    order = random.permutation(len(arrivals))
    arrivals = [arrivals[n] for n in order]
    truth = [(arrival["of"] + 1, row) for row, arrival in enumerate(arrivals, start=1) if arrival["of"] >= 0]
    return Planted(
        records(people),
        records([{k: v for k, v in arrival.items() if k != "of"} for arrival in arrivals]),
        pl.DataFrame(truth, schema={"source_row": pl.Int64, "target_row": pl.Int64}, orient="row"),
    )
