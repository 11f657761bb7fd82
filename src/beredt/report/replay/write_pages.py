"""A replay as a page, in every language."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

from beredt import __version__
from beredt.live.replay.answer import ReplayAnswer
from beredt.report.number_format import NumberFormat
from beredt.report.page.cover import Cover
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import write_in_languages
from beredt.report.replay.chapters import ReplayPage, differing_chapter, method_chapter, sums_chapter
from beredt.report.words import list_languages, load_words


def write_replay_pages(answer: ReplayAnswer, out: Path) -> list[Path]:
    """Write `replay.html` in English and `replay.<language>.html` in the others.

    Args:
        answer: what is told.
        out: folder, made if need be.
    """
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    fingerprint = replay_fingerprint(answer)

    def render(language: str) -> str:
        words = load_words(language)
        page = ReplayPage(answer, words, NumberFormat(words))
        chapters = (sums_chapter(page), differing_chapter(page), method_chapter(page))
        return render_page(_cover(page, fingerprint), chapters, words, page.numbers, fingerprint)

    return write_in_languages(out, "replay", list(dict.fromkeys(("en", *list_languages()))), render)


def replay_fingerprint(answer: ReplayAnswer) -> str:
    """SHA-256 of what was found and of the version that found it."""
    text = json.dumps({**answer.as_json(), "version": __version__}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _cover(page: ReplayPage, fingerprint: str) -> Cover:
    words, answer = page.words, page.answer
    first, last = answer.stretch.first, answer.stretch.first + timedelta(days=answer.stretch.days - 1)
    days = _day(page, first) if first == last else f"{_day(page, first)} – {_day(page, last)}"
    facts = (
        (words("replay.fact.log"), answer.log),
        (words("replay.fact.study"), answer.study),
        (words("replay.fact.days"), days),
        (words("replay.fact.incidents"), page.numbers.whole(len(answer.found.incidents))),
        (words("dimension.fact.version"), words("cover.version", version=__version__)),
        (words("replay.fact.fingerprint"), fingerprint),
    )
    return Cover(
        kicker=words("replay.kicker"),
        title=answer.log,
        question=words("replay.question"),
        facts=facts,
        generated=words("replay.generated_log" if answer.generated else "replay.generated"),
        footer=words("replay.footer", fingerprint=fingerprint),
    )


def _day(page: ReplayPage, day: date) -> str:
    month = page.words("date.months").split()[day.month - 1]
    return f"{page.numbers.label(day.day)} {month} {page.numbers.label(day.year)}"
