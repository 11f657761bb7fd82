"""How the sheet of a risk workbook is laid out. What is read back goes by keys in hidden cells, never by words."""

from __future__ import annotations

from beredt.decision.risk.scores import COLUMNS

MARKER = "beredt-risk"
"""Stands in the first cell of every sheet that is read."""

ROLE, ASSESSOR = "role", "assessor"
"""Keys of the two rows that say who assesses."""

EVENT, ALTERNATIVE = "event", "alternative"
"""Keys of the hidden columns that say what a row is about."""

BEFORE, AFTER = COLUMNS[:2], COLUMNS[2:]
KNOWLEDGE, MEASURES = "knowledge", "measures"
KNOWLEDGE_CHOICES = ("weak", "moderate", "strong")

INPUTS = (*BEFORE, MEASURES, *AFTER, KNOWLEDGE)
"""Columns that people fill in, in the order in which one thinks: the risk, what is done about it, what is left."""

SHOWN = ("number", "event_name", "cause", "alternative_name")
"""Columns that only tell; their keys are read past."""

COLUMN_KEYS = (EVENT, ALTERNATIVE, *SHOWN, *INPUTS)

TITLE_ROW, ROLE_ROW, ASSESSOR_ROW, INTRO_ROW, KEY_ROW, HEAD_ROW, FIRST_ROW = range(7)
"""Rows from 0."""

LONGEST_MEASURES = 500
"""Characters of the text about measures."""

MOST_ASSESSORS = 999
