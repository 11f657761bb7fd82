"""The glossary holds every word that the project promises to use, with its Norwegian."""

from __future__ import annotations

import re
from pathlib import Path

from beredt.model.dictionary import load_tables

WORDS = """
call incident mission urgency unit crew station|standby point|roster organisation centre area municipality district
tettsted hospital handling mobilisation travel on-scene transport handover|response time|reach simultaneity relocation
|border policy|alternative edit study replication
"""
# Tables that are named after a word of their own; the others describe those words further.
NAMED_TABLES = (
    *("areas", "municipalities", "districts", "organisations", "centres", "stations", "standby_points"),
    *("unit_kinds", "units", "rosters", "hospitals"),
)


def promised_words() -> set[str]:
    """Words of the list: phrases stand between bars."""
    words = set()
    for piece in WORDS.replace("\n", " ").split("|"):
        phrase = piece.strip()
        words |= {phrase} if phrase in {"standby point", "response time", "border policy"} else set(phrase.split())
    return words


def glossary(root: Path) -> dict[str, tuple[str, str]]:
    """Read the tables of GLOSSARY.md: word → (Norwegian, meaning)."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", (root / "GLOSSARY.md").read_text(encoding="utf-8"), re.M)
    words = [word for word, _, _ in rows if word != "word"]
    assert len(words) == len(set(words)), "a word stands twice in GLOSSARY.md"
    return {word: (norwegian, meaning) for word, norwegian, meaning in rows if word != "word"}


def test_every_promised_word_is_explained(root: Path) -> None:
    missing = promised_words() - set(glossary(root))
    assert not missing, f"GLOSSARY.md lacks {', '.join(sorted(missing))}"


def test_every_word_has_its_norwegian_and_a_sentence(root: Path) -> None:
    for word, (norwegian, meaning) in glossary(root).items():
        assert norwegian.strip(), word
        assert meaning.endswith("."), word


def test_tables_are_named_after_words(root: Path) -> None:
    assert set(NAMED_TABLES) <= set(load_tables())
    words = glossary(root)
    for table in NAMED_TABLES:
        singular = table.replace("municipalities", "municipality").removesuffix("s").replace("_", " ")
        assert singular in words, f"table {table}: GLOSSARY.md lacks {singular!r}"
