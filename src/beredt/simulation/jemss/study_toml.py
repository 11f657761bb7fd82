"""`study.toml` of an imported city."""

from __future__ import annotations

import json
from collections.abc import Iterator

from beredt.simulation.jemss.city import City
from beredt.simulation.jemss.priorities import DAY_S

START = "2001-01-01"
"""A Monday that stands for day 0: call traces have no calendar."""


def study_toml(city: City, key: str, title: str) -> str:
    """The text of the settings: what the files say, and, marked as such, what a study needs and they do not say."""
    return "\n".join([*_study(city, key, title), *_rules(city), *_targets(city)])


def _study(city: City, key: str, title: str) -> Iterator[str]:
    box = city.city_map
    last_s = float(city.calls.trace["call_s"][-1])
    yield "[study]"
    yield f"id = {_text(key)}"
    yield 'languages = ["en", "nb"]'
    yield "# Call traces have no calendar: day 0 is called the first Monday of 2001."
    yield f"year = {START[:4]}"
    yield f"start = {START}"
    yield f"title = {{ en = {_text(title)}, nb = {_text(title)} }}"
    yield f"base_title = {{ en = {_text('As imported')}, nb = {_text('Som importert')} }}"
    yield ""
    yield "[study.region]"
    for edge in ("south", "west", "north", "east"):
        yield f"{edge} = {float(getattr(box, edge))!r}"
    yield ""
    yield "[simulation]"
    yield "# Nothing is drawn: every replication is the same."
    yield "seed = 1"
    yield "replications = 1"
    yield f"days = {int(last_s // DAY_S) + 1}"
    yield "warmup_days = 0"
    yield "cooldown_days = 1"
    yield ""


def _rules(city: City) -> Iterator[str]:
    yield "[roads]"
    yield 'form = "graph"'
    yield f"x_km_per_degree = {city.city_map.x_km_per_degree!r}"
    yield f"y_km_per_degree = {city.city_map.y_km_per_degree!r}"
    yield f"time_unit_s = {DAY_S!r}"
    yield ""
    yield "[demand]"
    yield 'source = "trace"'
    yield f"start_s = {city.calls.start_s!r}"
    yield ""
    yield "[dispatch]"
    pairs = ", ".join(_text(f"{new}>{old}") for new, old in city.divert)
    yield f"divert = [{pairs}]"
    yield "divert_margin_s = 0.0"
    yield ""


def _targets(city: City) -> Iterator[str]:
    yield "# The files name a time for each priority, but no share of calls to be reached within it."
    for urgency, target_s in city.priorities.target_s.items():
        yield "[[targets]]"
        yield f"urgency = {_text(urgency)}"
        yield 'where = "urban"'
        yield f"minutes = {target_s / 60.0!r}"
        yield "share = 1.0"
        yield ""


def _text(text: str) -> str:
    """A TOML string: JSON writes strings as TOML reads them."""
    return json.dumps(text, ensure_ascii=False)
