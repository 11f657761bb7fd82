"""What a search has measured and found, written as it goes: a killed search takes up where it was.

The journal is a file of lines, each one JSON object: first a heading that says which search it is, then what layouts
came to on blocks, and each incumbent when it was found. A search decides by nothing but its options and these counts,
so whoever reads them back comes to the same decisions without simulating anything twice. A last line without its end,
which a kill may leave, is cut off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from beredt.decision.search.evaluate import Measure
from beredt.decision.search.layout import Layout
from beredt.decision.search.objective import Counted
from beredt.errors import OptionError

NAME = "journal.jsonl"


class Journal:
    """The journal of one search, in memory or in a folder."""

    def __init__(self, heading: Mapping[str, Any], folder: Path | None = None) -> None:
        """Open the journal, with all that an earlier run of the same search has left.

        Args:
            heading: what tells the search from others: study, options, version.
            folder: made if need be; None to keep nothing.

        Raises:
            OptionError: the folder holds the journal of another search.
        """
        self.counted: dict[tuple[str, int], Counted] = {}
        self._incumbents = 0
        self._named: set[str] = set()
        self._file: TextIO | None = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._open(folder / NAME, json.loads(json.dumps(dict(heading))))

    def note_counts(
        self, layouts: Sequence[Layout], blocks: Sequence[int], counted: Sequence[Sequence[Counted]]
    ) -> None:
        """Write what layouts came to on blocks; what is known already is left out."""
        for layout, row in zip(layouts, counted, strict=True):
            new = [(b, one) for b, one in zip(blocks, row, strict=True) if (layout.key, b) not in self.counted]
            if not new:
                continue
            line: dict[str, Any] = {"layout": layout.key, "blocks": [b for b, _ in new], "counted": [c for _, c in new]}
            if layout.key not in self._named:
                line["is"] = layout.as_json()
                self._named.add(layout.key)
            self._write(line)
            self.counted |= {(layout.key, block): one for block, one in new}
        self._flush()

    def note_incumbent(self, number: int, facts: Mapping[str, Any]) -> None:
        """Write an incumbent with its evidence, once."""
        if number >= self._incumbents:
            self._incumbents = number + 1
            self._write({"incumbent": number, **facts})
            self._flush(to_disk=True)

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self, path: Path, heading: dict[str, Any]) -> None:
        lines = _whole_lines(path)
        if lines and lines[0].get("search") != heading:
            raise OptionError(
                "--out",
                str(path.parent),
                "it holds the journal of another search",
                "name another folder, or repeat the options of that search to go on with it",
            )
        for line in lines[1:]:
            self._take_in(line)
        self._file = path.open("a", encoding="utf-8")
        if not lines:
            self._write({"search": heading})
            self._flush()

    def _take_in(self, line: dict[str, Any]) -> None:
        if "incumbent" in line:
            self._incumbents = max(self._incumbents, int(line["incumbent"]) + 1)
        elif "layout" in line:
            self._named.add(line["layout"])
            for block, one in zip(line["blocks"], line["counted"], strict=True):
                aimed, within, served, sum_ms, calls = one
                self.counted[line["layout"], block] = Counted(
                    tuple(aimed), tuple(within), tuple(served), tuple(sum_ms), calls
                )

    def _write(self, line: Mapping[str, Any]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n")

    def _flush(self, to_disk: bool = False) -> None:
        """Hand lines to the system, which keeps them when the process is killed; `to_disk`: also when power fails."""
        if self._file is not None:
            self._file.flush()
            if to_disk:
                os.fsync(self._file.fileno())


def _whole_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a journal; a torn last one is cut off the file."""
    if not path.exists():
        return []
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    return [json.loads(line) for line in whole.splitlines()]


class Remembered:
    """A `Measure` that asks another one only for what the journal does not hold, and counts what was spent.

    What the journal holds counts as spent, too: an interrupted search has the budget of one that was not.
    """

    def __init__(self, measure: Measure, journal: Journal) -> None:
        self._measure, self._journal = measure, journal
        self._asked: set[tuple[str, int]] = set()
        self.calls = 0

    @property
    def simulated(self) -> int:
        """Layouts times blocks, each pair once."""
        return len(self._asked)

    def __call__(self, layouts: Sequence[Layout], blocks: Sequence[int]) -> list[list[Counted]]:
        """As in `Measure`."""
        known = self._journal.counted
        missing = [one for one in layouts if any((one.key, block) not in known for block in blocks)]
        if missing:
            self._journal.note_counts(missing, blocks, self._measure(missing, blocks))
        found = [[known[one.key, block] for block in blocks] for one in layouts]
        for one, row in zip(layouts, found, strict=True):
            for block, counted in zip(blocks, row, strict=True):
                if (one.key, block) not in self._asked:
                    self._asked.add((one.key, block))
                    self.calls += counted.calls
        return found
