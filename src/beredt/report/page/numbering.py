"""Numbers of figures and tables, the same in every form of a report."""

from __future__ import annotations

from beredt.report.number_format import NumberFormat
from beredt.report.words import Words

SHORT = 12
"""Letters of the fingerprint that captions show; the cover has all."""


class Numbering:
    """Numbers figures and tables in the order in which a report shows them."""

    def __init__(self, words: Words, numbers: NumberFormat) -> None:
        self._words = words
        self._numbers = numbers
        self._figures = 0
        self._tables = 0

    def figure(self) -> str:
        """The name of the next figure: "Figure 3."."""
        self._figures += 1
        return self._words("page.figure", number=self._numbers.label(self._figures))

    def table(self) -> str:
        """The name of the next table."""
        self._tables += 1
        return self._words("page.table", number=self._numbers.label(self._tables))
