"""What cleaning finds and corrects, as the tables `log_findings` and `log_corrections`."""

from __future__ import annotations

from typing import Any

import pandas as pd

CORRECTS = ("midnight", "missing_clock", "position_axes", "position_zone", "unknown_urgency", "unknown_unit_kind")


class Notes:
    """What was changed, and how often each rule found something in each column."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.corrections: list[pd.DataFrame] = []
        self.counts: dict[tuple[str, str], int] = {}

    def find(self, rule: str, column: str, wrong: Any) -> None:
        """Count what a rule has found."""
        self.counts[rule, column] = self.counts.get((rule, column), 0) + int(wrong.sum())

    def correct(self, rule: str, column: str, before: Any) -> None:
        """Keep what stood in the cells that are changed.

        Args:
            rule: Its name.
            column: That is changed.
            before: Series of the rows that are changed alone.
        """
        self.counts[rule, column] = self.counts.get((rule, column), 0) + len(before)
        if len(before):
            told = before.astype(str)
            self.corrections.append(pd.DataFrame({"row": told.index, "field": column, "before": told, "rule": rule}))

    def findings(self) -> pd.DataFrame:
        """The table `log_findings`."""
        rows = [(rule, column, count) for (rule, column), count in self.counts.items() if count]
        table = pd.DataFrame(rows, columns=["rule", "field", "count"])
        action = table["rule"].map(dict.fromkeys(CORRECTS, "correct")).fillna("mark")
        return table.assign(action=action, value="", suppressed=False)

    def corrected(self) -> pd.DataFrame:
        """The table `log_corrections`."""
        if not self.corrections:
            return pd.DataFrame({"rule": [], "field": [], "values": [], "suppressed": []})
        counts = pd.concat(self.corrections).groupby(["rule", "field"]).size().rename("values").reset_index()
        return counts.assign(suppressed=False)
