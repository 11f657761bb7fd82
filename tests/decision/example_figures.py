"""The made-up tables of the how-to guide on staff and cost: what the documentation shows is what tests read."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "staff-and-cost.md"
BLOCK = re.compile(r"```\{code-block\} text\n:caption: (\w+)\.csv\n\n(.*?)```", re.DOTALL)
OF_THE_TINY_STUDY = {"ous": "trust-east", "vv": "trust-west"}


def shown_tables() -> dict[str, str]:
    """Table → the CSV that the page shows."""
    return dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))


def tiny_tables() -> dict[str, str]:
    """The same for the tiny study: its organisations, and only alternative 2."""
    tables = shown_tables()
    for name, text in tables.items():
        head, *rows = text.splitlines()
        cells = [row.split(",") for row in rows]
        kept = [row for row in cells if "alternative" not in head or not {"1", "3"} & {row[1]}]
        told = [",".join(OF_THE_TINY_STUDY.get(cell, cell) for cell in row) for row in kept]
        tables[name] = "\n".join([head, *told]) + "\n"
    return tables
