"""The summary in a terminal says the same as the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from beredt.model.study import Study
from beredt.report.context import make_context
from beredt.report.findings.gate import gate_finding
from beredt.report.results import read_results
from beredt.report.terminal import terminal_text
from beredt.report.words import load_words


@pytest.mark.parametrize("language", ["nb", "en"])
def test_headline_and_one_row_per_alternative(tiny: Study, results_dir: Path, language: str) -> None:
    context = make_context(tiny, read_results(results_dir), load_words(language))
    text = terminal_text(results_dir, tiny, language, width=160)
    assert gate_finding(context) in text
    for one in context.alternatives:
        assert context.names.alternative_title(one) in text
    assert "None" not in text


def test_a_narrow_terminal_is_kept(tiny: Study, results_dir: Path) -> None:
    assert max(len(line) for line in terminal_text(results_dir, tiny, "en", width=80).splitlines()) <= 80
