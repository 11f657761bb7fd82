"""Published claims about reach, held against where units of a log really arrived.

`reach_facts` asks the same of a study's roads. A log can also refute a claim, where there were enough arrivals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from beredt.decision.place_terms import areas_named
from beredt.decision.reach_facts import REACH, verdict_of_share
from beredt.errors import UnknownIdError
from beredt.indicators.log.report_table import report_table
from beredt.indicators.reach_seen.arrivals import INTERVALS, Arrivals
from beredt.indicators.suppress import THRESHOLD
from beredt.model.published_figure import PublishedFigure
from beredt.model.study import Study

UNKNOWN_PLACE, TOO_FEW = "unknown_place", "too_few"
"""Why a claim cannot be held against the log."""


def reach_claims_table(
    study: Study,
    arrivals: Arrivals,
    threshold: int = THRESHOLD,
    published: Sequence[PublishedFigure] | None = None,
) -> pl.DataFrame:
    """The table `reach_claims`: every claim about reach, from the call and from departure.

    Args:
        study: with its places.
        arrivals: of a log, put into the study's areas.
        threshold: least number of arrivals; shares that would tell a smaller count are left out.
        published: figures, those of them that are about reach [default: the study's].
    """
    figures = study.published if published is None else published
    claims = [figure for figure in figures if figure.indicator.split(":")[0] == REACH]
    rows = [row for claim in claims for row in _rows(claim, study, arrivals, threshold)]
    return report_table("reach_claims", pl.DataFrame(rows, schema=SCHEMA))


SCHEMA = {
    "id": pl.String,
    "interval": pl.String,
    "station": pl.String,
    "zone": pl.String,
    "minutes": pl.Float64,
    "arrivals": pl.Int64,
    "share": pl.Float64,
    "verdict": pl.String,
    "missing": pl.String,
    "source": pl.String,
}


def _rows(claim: PublishedFigure, study: Study, arrivals: Arrivals, threshold: int) -> Iterator[dict[str, object]]:
    station, _, place = claim.indicator.removeprefix(f"{REACH}:").partition(":")
    base = {"id": claim.id, "station": station, "zone": place, "minutes": claim.value, "source": claim.source}
    nothing = {"arrivals": None, "share": None, "verdict": None}
    try:
        inside = np.flatnonzero(areas_named(place, study))
        number = arrivals.stations.index(station)
    except (UnknownIdError, ValueError):
        yield from (base | nothing | {"interval": interval, "missing": UNKNOWN_PLACE} for interval in INTERVALS)
        return
    there = arrivals.rows.filter(pl.col("station") == number, pl.col("area").is_in(inside.tolist()))
    for interval in INTERVALS:
        time_s = there[interval].drop_nulls()
        if len(time_s) < max(threshold, 1):
            yield base | nothing | {"interval": interval, "missing": TOO_FEW}
            continue
        kept = int((time_s <= claim.value * 60.0).sum())
        tells = any(0 < count < threshold for count in (kept, len(time_s) - kept))
        share = kept / len(time_s)
        yield base | {
            "interval": interval,
            "arrivals": len(time_s),
            "share": None if tells else share,
            "verdict": verdict_of_share(share),
            "missing": "",
        }
