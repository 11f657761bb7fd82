"""The source of findings and chapters holds no sentence and no figure for the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a file but docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.lineno, node.value


def files(root: Path) -> list[Path]:
    report = root / "src" / "beredt" / "report"
    return [
        *sorted((report / "findings").glob("*.py")),
        *sorted((report / "chapters").glob("*.py")),
        report / "edit_lines.py",
        report / "terminal.py",
    ]


def test_no_sentence_stands_in_the_source(root: Path) -> None:
    found = [
        f"{path.name}:{line}: {text!r}"
        for path in files(root)
        for line, text in texts_of(path)
        if re.search(r"[A-Za-zæøåÆØÅ]{3,} [a-zæøå]{2,} [a-zæøå]{2,}", text)
    ]
    assert not found


def test_no_figure_stands_in_a_text_of_the_source(root: Path) -> None:
    # Ids of measures, such as response_p90_s, are names of columns.
    found = [
        f"{path.name}:{line}: {text!r}"
        for path in files(root)
        for line, text in texts_of(path)
        if re.search(r"\d", text) and not re.fullmatch(r"[a-z0-9_.*-]+", text)
    ]
    assert not found
