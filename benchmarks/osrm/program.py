"""What the other Python does: asks OSRM for a table of times and for some ways. Needs nothing but its package `osrm`.

Run as `PYTHON program.py JOB.json ANSWER.json`. The job has `osrm`, the path of the prepared roads; `places`,
[lon, lat] each; `ways`, lists of places to drive through one after the other.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Answer one job."""
    import osrm

    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    engine = osrm.OSRM(
        storage_config=job["osrm"], algorithm="CH", use_shared_memory=False, max_locations_distance_table=-1,
        max_locations_viaroute=-1,
    )  # fmt: skip
    answer = {}
    if job["places"]:
        places = [(lon, lat) for lon, lat in job["places"]]
        begun = time.process_time()
        found = engine.Table(osrm.TableParameters(coordinates=places, annotations=["duration"]))
        answer["table_s"] = time.process_time() - begun
        answer["durations"] = [list(row) for row in found["durations"]]
        answer["off_m"] = [place["distance"] for place in found["sources"]]
        answer["at"] = [list(place["location"]) for place in found["sources"]]
    answer["ways"] = [_way(osrm, engine, way) for way in job["ways"]]
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


def _way(osrm, engine, places):  # type: ignore[no-untyped-def]
    """Seconds of each leg, and the points of the map that are passed; None where no way leads."""
    try:
        asked = osrm.RouteParameters(
            coordinates=[(lon, lat) for lon, lat in places], annotations=["nodes", "duration"], overview="false",
            continue_straight=False,
        )  # fmt: skip
        legs = engine.Route(asked)["routes"][0]["legs"]
    except RuntimeError:
        return None
    return [
        {
            "seconds": leg["duration"],
            "nodes": [int(node) for node in leg["annotation"]["nodes"]],
            "each_s": [float(one) for one in leg["annotation"]["duration"]],
        }
        for leg in legs
    ]


if __name__ == "__main__":
    main()
