"""A forecast on disk: its page in every language that is asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from beredt import __version__
from beredt.demand.forecast.forecast import Forecast
from beredt.report.forecast.hours import hours_chapter, places_chapter
from beredt.report.forecast.page import ForecastPage
from beredt.report.forecast.past import backtest_chapter, calibration_chapter, method_chapter, verdict_text
from beredt.report.number_format import NumberFormat
from beredt.report.page.blocks import Chapter
from beredt.report.page.cover import Cover
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import write_in_languages
from beredt.report.words import load_words


def forecast_fingerprint(told: Mapping[str, Any]) -> str:
    """SHA-256 of what was told and of the version that told it."""
    text = json.dumps({**told, "version": __version__}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def write_forecast_pages(
    answer: Forecast, told: Mapping[str, Any], out: Path, languages: Sequence[str], title: str = ""
) -> list[Path]:
    """Write `forecast.html` in the first language, `forecast.<language>.html` in the others.

    Args:
        answer: what is told.
        told: the facts beside it, as in `answer.json`; the fingerprint is theirs.
        out: folder, made if need be.
        languages: at least one that has a language file.
        title: of the log or study [default: words for a log].
    """

    def render(language: str) -> str:
        page = make_page(answer, told, language, title)
        return render_page(forecast_cover(page), forecast_chapters(page), page.words, page.numbers, page.fingerprint)

    return write_in_languages(out, "forecast", languages, render)


def make_page(answer: Forecast, told: Mapping[str, Any], language: str, title: str = "") -> ForecastPage:
    """A forecast in a language. Raises UnknownIdError without such a language file."""
    words = load_words(language)
    left_out = {name: int(told.get(f"incidents_{name}", 0)) for name in ("without_time", "outside")}
    title = title or words("forecast.page_title")
    return ForecastPage(answer, title, forecast_fingerprint(told), words, NumberFormat(words), **left_out)


def forecast_chapters(page: ForecastPage) -> tuple[Chapter, ...]:
    """All chapters, in the order in which a reader needs them."""
    verdict = verdict_text(page)
    return (
        hours_chapter(page, verdict),
        places_chapter(page),
        backtest_chapter(page, verdict),
        calibration_chapter(page),
        method_chapter(page),
    )


def forecast_cover(page: ForecastPage) -> Cover:
    """What was asked, of what past."""
    words, numbers, counts = page.words, page.numbers, page.answer.counts
    tested = page.answer.backtest
    facts = (
        (words("forecast.fact.from"), page.moment(page.local(page.answer.moment))),
        (words("forecast.fact.hours"), page.hours),
        (words("forecast.fact.past"), numbers.whole(counts.steps // counts.steps_per_day)),
        (words("forecast.fact.incidents"), numbers.whole(int(counts.counts.sum(dtype="int64")))),
        (words("forecast.fact.origins"), numbers.whole(len(tested.moments) - tested.warm_up)),
        (words("forecast.fact.zone"), counts.zone),
        (words("dimension.fact.version"), words("cover.version", version=__version__)),
        (words("need_page.fingerprint"), page.fingerprint),
    )
    return Cover(
        kicker=words("forecast.kicker"),
        title=page.title,
        question=words("forecast.question"),
        facts=facts,
        generated=words("forecast.generated"),
        footer=words("forecast.footer", fingerprint=page.fingerprint),
    )
