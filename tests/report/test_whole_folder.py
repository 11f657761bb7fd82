"""A folder of results is what it was before or whole, also when whoever writes it is killed; nothing else is eaten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from beredt.errors import OptionError
from beredt.report.whole_folder import whole_folder
from beredt.report.write_index import INDEX

FILES = 12

WRITER = f"""
import json, sys
from pathlib import Path
from beredt.report.whole_folder import whole_folder
names = [f"{{one}}.txt" for one in range({FILES})]
print("ready", flush=True)
for number in range(1_000_000):
    with whole_folder(Path(sys.argv[1])) as coming:
        for name in names:
            (coming / name).write_text(str(number), encoding="utf-8")
        facts = {{"store": "", "files": dict.fromkeys(names, "")}}
        (coming / "{INDEX}").write_text(json.dumps(facts), encoding="utf-8")
"""


def write(folder: Path, number: int) -> None:
    """Results of a run, each file of which names the run."""
    names = [f"{one}.txt" for one in range(FILES)]
    for name in names:
        (folder / name).write_text(str(number), encoding="utf-8")
    (folder / INDEX).write_text(json.dumps({"store": "", "files": dict.fromkeys(names, "")}), encoding="utf-8")


def runs(folder: Path) -> set[str]:
    """The runs that files of a folder are from."""
    names = json.loads((folder / INDEX).read_text(encoding="utf-8"))["files"]
    assert len(names) == FILES
    return {(folder / name).read_text(encoding="utf-8") for name in names}


def test_whoever_kills_the_writer_finds_one_whole_run(tmp_path: Path) -> None:
    out = tmp_path / "a [b]" / "out"
    for kill in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(out)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        while not out.exists():
            time.sleep(0.001)
        time.sleep(0.003 + 0.0017 * kill)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        assert len(runs(out)) == 1
    with whole_folder(out) as coming:
        write(coming, -1)
    assert runs(out) == {"-1"}
    assert [path.name for path in out.parent.iterdir()] == ["out"], "what the killed have left is swept"


def test_one_that_cannot_finish_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in (1, 2):
        with whole_folder(out) as coming:
            write(coming, number)

    def fail() -> None:
        with whole_folder(out) as coming:
            write(coming, 3)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert runs(out) == {"2"}
    assert os.listdir(tmp_path) == ["out"]


def test_two_at_a_time_do_not_sweep_each_other_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with whole_folder(out) as slow:
        with whole_folder(out) as quick:
            write(quick, 1)
        write(slow, 2)
    assert runs(out) == {"2"}


def test_nothing_is_eaten_that_is_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    with whole_folder(out) as coming:
        write(coming, 1)
    (out / "march").mkdir()
    for name in ("notes.txt", f"march/{INDEX}"):
        (out / name).write_text('{"files": {}}', encoding="utf-8")
        with pytest.raises(OptionError, match=rf"{name}.*names as its own"), whole_folder(out):
            raise AssertionError("nothing is written")
        (out / name).unlink()
    run = json.dumps({"files": dict.fromkeys(os.listdir(out), "")})  # of a simulation, which may have taken hours
    (out / INDEX).write_text(run, encoding="utf-8")
    with pytest.raises(OptionError, match=r"0\.txt and 12 more"), whole_folder(out):
        raise AssertionError("nothing is written")
    (out / INDEX).rename(tmp_path / "index")
    with pytest.raises(OptionError, match=r"0\.txt and 11 more"), whole_folder(out):
        raise AssertionError("nothing is written")
    with pytest.raises(OptionError, match="it is a file"), whole_folder(tmp_path / "index"):
        raise AssertionError("nothing is written")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OptionError, match="works in it"), whole_folder(Path()):
        raise AssertionError("nothing is written")


def test_without_an_exchange_what_stood_there_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    with whole_folder(out) as coming:
        write(coming, 1)
    monkeypatch.setattr("beredt.report.whole_folder._exchange", lambda *_: False)
    with whole_folder(out) as coming:
        write(coming, 2)
    assert runs(out) == {"2"}
    out.rename(tmp_path / ".out.coming-1-before")  # as a machine that goes down between the two steps leaves it
    with pytest.raises(KeyError), whole_folder(out):
        raise KeyError
    assert runs(out) == {"2"}
