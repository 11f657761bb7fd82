"""Pages of the screen that read a run's chapters name chapters that a report has."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOPIC = re.compile(r'^  topic\("\w+", \[([^\]]+)\]\)', re.MULTILINE)
PART = re.compile(r"^const CHAPTERS = \[([^\]]+)\]", re.MULTILINE)
"""Chapters of a page that has a screen of its own besides."""
CHAPTER = re.compile(r'\bChapter\(\s*"([a-z-]+)"')


def test_every_topic_names_chapters_of_the_report() -> None:
    pages = ROOT / "frontend/src/pages"
    lists = TOPIC.findall((pages / "index.ts").read_text(encoding="utf-8"))
    lists += [found for page in pages.rglob("*.tsx") for found in PART.findall(page.read_text(encoding="utf-8"))]
    named = {name for names in lists for name in re.findall(r'"([^"]+)"', names)}
    sources = (ROOT / "src/beredt/report/chapters").glob("*.py")
    chapters = {name for source in sources for name in CHAPTER.findall(source.read_text(encoding="utf-8"))}
    assert {"staff", "patient-travel", "borders"} <= named
    assert named <= chapters
