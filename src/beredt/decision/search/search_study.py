"""`beredt search`: from a study to an alternative that is better than today, with what it is worth on unseen years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import beredt
from beredt.decision.search.cover_model import CoverModel
from beredt.decision.search.describe import Told, describe
from beredt.decision.search.evaluate import SimulatedBlocks
from beredt.decision.search.files import edit_text, write_answer, write_tables
from beredt.decision.search.held_out import HeldOut, run_held_out
from beredt.decision.search.incumbent import Found, Incumbent
from beredt.decision.search.journal import Journal, Remembered
from beredt.decision.search.layout import Layout
from beredt.decision.search.objective import Objective
from beredt.decision.search.options import DAYS_PER_YEAR, SearchOptions, space_of
from beredt.decision.search.search import SearchRules, Stop, never, search
from beredt.decision.search.seeds import search_seed
from beredt.decision.search.sites import with_candidates
from beredt.decision.search.space import Space
from beredt.decision.search.to_edits import layout_edits
from beredt.errors import StudyError
from beredt.model.edits.edit import Edit
from beredt.model.issue import Issue
from beredt.model.study import Study
from beredt.simulation.study_roads import load_or_build_roads, study_roads

Progress = Callable[[str, int, int], None]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer of a search. `held_out` is None where the test was not run: a stopped search, or today's layout."""

    study: str
    fingerprint: str
    options: SearchOptions
    space: Space
    found: Found
    held_out: HeldOut | None
    edits: tuple[Edit, ...]
    seed: int
    out: Path | None

    def as_json(self) -> dict[str, Any]:
        """Everything a script may want."""
        options, found, space = self.options, self.found, self.space
        days = options.blocks.simulated_days
        best = found.best.layout
        return {
            "study": self.study,
            "fingerprint": self.fingerprint,
            "status": found.status,
            "objective": {
                "measure": options.objective.measure,
                "urgency": options.objective.urgency,
                "groups": list(options.objective.groups),
                "over": options.objective.over,
                "unit": options.objective.unit,
            },
            "budget": {
                "unit": space.budget.unit,
                "limit": space.budget.limit,
                "today": space.cost(space.today),
                "answer": space.cost(best),
            },
            "spent": {
                "simulated_years": found.simulated * days / DAYS_PER_YEAR,
                "of_years": options.years,
                "incidents": found.calls,
                "layouts": 1 + len({one.ran.layout for one in found.tried}),
            },
            "seeds": {"search": self.seed, "held_out": self.held_out.seed if self.held_out else None},
            "held_out": _held_out_json(self.held_out),
            "incumbents": [one.as_json() for one in found.incumbents],
            "edits": [{"edit": edit.kind, **edit.given()} for edit in self.edits],
            "alternative": options.id,
            "out": None if self.out is None else str(self.out),
        }

    def as_text(self) -> str:
        """A few lines for a terminal."""
        found, objective = self.found, self.options.objective
        years = found.simulated * self.options.blocks.simulated_days / DAYS_PER_YEAR
        lines = [f"{_STATUS[found.status]} after {years:.0f} simulated years, {len(found.tried)} races run by layouts."]
        if not self.edits:
            lines.append("Nothing better than today's layout was found.")
        lines += [f"  {edit_text(edit)}" for edit in self.edits]
        if self.held_out is not None:
            h = self.held_out
            lines.append(
                f"On {h.replications} periods that the search has not seen: {_level(objective, h.today)} today, "
                f"{_level(objective, h.answer)} with these edits; "
                f"{_gain(objective, h.difference.difference)} "
                f"({_gain(objective, h.difference.low)} to {_gain(objective, h.difference.high)})."
            )
        elif self.edits and self.options.held_out:
            lines.append("Stopped before the answer was tested: the same command goes on where it was.")
        if self.out is not None:
            lines.append(f"{self.out / 'answer.toml'}: copy it into the study's alternatives/ to run it")
        return "\n".join(lines)


_STATUS = {"spent": "Budget spent", "settled": "No neighbour is better", "stopped": "Stopped"}


