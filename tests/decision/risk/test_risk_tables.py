"""The result tables of the risk analysis, and that nothing in them is ever a sum."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.decision.risk.risk_tables import FEWEST_OF_ROLE, risk_tables
from beredt.model.dictionary import load_fields
from beredt.model.read import load_study
from beredt.model.study import Study
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study

RUN = ("today", "0+", "2")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(str(write_opinions(write_tiny_study(tmp_path_factory.mktemp("tiny")))))


def with_scores(study: Study, scores: pl.DataFrame) -> Study:
    return replace(study, decision={**study.decision, "risk_scores": scores})


def spread(study: Study) -> pl.DataFrame:
    return risk_tables(study, RUN, "0+", {})["risk_spread"]


def row(table: pl.DataFrame, **keys: str) -> dict[str, object]:
    found = table.filter([pl.col(key) == value for key, value in keys.items()])
    assert found.height == 1, keys
    return found.row(0, named=True)


def test_a_story_of_one_event(study: Study) -> None:
    """Under 2 the crews say 4, 5 and 3 and the centre 3: 3.5 in the middle; apart 1+1+1+2+2+0 = 7 of 16."""
    found = row(spread(study), event="late", alternative="2", stage="before", role="", dimension="likelihood")
    assert (found["assessors"], found["median"], found["low"], found["high"]) == (4, 3.5, 3, 5)
    assert found["disagreement"] == pytest.approx(7 / 16)
    assert (found["knowledge_weak"], found["knowledge_told"]) == (3, 4)
    after = row(spread(study), event="late", alternative="2", stage="after", role="", dimension="likelihood")
    assert (after["assessors"], after["median"]) == (3, 3.0), "the centre did not say anything of after measures"


def test_a_role_of_few_is_not_told_by_itself(study: Study) -> None:
    assert set(spread(study)["role"].to_list()) == {"", "crew"}
    of_roles = spread(study).filter(pl.col("role") != "")["assessors"].to_list()
    assert min(of_roles) >= FEWEST_OF_ROLE


def test_events_that_nobody_assessed_have_no_row(study: Study) -> None:
    assert set(spread(study)["event"].to_list()) == {"late", "lost"}


def test_evidence_is_found_or_said_to_be_missing(study: Study) -> None:
    keys = {"urgency": "A", "group": "west", "hour": -1, "unit": "share"}
    level = {"alternative": "2", "measure": "share_within_target", **keys, "value": 0.8, "low": 0.7, "high": 0.9}
    difference = {**level, "baseline": "0+", "value": 0.1, "low": 0.0, "high": 0.2}
    misrouting = pl.DataFrame({"alternative": ["2"], "calls_low": [0.0], "calls_high": [7.0]})
    results = {"indicators": pl.DataFrame([level]), "differences": pl.DataFrame([difference]), "misrouting": misrouting}
    found = risk_tables(study, RUN, "0+", results)["risk_evidence"]
    simulated = row(found, event="late", alternative="2")
    assert (simulated["status"], simulated["value"], simulated["difference"]) == ("simulated", 0.8, 0.1)
    assumed = row(found, event="lost", alternative="2")
    assert (assumed["status"], assumed["value"], assumed["low"], assumed["high"]) == ("assumed", None, 0.0, 7.0)
    assert row(found, event="dear", alternative="2")["status"] == "missing"
    assert row(found, event="late", alternative="0+")["status"] == "missing"


def test_another_runs_baseline_gives_no_difference(study: Study) -> None:
    keys = {"measure": "share_within_target", "urgency": "A", "group": "west", "hour": -1, "unit": "share"}
    level = {"alternative": "2", **keys, "value": 0.8, "low": 0.7, "high": 0.9}
    other = {**level, "baseline": "today", "value": 0.1, "low": 0.0, "high": 0.2}
    results = {"indicators": pl.DataFrame([level]), "differences": pl.DataFrame([other])}
    found = risk_tables(study, RUN, "0+", results)["risk_evidence"]
    assert row(found, event="late", alternative="2")["difference"] is None


SCORE = st.fixed_dictionaries(
    {
        "event": st.sampled_from(["late", "lost", "dear"]),
        "alternative": st.sampled_from(["0+", "2"]),
        "role": st.sampled_from(["crew", "desk"]),
        "assessor": st.integers(1, 6),
        "likelihood_before": st.integers(1, 5),
        "consequence_before": st.integers(1, 5),
        "likelihood_after": st.integers(1, 5),
        "consequence_after": st.integers(1, 5),
        "knowledge": st.sampled_from([None, "weak", "moderate", "strong"]),
        "measures": st.none(),
    }
)


def keyed(score: dict[str, object]) -> tuple[object, ...]:
    return tuple(score[key] for key in ("event", "alternative", "role", "assessor"))


@settings(max_examples=40, deadline=None)
@given(st.lists(SCORE, unique_by=keyed, max_size=24))
def test_what_is_thought_of_one_event_never_touches_another(study: Study, scores: list[dict[str, object]]) -> None:
    """If anything were summed over events, taking an event away would show in the rows of the others."""
    schema = study.decision["risk_scores"].schema
    all_of_them = pl.DataFrame(scores, schema=schema)
    for event in ("late", "lost", "dear"):
        alone = all_of_them.filter(pl.col("event") == event)
        whole = spread(with_scores(study, all_of_them)).filter(pl.col("event") == event)
        assert whole.equals(spread(with_scores(study, alone)))


def test_every_row_is_about_one_event_and_stays_on_the_scale(study: Study) -> None:
    table = spread(study)
    assert set(table["event"].to_list()) <= set(study.decision["risk_events"]["id"].to_list())
    assert {"event"} <= {field.name for field in load_fields("results/risk_spread") if field.key}
    for column in ("median", "low", "high"):
        assert table[column].is_between(1, 5).all()
    for name in ("risk_spread", "risk_agreement", "risk_evidence"):
        columns = {field.name for field in load_fields(f"results/{name}")}
        assert not columns & {"total", "sum", "score", "mean", "average", "product", "points", "index"}


def test_no_score_is_added_or_multiplied_in_the_source(root: Path) -> None:
    """Sums in the room are of distances between assessors and of counts of scores, never of scores."""
    allowed = {"spread.py": 1, "agreement.py": 5, "risk_tables.py": 1}
    found: dict[str, int] = {}
    for path in sorted((root / "src/beredt/decision/risk").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in ("sum", "fsum", "mean", "average", "prod", "cumsum"):
                    found[path.name] = found.get(path.name, 0) + 1
    assert {name: count for name, count in found.items() if count > allowed.get(name, 0)} == {}


def test_the_bundled_study_has_all_events_of_the_regional_study_in_three_languages_and_no_scores() -> None:
    tables = load_study("asker-baerum").decision
    areas, events = tables["risk_areas"], tables["risk_events"]
    counts = dict(events.group_by("area").len().rows())
    assert counts == {"patient-safety": 5, "readiness": 4, "uniform-service": 3, "work-environment": 2, "economy": 7}
    for table in (areas, events, tables["risk_roles"]):
        texts = [name for name in table.columns if name.endswith(("_en", "_nb", "_nn"))]
        assert len(texts) in (3, 6)
        assert all(table[name].str.len_chars().min() for name in texts), "no text is missing in any language"
    assert tables["risk_scores"].is_empty(), "the study's own scores are not published"
    # By name, not by number: the areas' third is the criteria's fifth.
    criteria = tables["criteria"]["id"].to_list()
    assert [criteria.index(one) + 1 for one in areas["criterion"]] == [1, 2, 5, 4, 3]
    assert areas.filter(pl.col("beside_gate"))["id"].to_list() == ["patient-safety"]
    assert set(tables["risk_evidence"]["event"].to_list()) <= set(events["id"].to_list())
