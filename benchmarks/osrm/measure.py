"""Travel times beside those of OSRM, with the same speeds and the same access, on real extracts."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.osrm.agreement import Agreement
from benchmarks.osrm.compare import Comparison, compare
from benchmarks.osrm.peer import PeerError

EXTRACTS = ("liechtenstein", "andorra", "helsinki_centre")
PLACES = 300


def main() -> None:
    """Compare, and print what was found."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks osrm", description=__doc__)
    ask.add_argument("--python", type=Path, help="a Python of 3.12 or newer that has the package osrm-bindings")
    ask.add_argument("--extract", type=Path, action="append", help="an .osm.pbf [default: three of the reference data]")
    ask.add_argument("--places", type=int, default=PLACES)
    ask.add_argument("--json", action="store_true")
    options = ask.parse_args()
    if options.python is None:
        print("Left out: OSRM's package needs Python 3.12 or newer. Name one that has it with --python.")
        return
    folder = Path(os.environ.get("BEREDT_REFERENCE_DATA", "../shared/data")) / "roads"
    extracts = options.extract or [folder / f"{name}.osm.pbf" for name in EXTRACTS]
    missing = [str(extract) for extract in extracts if not extract.is_file()]
    if missing:
        print(f"No extract at {', '.join(missing)}: name one with --extract.", file=sys.stderr)
        raise SystemExit(1)
    found = []
    for extract in extracts:
        with tempfile.TemporaryDirectory() as work:
            try:
                found.append(compare(extract, options.python, Path(work), options.places))
            except PeerError as fault:
                print(fault, file=sys.stderr)
                raise SystemExit(1) from fault
    if options.json:
        print(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(as_text(one) for one in found))


def as_text(found: Comparison) -> str:
    """A few lines for a person."""
    rows = {
        "on the road": found.on_the_road,
        "turning only where roads end": found.no_turning,
        "beside the road": found.beside,
        "OSRM's own car": found.car,
    }
    lines = [f"{found.extract} ({found.country}), {found.places} places"]
    lines += [f"  {name:<30}{_row(row)}" for name, row in rows.items()]
    lines += [
        f"  {pair.ours_s:9.2f} s here, {pair.theirs_s:9.2f} s there: "
        f"{pair.from_lat:.6f},{pair.from_lon:.6f} → {pair.to_lat:.6f},{pair.to_lon:.6f}"
        for pair in found.worst
    ]
    return "\n".join(lines)


def _row(row: Agreement) -> str:
    return (
        f"{row.pairs:>7,} pairs: median {row.median:.3%}, p90 {row.p90:.3%}, p99 {row.p99:.3%}, most {row.most:.2%}, "
        f"middle {row.middle:+.3%}, above 1 %: {row.above_1_percent:.1%}; only here {row.only_ours}, "
        f"only there {row.only_theirs}"
    )
