"""The command itself: quick help, exit codes, and answers on the right stream."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import beredt
from beredt.cli.app import build_app

VERBS = [["study", "init"], ["study", "check"], ["study", "run"], ["simulate"]]


@pytest.mark.parametrize("words", [[], ["study"], *VERBS], ids=" ".join)
def test_help_reads_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom beredt.cli.app import build_app\n"
        f"try:\n    build_app()({[*words, '--help']!r})\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'numba', 'numpy', 'polars', 'pyarrow', 'scipy', 'matplotlib', 'shapely'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: ")
    assert done.stderr.strip() == "[]"


def test_version() -> None:
    answer = CliRunner().invoke(build_app(), ["--version"])
    assert answer.exit_code == 0
    assert answer.stdout == f"beredt {beredt.__version__}\n"


@pytest.mark.parametrize(
    "words", [["frog"], ["study", "frog"], ["study", "check"], ["study", "run", "x", "--jobs", "0"]]
)
def test_a_wrong_call_ends_in_2_and_says_so_on_stderr(words: list[str]) -> None:
    answer = CliRunner().invoke(build_app(), words)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr


@pytest.mark.parametrize("words", VERBS[1:], ids=" ".join)
def test_a_study_that_is_not_there_is_a_wrong_call(words: list[str]) -> None:
    answer = CliRunner().invoke(build_app(), [*words, "no-such-study"])
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert "no-such-study" in answer.stderr
    answer = CliRunner().invoke(build_app(), [*words, "no-such-study", "--json"])
    assert answer.exit_code == 2
    assert json.loads(answer.stdout)["issues"]
