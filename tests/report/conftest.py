"""The tiny study with made-up results, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.report.context import ReportContext, make_context
from beredt.report.results import read_results
from beredt.report.words import load_words
from tests.report.synthetic_results import write_synthetic_results
from tests.tiny_comparison import write_comparison
from tests.tiny_opinions import write_opinions
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(str(write_comparison(write_opinions(write_tiny_study(tmp_path_factory.mktemp("tiny"))))))


@pytest.fixture(scope="session")
def results_dir(tiny: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_synthetic_results(tiny, tmp_path_factory.mktemp("results"))


@pytest.fixture(params=["nb", "en"])
def context(request: pytest.FixtureRequest, tiny: Study, results_dir: Path) -> ReportContext:
    return make_context(tiny, read_results(results_dir), load_words(request.param))


@pytest.fixture
def english(tiny: Study, results_dir: Path) -> ReportContext:
    return make_context(tiny, read_results(results_dir), load_words("en"))
