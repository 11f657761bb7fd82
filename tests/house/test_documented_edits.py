"""Every alternative and edit that a page shows fits the bundled study, or one on roads of a map where it names some."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from beredt.model.find import find_study_folder
from beredt.model.read import read_study
from tests.tiny_map_study import write_map_study

BLOCK = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
ON_A_MAP = re.compile(r"^lines? = ", re.MULTILINE)
"""Keys of edits that name roads of a map."""
HEAD = 'id = "page-{0}"\ntitle = {{ en = "Page" , nb = "Side" }}\ndescription = {{ en = "Page", nb = "Side" }}\n\n'


def shown_alternatives(root: Path) -> list[str]:
    """List the TOML blocks with edits; edits alone get a head."""
    blocks = [
        block
        for page in sorted((root / "docs").rglob("*.md"))
        if "_build" not in page.parts
        for block in BLOCK.findall(page.read_text(encoding="utf-8"))
        if "[[edits]]" in block
    ]
    return [block if block.startswith("id") else HEAD.format(number) + block for number, block in enumerate(blocks)]


def test_shown_alternatives_have_no_issue(root: Path, tmp_path: Path) -> None:
    shown = shown_alternatives(root)
    on_map = [text for text in shown if ON_A_MAP.search(text)]
    alternatives = [text for text in shown if text not in on_map]
    assert alternatives
    assert on_map
    folder = tmp_path / "study"
    shutil.copytree(find_study_folder("asker-baerum"), folder)
    for number, text in enumerate(alternatives):
        (folder / "alternatives" / f"page-{number}.toml").write_text(text, encoding="utf-8")
    mapped = write_map_study(tmp_path / "mapped", **{f"page-{number}": text for number, text in enumerate(on_map)})
    for one in (folder, mapped):
        study, issues = read_study(one)
        assert [issue.text() for issue in issues] == []
        assert study is not None
