"""A made-up city in the files of JEMSS: a ladder of eight nodes, two stations, two hospitals, four calls.

`city_files()` gives the files as text so that a test can spoil one of them; `write_city` writes them as
`<folder>/models/1`, with the raster of people in `<folder>/rasters` and the calls beside them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import tifffile

from tests.tiny_study import write_files
from tests.tiny_trace_study import EDGES, KM, MINUTES, NODES, ONE_WAY

MODEL = "models/1"
DAY_MIN = 1440
RASTER = "people.tif"
PEOPLE = np.array([[0.0, 2.0, 0.0], [1.0, 0.0, 4.5]])
"""Northern row first, as rasters are."""
WEST, NORTH, CELL = 10.49, 59.92, 0.02

PRIORITIES = ("highPriority", "medPriority", "lowPriority")
PAIRS = [*(pair for a, b in EDGES for pair in ((a, b), (b, a))), ONE_WAY]
Content = str | bytes | None


def _nodes() -> str:
    rows = [f"{node:.1f},{lon!r},{lat!r},{access:.1f}" for node, lat, lon, access in NODES]
    return "\r\n".join(["nodes,8,,", "index,x,y,offRoadAccess,", *rows, ",", ""])


def _arcs() -> str:
    days = [repr(minutes / DAY_MIN) for minutes in MINUTES]
    rows = [f"{number:.1f},{a:.1f},{b:.1f},{KM},{days[0]},{days[1]}" for number, (a, b) in enumerate(PAIRS, start=1)]
    head = [
        "miscData,,",
        "arcForm,numModes,",
        "directed,2",
        ",",
        "arcs,,,",
        "index,fromNode,toNode,distance,mode_1,mode_2,",
    ]
    return "\r\n".join([*head, *rows, ",", ""])


CALLS = """\
miscData,,,
startTime,
0.0
,
calls,,,
index,priority,x,y,arrivalTime,dispatchDelay,onSceneDuration,transport,hospitalIndex,handoverDuration,attributes,
1,1,10.5005,59.9095,0.01,0.0005,0.005,1,-1,0.006,{}
2.0,3,10.5305,59.9005,0.0125,0.0005,0.003,0,-1,0.004,"{""who"":""a, b""}"
3,2,10.52,59.9,0.0125,0.0005,0.002,1,2,0.001,{}
4,1,10.5202,59.9101,1.25,0.0005,0.001,1,1.0,0.002,{}
,
"""


def city_files() -> dict[str, Content]:
    """All files: path below the folder → text."""
    model = {
        "maps/map_1.csv": "map,1,,,,made up\nxMin,xMax,yMin,yMax,xScale,yScale\n10.4,10.7,59.8,60.0,55.8,111.32\n",
        "misc/call priorities/priorities_1.csv": "priorities,3,,\npriority,name,targetResponseTime,note\n"
        "1,highPriority,0.005,\n2,medPriority,0.01,\n3,lowPriority,0.02,later\n",
        "misc/redispatch/redispatch_lower_to_high.csv": "miscData,,\nallowRedispatch,,\n1,,\n,,\n"
        "redispatchConditions,,\nfromCallPriority,toCallPriority,allowRedispatch\n"
        "lowPriority,highPriority,1\nmedPriority,highPriority,1\nlowPriority,medPriority,0\n",
        "misc/redispatch/redispatch_off.csv": "miscData\nallowRedispatch\n0\n\nredispatchConditions\n"
        "fromCallPriority,toCallPriority,allowRedispatch\nlowPriority,highPriority,1\n",
        "stations/stations_1.csv": "stations,,,where they are\nindex,x,y,capacity,,NAME\n"
        '1,10.501,59.901,5,,"First, at the ladder"\n2,10.531,59.909,5,,\n',
        "hospitals/hospitals_1.csv": "hospitals\nindex,x,y,name\n1,10.52,59.905,General\n2,10.53,59.9,Other\n",
        "ambulances/ambulances_1.csv": "ambulances,,,\nindex,stationIndex,class,\n1,1,1,\n2,2,1,\n3,2,1,\n",
        "travel/travel/travel_1.csv": "travelModes,,\ntravelModeIndex,offRoadSpeed,note\n1,1128,fast\n2,792,slow\n,,\n"
        "travelSets,,\ntravelSetIndex,priority,travelModeIndex\n1,highPriority,1\n1,medPriority,1\n1,lowPriority,2\n,,\n"
        "travelSetsTiming,,\nstartTime,travelSetIndex,\n0,1,\n",
        "travel/roads/nodes.csv": _nodes(),
        "travel/roads/arcs.csv": _arcs(),
        "demand/demand_1.csv": "demandRasters,,,,\nrasterIndex,rasterFilename,note,,\n"
        f"1,$somewhere/data/{RASTER},,,\n,,,,\ndemandModes,,,,\nmodeIndex,rasterIndex,priority,arrivalRate,note\n"
        "1,1,highPriority,160,\n2,1,medPriority,70.5,\n3,1,lowPriority,50,\n,,,,\ndemandSets,,,,\n"
        "setIndex,modeIndices,,,\n1,[1; 2; 3],,,\n,,,,\ndemandSetsTiming,,,,\nstartTime,setIndex,,,\n0,1,,,\n",
        "demand/coverage/demand_coverage_1.csv": "coverTimes,,\ndemandPriority,coverTime,note\nhighPriority,0.005,\n"
        "medPriority,0.005,\nlowPriority,0.0125,\n,,\ndemandRasterCellNumPoints,,\nrows,cols,\n1,1,\n",
    }
    return {**{f"{MODEL}/{name}": text for name, text in model.items()}, "calls.csv": CALLS,
            "rasters/people.zip": zipped(RASTER, raster())}  # fmt: skip


def raster(people: np.ndarray = PEOPLE, *, epsg: int = 4326, scale: float = CELL, **more: object) -> bytes:
    """A GeoTIFF of people."""
    buffer = io.BytesIO()
    keys = (1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, epsg)
    tags: list[tuple[int, int, int, object, bool]] = [
        (33550, 12, 3, (scale, scale, 0.0), True),
        (33922, 12, 6, (0.0, 0.0, 0.0, WEST, NORTH, 0.0), True),
        (34735, 3, len(keys), keys, True),
    ]
    tifffile.imwrite(buffer, people, extratags=tags, metadata=None, **more)  # type: ignore[arg-type]
    return buffer.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    """A zip file with one file in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def write_city(folder: Path, changes: Mapping[str, Content] | None = None) -> Path:
    """Write the city below `folder`, with files changed or, where None, left out, and return the folder."""
    files = {**city_files(), **(changes or {})}
    return write_files(folder, {name: content for name, content in files.items() if content is not None})


def replaced(name: str, old: str, new: str, count: int = 1) -> dict[str, Content]:
    """A change that puts `new` for the first `count` places of `old` in a file of the model, or of the calls."""
    path = name if name == "calls.csv" else f"{MODEL}/{name}"
    text = str(city_files()[path])
    assert old in text, (name, old)
    return {path: text.replace(old, new, count)}
