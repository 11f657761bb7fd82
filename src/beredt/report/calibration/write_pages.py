"""The page of a calibration in every language of the study, beside the figures that it shows."""

from __future__ import annotations

from pathlib import Path

from beredt.decision.calibration.calibrate import Calibration
from beredt.decision.calibration.write_study import FOLDER
from beredt.report.calibration.chapters import calibration_chapters, calibration_cover
from beredt.report.calibration.page import CalibrationPage
from beredt.report.number_format import NumberFormat
from beredt.report.page.render import render_page
from beredt.report.page.write_languages import languages_of
from beredt.report.words import load_words


def write_calibration_pages(calibration: Calibration, folder: Path) -> list[str]:
    """Write `calibration/page-<language>.html` into a study's folder.

    Args:
        calibration: What is told.
        folder: Of the new study; `calibration/` is there.

    Returns:
        The files made, relative to the folder, the study's first language first.
    """
    made = []
    for language in languages_of(calibration.study):
        name = f"{FOLDER}/page-{language}.html"
        (folder / name).write_text(render_calibration(calibration, language), encoding="utf-8", newline="\n")
        made.append(name)
    return made


def render_calibration(calibration: Calibration, language: str) -> str:
    """The page as HTML. Raises UnknownIdError without such a language file."""
    words = load_words(language)
    page = CalibrationPage(calibration, words, NumberFormat(words))
    chapters = calibration_chapters(page)
    return render_page(calibration_cover(page), chapters, words, page.numbers, calibration.study.fingerprint)
