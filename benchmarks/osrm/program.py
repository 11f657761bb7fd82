"""What the other Python does: asks OSRM for a table of times. Needs nothing but its package `osrm`.

Run as `PYTHON program.py JOB.json ANSWER.json`, or as `PYTHON program.py profiles`, which prints the folder of the
profiles that come with OSRM. A job has `osrm`, the path of prepared roads, and `places`, [lon, lat] each; the answer
has the table in `durations`, seconds or null, metres from each place to its road in `off_m`, and core seconds.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Answer one job."""
    osrm = importlib.import_module("osrm")
    if sys.argv[1] == "profiles":
        print(Path(str(osrm.__file__)).parent / "share" / "profiles")
        return
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    engine = osrm.OSRM(
        storage_config=job["osrm"], algorithm="CH", use_shared_memory=False, max_locations_distance_table=-1
    )
    places = [(lon, lat) for lon, lat in job["places"]]
    begun = time.process_time()
    found = engine.Table(osrm.TableParameters(coordinates=places, annotations=["duration"]))
    answer = {
        "core_s": time.process_time() - begun,
        "durations": [list(row) for row in found["durations"]],
        "off_m": [place["distance"] for place in found["sources"]],
    }
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