def search_study(
    study: Study, options: SearchOptions, out: Path | None, progress: Progress, say: Say, stop: Stop = never
) -> SearchAnswer:
    """Search a study for a better layout than today's.

    Args:
        study: checked; its incidents are drawn from rates.
        options: of the search.
        out: folder of journal, answer and tables, made if need be; a search that was killed there is gone on with.
            None to write nothing.
        progress: told how far each stage has come.
        say: told of every incumbent in a line of text.
        stop: asked now and then whether to end with the best answer so far.

    Raises:
        StudyError: a study of a call trace, whose incidents are always the same.
        OptionError: options that do not fit the study, or a folder with another search.
        UnknownIdError: a group, station, roster or kind of unit that the study does not have.
    """
    _refuse_trace(study)
    space, rules = space_of(study, options), options.blocks
    seed = search_seed(study.settings.simulation.seed, options.number)
    heading = {"version": beredt.__version__, "fingerprint": study.fingerprint, "options": options.as_json()}
    journal = Journal(heading, out)
    try:
        progress("Travel times", 0, 1)
        reached = with_candidates(study, space.sites)
        roads = study_roads(reached, load_or_build_roads(reached))
        progress("Travel times", 1, 1)
        blocks = SimulatedBlocks(reached, roads, space, options.objective, rules, seed, options.jobs)
        measure = Remembered(blocks, journal)
        model = CoverModel(space, roads, blocks.case, options.objective)
        watch = _Watch(space, options, _told(study, options), out, progress, say)
        limits = SearchRules(options.most_simulated, race=options.race)
        found = search(space, options.objective, measure, model.value, limits, journal, watch, stop)
        return _finish(study, options, space, found, seed, out, progress, stop)
    finally:
        journal.close()


def _finish(
    study: Study,
    options: SearchOptions,
    space: Space,
    found: Found,
    seed: int,
    out: Path | None,
    progress: Progress,
    stop: Stop,
) -> SearchAnswer:
    best = found.best.layout
    edits = layout_edits(space, best)
    if out is not None:
        write_tables(out, space, found, options.race.alpha)
        write_answer(out, options.id, edits, _told(study, options))
    held_out = None
    if found.status != "stopped" and best != space.today and options.held_out > 0:
        held_out = _tested(study, options, space, best, progress, stop)
        if out is not None and held_out is not None:
            write_answer(out, options.id, edits, _told(study, options, held_out))
    study_id = study.settings.study.id
    return SearchAnswer(study_id, study.fingerprint, options, space, found, held_out, edits, seed, out)


def _tested(
    study: Study, options: SearchOptions, space: Space, best: Layout, progress: Progress, stop: Stop
) -> HeldOut | None:
    """The test of the answer; None when somebody stopped it meanwhile."""
    stage = "Testing the answer on periods not seen"
    progress(stage, 0, options.held_out)

    def watch(done: int) -> None:
        progress(stage, done, options.held_out)
        if stop() and done < options.held_out:
            raise KeyboardInterrupt

    try:
        return run_held_out(
            study, space, options.objective, best, options.number, options.held_out, options.jobs, watch
        )
    except KeyboardInterrupt:
        return None


class _Watch:
    """Tells progress, and writes the best answer so far when it changes."""

    def __init__(
        self, space: Space, options: SearchOptions, told: Told, out: Path | None, progress: Progress, say: Say
    ) -> None:
        self._space, self._options, self._told, self._out = space, options, told, out
        self._progress, self._say = progress, say
        self._last = -1

    def __call__(self, incumbent: Incumbent, simulated: int) -> None:
        days = self._options.blocks.simulated_days
        years, all_years = simulated * days / DAYS_PER_YEAR, self._options.years
        if incumbent.number != self._last:
            self._last = incumbent.number
            self._say(_line(self._options.objective, incumbent, years, all_years))
            if self._out is not None:
                edits = layout_edits(self._space, incumbent.layout)
                write_answer(self._out, self._options.id, edits, self._told)
        self._progress("Searching (simulated years)", min(int(years), int(all_years)), max(int(all_years), 1))


def _told(study: Study, options: SearchOptions, held_out: HeldOut | None = None) -> Told:
    return describe(study.settings.study.languages, options.number, options.objective, held_out)


def _line(objective: Objective, one: Incumbent, years: float, all_years: float) -> str:
    spent = f"{years:.0f} of {all_years:g} years"
    if one.against_today is None:
        return f"Today: {_level(objective, one.level)} · {spent}"
    against = one.against_today
    return (
        f"Incumbent {one.number} ({one.step}): {_level(objective, one.level)} · against "
        f"today {_gain(objective, against.difference)} ({_gain(objective, against.low)} to "
        f"{_gain(objective, against.high)}) · {spent}"
    )


def _level(objective: Objective, value: float) -> str:
    return f"{value:.2f} %" if objective.measure == "share" else f"{value:.1f} s"


def _gain(objective: Objective, value: float) -> str:
    """A difference, more is better."""
    return f"{value:+.2f} pp" if objective.measure == "share" else f"{value:.1f} s sooner"


def _held_out_json(held_out: HeldOut | None) -> dict[str, Any] | None:
    if held_out is None:
        return None
    difference = held_out.difference
    return {
        "replications": held_out.replications,
        "today": held_out.today,
        "answer": held_out.answer,
        "gain": difference.difference,
        "gain_low": _finite(difference.low),
        "gain_high": _finite(difference.high),
    }


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


def _refuse_trace(study: Study) -> None:
    if study.trace is not None:
        message, remedy = "a search draws incidents anew again and again, and a trace is always the same", "use rates"
        raise StudyError([Issue("study.toml", None, "demand.source", "trace", 1, message, remedy)])
