"""The tiny study with tables of relocation, prices and hours of traffic."""

from __future__ import annotations

from pathlib import Path

from tests.tiny_study import tiny_files, write_files

COMPLIANCE = """\
table,free_units,configuration,station,units
small,1,1,st-west,1
small,2,1,st-west,1
small,2,1,st-east,1
small,4,1,st-west,1
small,4,1,st-east,2
several,1,1,st-west,1
several,1,2,st-south,1
"""

PRIORITY = """\
table,rank,station
day,20,st-west
day,10,st-east
day,30,st-east
"""

PRICES = """\
kind,urgency,price_s
single_responder,V,
single_responder,H,300
"""

HOURS = """\
hour_of_week,true_factor,believed_factor
7,1.4,1.2
8,1.5,
"""

POLICY_FILES = {
    "compliance.csv": COMPLIANCE,
    "priority_list.csv": PRIORITY,
    "unit_prices.csv": PRICES,
    "travel_hours.csv": HOURS,
}


def policy_files(**changed: str) -> dict[str, str]:
    """All files; `changed` replaces whole tables, and `settings` is added at the head of `study.toml`."""
    files = tiny_files() | POLICY_FILES
    settings = changed.pop("settings", "")
    return files | {"study.toml": f"{settings}\n{files['study.toml']}"} | {f"{n}.csv": t for n, t in changed.items()}


def write_policy_study(folder: Path, **changed: str) -> Path:
    """Write the study to `folder` and return it."""
    return write_files(folder, policy_files(**changed))
