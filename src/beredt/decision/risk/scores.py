"""Scores of a study, put in order: what every assessor thinks of each event, by stage and dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

Stage = Literal["before", "after"]
Dimension = Literal["likelihood", "consequence"]

STAGES: tuple[Stage, ...] = ("before", "after")
DIMENSIONS: tuple[Dimension, ...] = ("likelihood", "consequence")
COLUMNS = tuple(f"{dimension}_{stage}" for stage in STAGES for dimension in DIMENSIONS)
"""Columns of `risk_scores` that hold scores, in the order of the table."""


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """What assessors were asked: one event under one alternative, at one stage."""

    event: str
    alternative: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Answer:
    """What one assessor said: both scores 1 to 5, and how strong the knowledge is (None: not told)."""

    role: str
    likelihood: int
    consequence: int
    knowledge: str | None

    def score(self, dimension: Dimension) -> int:
        """The score of one dimension."""
        return self.likelihood if dimension == "likelihood" else self.consequence


def answers_by_question(scores: pl.DataFrame) -> Mapping[Question, tuple[Answer, ...]]:
    """Answers to every question that anybody answered.

    An answer has both scores; a row with only one of them is a fault that reading the study tells. Questions come in
    the order of events and alternatives in the table, before measures first.
    """
    found: dict[Question, list[Answer]] = {}
    for row in scores.iter_rows(named=True):
        for stage in STAGES:
            question = Question(row["event"], row["alternative"], stage)
            likelihood, consequence = (row[f"{dimension}_{stage}"] for dimension in DIMENSIONS)
            if likelihood is not None and consequence is not None:
                answer = Answer(row["role"], likelihood, consequence, row["knowledge"])
                found.setdefault(question, []).append(answer)
    return {question: tuple(answers) for question, answers in found.items()}
