"""Every verb that tells of a log says so where nothing in the log is real."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from beredt.cli.app import build_app
from tests.indicators.made_store import make_store

SENTENCE = "Generated: nothing in this log is real."
VERBS = (["indicators", "STORE"], ["triage", "STORE"], ["repeat", "STORE"], ["review", "STORE"], ["report", "STORE"])


def run(words: list[str], store: Path) -> Result:
    named = [str(store) if word == "STORE" else word for word in words]
    out = ["--out", str(store.with_name("report"))] if words[0] == "report" else []
    return CliRunner().invoke(build_app(), ["missions", *named, *out])


def made(folder: Path, *, generated: bool) -> Path:
    rows = [
        {"urgency": "A", "call_t": n * 9, "alerted_t": n * 9 + 1, "scene_t": n * 9 + 16, "patient": f"p{n % 7}",
         "triage": ("rød", "gul")[n % 2], "unit": "U1", "station": "S"}
        for n in range(40)
    ]  # fmt: skip
    return make_store(folder / "store", rows, generated=generated).path


@pytest.mark.parametrize("generated", [True, False])
@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_it_is_said(words: list[str], generated: bool, tmp_path: Path) -> None:
    answer = run(words, made(tmp_path, generated=generated))
    assert answer.exit_code == 0, answer.output
    assert (SENTENCE in answer.stdout) == generated


@pytest.mark.parametrize("words", [["review", "STORE", "list"], ["review", "STORE", "show", "1"]], ids=["list", "show"])
def test_a_queue_says_what_its_log_says(words: list[str], tmp_path: Path) -> None:
    store = made(tmp_path, generated=True)
    run(["review", "STORE"], store)
    assert SENTENCE in run(words, store).stdout
    assert json.loads(run([*words, "--json"], store).stdout)["generated"] is True


def test_of_several_logs_those_are_named(tmp_path: Path) -> None:
    store = made(tmp_path, generated=True)
    store.rename(tmp_path / "unreal")
    made(tmp_path, generated=False)
    (tmp_path / "links.toml").write_text(
        'zone = "Europe/Oslo"\n[sources.first]\nstore = "unreal"\n[sources.second]\nstore = "store"\n'
        '[[links]]\nfrom = "first"\nto = "second"\nearliest_min = 0\nlatest_min = 60\nthreshold_bits = 1\n',
        encoding="utf-8",
    )
    words = ["missions", "link", str(tmp_path / "links.toml"), "--out", str(tmp_path / "out")]
    answer = CliRunner().invoke(build_app(), words)
    assert "Generated: nothing in first is real." in answer.stdout, answer.output
