"""Whatever happens to a file, the import answers with a sound study or with issues, never with a crash."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import ForeignFilesError
from beredt.model.issue import Issue, has_errors
from beredt.model.read import read_study
from beredt.simulation.jemss.import_city import import_city
from tests.simulation.jemss.tiny_city import city_files, write_city

FILES = sorted(name for name in city_files() if "redispatch_off" not in name)
NUMBERS = ["0", "-1", "1.5", "1e400", "1e300", "-1e300", "NaN", "inf", "9" * 30, "0x10", "1_000", "٣"]
WORDS = ["", " ", "x", "é", "-", "[1]", "[1; 1; 1]", "highPriority", "nodes", "undirected", "true"]
MARKS = ['"', '""', ",", "1,2", "\n", "\n\n", "\0"]
JUNK = st.sampled_from(NUMBERS + WORDS + MARKS)


class City:
    """A city in which one file is changed for a while."""

    def __init__(self, folder: Path) -> None:
        self.folder = write_city(folder / "city")
        self.out = folder / "study"

    def check(self, name: str, content: bytes) -> None:
        path = self.folder / name
        before = path.read_bytes()
        path.write_bytes(content)
        try:
            import_city(
                self.folder, self.folder / "calls.csv", "redispatch_lower_to_high", self.folder / "rasters", self.out
            )
        except ForeignFilesError as error:
            self._told(error)
        else:
            study, issues = read_study(self.out)
            assert study is not None
            assert not has_errors(issues)
        finally:
            path.write_bytes(before)
            shutil.rmtree(self.out, ignore_errors=True)

    def _told(self, error: ForeignFilesError) -> None:
        assert error.issues
        for issue in error.issues:
            assert isinstance(issue, Issue)
            assert issue.message
            assert issue.remedy
        assert not self.out.exists()


@pytest.fixture(scope="module")
def city() -> Iterator[City]:
    with TemporaryDirectory() as folder:
        yield City(Path(folder))


@settings(max_examples=max(settings().max_examples, 1))
@given(name=st.sampled_from([name for name in FILES if not name.endswith(".zip")]), junk=JUNK, data=st.data())
def test_a_cell_is_replaced(city: City, name: str, junk: str, data: st.DataObject) -> None:
    lines = str(city_files()[name]).split("\n")
    line = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[line].split(",")
    cells[data.draw(st.integers(0, len(cells) - 1))] = junk
    lines[line] = ",".join(cells)
    city.check(name, "\n".join(lines).encode())


@given(name=st.sampled_from([name for name in FILES if not name.endswith(".zip")]), data=st.data())
@settings(max_examples=max(settings().max_examples // 2, 1))
def test_lines_are_lost_doubled_or_swapped(city: City, name: str, data: st.DataObject) -> None:
    lines = str(city_files()[name]).split("\n")
    first, second = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(0, len(lines) - 1))
    match data.draw(st.sampled_from(["lost", "doubled", "swapped", "cut"])):
        case "lost":
            del lines[first]
        case "doubled":
            lines.insert(second, lines[first])
        case "swapped":
            lines[first], lines[second] = lines[second], lines[first]
        case _:
            del lines[first:]
    city.check(name, "\n".join(lines).encode())


@given(name=st.sampled_from(FILES), data=st.data())
@settings(max_examples=max(settings().max_examples // 2, 1))
def test_bytes_are_damaged(city: City, name: str, data: st.DataObject) -> None:
    written = city_files()[name]
    content = bytearray(written.encode() if isinstance(written, str) else written or b"")
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    city.check(name, bytes(content))
