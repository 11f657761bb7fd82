"""Wording follows the numbers: whatever the figures, no language calls better or worse what may be nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beredt.indicators.measures.catalogue import load_measures
from beredt.model.study import Study
from beredt.report.chapters.parts import difference_cell
from beredt.report.context import ReportContext, make_context
from beredt.report.estimate import Estimate
from beredt.report.estimates import as_estimates
from beredt.report.findings.change import change_text, is_better
from beredt.report.findings.key_sentences import key_sentences
from beredt.report.measures import measure
from beredt.report.results import read_results
from beredt.report.words import list_languages, load_words

WAYS = ("higher", "lower", "longer", "shorter", "more", "fewer")
spans = st.tuples(*(st.floats(-1e6, 1e6, allow_nan=False) for _ in range(3))).map(sorted)


@pytest.fixture(scope="module", params=list_languages())
def spoken(request: pytest.FixtureRequest, tiny: Study, results_dir: Path) -> ReportContext:
    return make_context(tiny, read_results(results_dir), load_words(request.param))


def claims(ctx: ReportContext) -> tuple[str, ...]:
    """What a sentence ends with that says which way, without its amount: the last words before the interval."""
    return tuple(ctx.words(f"change.{way}", amount="", interval="").strip() for way in WAYS)


@given(span=spans, key=st.sampled_from(sorted(load_measures())))
def test_a_difference_that_may_be_nothing_is_never_told_as_one(
    spoken: ReportContext, span: list[float], key: str
) -> None:
    low, value, high = span
    difference, what = Estimate(value, low, high), measure(key)
    text, cell = change_text(spoken, what, difference), difference_cell(spoken, what, difference)
    if low <= 0.0 <= high:
        assert is_better(what, difference) is None
        assert not any(claim in text for claim in claims(spoken))
        assert cell.style not in ("good", "bad")
    if cell.style in ("good", "bad"):
        assert low > 0.0 or high < 0.0
        assert (cell.style == "good") == ((value > 0.0) == (what.better > 0))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_the_summary_names_a_gain_or_a_loss_only_where_it_is_sure(spoken: ReportContext, data: st.DataObject) -> None:
    gate = spoken.study.settings.gate
    assert gate is not None
    shares = st.tuples(*(st.floats(-0.3, 0.3).filter(lambda x: x == 0.0 or abs(x) > 0.002) for _ in range(3))).map(
        sorted
    )
    rows, sure = [], []
    for one in spoken.compared:
        for group in gate.groups:
            low, value, high = data.draw(shares)
            rows.append((one, group, value, low, high))
            sure += [value] if low > 0.0 or high < 0.0 else []
    ctx = replace(spoken, changes=as_estimates(differences(rows)))
    gain, loss = key_sentences(ctx)[:2]
    nothing = {
        way: ctx.words(f"summary.no_{way}", baseline=ctx.names.alternatives((ctx.baseline,)))
        for way in ("gain", "loss")
    }
    assert (gain == nothing["gain"]) == (not any(value > 0.0 for value in sure))
    assert (loss == nothing["loss"]) == (not any(value < 0.0 for value in sure))


def differences(rows: list[tuple[str, str, float, float, float]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"alternative": one, "measure": "share_within_target", "urgency": "A", "group": group, "hour": -1,
             "unit": "share", "value": value, "low": low, "high": high}
            for one, group, value, low, high in rows
        ]
    )  # fmt: skip
