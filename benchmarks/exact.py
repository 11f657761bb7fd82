"""The kernel beside exact formulas, as the table of docs/explanation/how-we-know.md: `python -m benchmarks exact`."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence

from tests.published.comparing import SENT, Compared, compare
from tests.published.draws import MISSION_S
from tests.published.exact_cases import all_cases

HEAD = ("formula", "quantity", "exact", "simulated", "interval", "room")


def main() -> None:
    """Run all cases and print the table as they are done."""
    argparse.ArgumentParser(prog="python -m benchmarks exact", description=__doc__).parse_args()
    print("| " + " | ".join(HEAD) + " |\n|---|---|---:|---:|---:|---:|")
    agree = 0
    count = 0
    for case in all_cases():
        print(f"{case.title}: {case.replications} × {case.calls:,} calls …", file=sys.stderr)
        compared = compare(case)
        print("\n".join(table_rows(compared)), flush=True)
        agree += sum(row.agrees for row in compared)
        count += len(compared)
    print(f"\n{agree} of {count} exact values lie in their interval. A mission takes {MISSION_S:.0f} s on average.")


def table_rows(compared: Sequence[Compared]) -> Iterator[str]:
    """Lines of the table for one case; who is sent where is summed up on one line.

    Args:
        compared: all quantities of one case.
    """
    title = compared[0].case
    sent = [row for row in compared if SENT in row.quantity]
    for row in compared:
        if row not in sent:
            interval = f"{_shown(row, row.low)} – {_shown(row, row.high)}"
            room = f"{math.ceil(row.room * 1000) / 10:.1f} %"
            yield _line(title, row.quantity, _shown(row, row.exact), _shown(row, row.simulated), interval, room)
            title = ""
    if sent:
        inside = sum(row.agrees for row in sent)
        off = max(abs(row.simulated - row.exact) for row in sent)
        largest = f"largest difference {off * 100:.2f} % of all calls"
        yield _line(title, "each unit sent to each place", f"{len(sent)} shares", f"{inside} inside", largest, "")


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _shown(row: Compared, value: float) -> str:
    """A value in the unit of its quantity."""
    if row.quantity.endswith(("wait", "drive")):
        return f"{value:.1f} s"
    if "number" in row.quantity or "variance" in row.quantity:
        return f"{value:.2f}"
    return f"{value * 100:.2f} %"


if __name__ == "__main__":
    main()
