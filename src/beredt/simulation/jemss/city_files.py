"""Where the files of a city model are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from beredt.errors import ForeignFilesError
from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue
from beredt.simulation.jemss.faults import Faults
from beredt.simulation.jemss.jemss_table import JemssTable
from beredt.simulation.jemss.table_file import read_table_file

ENDINGS = (".csv", ".csv.gz")
MODELS = "models"
FIRST_MODEL = "1"


@dataclass(frozen=True, slots=True)
class CityFiles:
    """The folder of a city model, and the name of the city, which is that of the folder above `models`."""

    folder: Path
    name: str
    faults: Faults
    used: list[str]

    def read(self, *parts: str) -> tuple[dict[str, JemssTable] | None, str]:
        """The tables of the file at `parts`, written without its ending, and what issues call it.

        None where it cannot be read, which is noted.

        Where the last part ends in `_1` and there is no such file, but one with another number, it is taken.
        """
        file = self._find(parts)
        if file is None:
            return None, "/".join(parts) + ENDINGS[0]
        shown = file.relative_to(self.folder).as_posix()
        self.used.append(shown)
        return read_table_file(file, shown, self.faults), shown

    def has(self, *parts: str) -> bool:
        """Whether there is a folder or file at `parts`."""
        return self.folder.joinpath(*parts).exists()

    def list_stems(self, *parts: str) -> list[str]:
        """Names of the tables in the folder at `parts`, without their endings, in alphabetical order."""
        folder = self.folder.joinpath(*parts)
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        return [name.partition(".")[0] for name in names if name.endswith(ENDINGS)]

    def _find(self, parts: tuple[str, ...]) -> Path | None:
        folder, stem = self.folder.joinpath(*parts[:-1]), parts[-1]
        shown = "/".join(parts) + ENDINGS[0]
        there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        found = [name for name in there if name in {stem + ending for ending in ENDINGS}]
        if not found and stem.endswith("_1"):
            found = [name for name in there if name.endswith(ENDINGS)]
            if len(found) > 1:
                message = f"there are {len(found)} files and none is called {stem}: {', '.join(found)}"
                self.faults.add(shown, message, f"keep one of them, or call it {stem}.csv")
                return None
        if len(found) > 1:
            self.faults.add(shown, f"the file is given twice: {' and '.join(found)}", "keep one of the two")
            return None
        if not found:
            tables = [name for name in there if name.endswith(ENDINGS)]
            close = find_closest(stem, [name.partition(".")[0] for name in tables])
            hint = f"did you mean {close}? " if close else ""
            held = f"the folder has {', '.join(tables)}" if tables else "the folder has no tables"
            self.faults.add(shown, "the file is missing", f"{hint}{held}" if tables else f"add the file; {held}")
            return None
        return folder / found[0]


def find_city(folder: Path, faults: Faults) -> CityFiles:
    """The city model in a folder, or in `models/1` inside it. Raises ForeignFilesError if there is none."""
    inner = folder / MODELS / FIRST_MODEL
    model = folder if not inner.is_dir() or (folder / "stations").is_dir() else inner
    if not model.is_dir() or not any((model / part).is_dir() for part in ("stations", "travel", "maps")):
        message = "there is no city model here" if folder.exists() else "there is no such folder"
        remedy = "give the folder that holds maps, stations, travel and so on, such as cities/auckland/models/1"
        raise ForeignFilesError([Issue(str(folder), None, None, None, 1, message, remedy)])
    model = model.resolve()
    name = model.parent.parent.name if model.parent.name == MODELS else model.name
    return CityFiles(model, name, faults, [])
