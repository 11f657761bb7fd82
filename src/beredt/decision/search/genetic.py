"""A genetic algorithm for the same question: the yardstick, in the same room and with the same evaluator.

A study of Oslo and Akershus [1] found a genetic algorithm to be the best of the metaheuristics it tried for allotting
ambulances to stations by simulation. So here: a chromosome says for every unit where it belongs, parents are chosen in
tournaments, children are made by crossover and mutation, the best live on, and fitness is what a simulation says. Only
the abstract of that study was at hand: operators and their rates are this project's own.

Where this departs from it for certain: that study replays a trace and looks at mean response times, here incidents are
generated and fitness is the objective's mean over the same blocks for everybody. A gene is a slot (station *and*
roster), so that rosters are in question, too; new stations may be opened; children that cost more than the budget or
break another rule of the space are made again, at last replaced by a parent; the first population is today's layout and
others some random steps away from it, not random ones, which in this space would nearly all be bad; and known
individuals are not simulated again.

[1] M. E. Schjølberg, N. P. Bekkevold, X. F. C. Sánchez-Díaz and O. J. Mengshoel, Comparing metaheuristic optimization
    algorithms for ambulance allocation: an experimental simulation study, *GECCO '23*, 1454–1463.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from beredt.decision.search.layout import Layout, Slot, make_layout
from beredt.decision.search.space import Space

F8 = NDArray[np.float64]

MOST_STALE = 50
"""Generations without a new individual after which nothing new will come."""

Score = Callable[[Sequence[Layout], Sequence[int]], F8]
"""Scores [layouts, blocks], more is better."""


@dataclass(frozen=True, slots=True)
class GeneticRules:
    """`most_simulated`: layouts times blocks that may be spent. `blocks`: of one fitness. `population`, `elite`: living
    individuals, and those of them that live on. `tournament`: rivals of one choice. `crossover`: chance that a child
    has two parents. `mutation`: expected number of genes that change. `first_steps`: most random steps from today's
    layout to an individual of the first population.
    """

    most_simulated: int
    blocks: int = 8
    population: int = 24
    elite: int = 2
    tournament: int = 3
    crossover: float = 0.8
    mutation: float = 1.0
    first_steps: int = 6


@dataclass(frozen=True, slots=True)
class Evolved:
    """The fittest individual, its fitness, generations made, and what was spent."""

    layout: Layout
    fitness: float
    generations: int
    simulated: int


def evolve(space: Space, score: Score, rules: GeneticRules, seed: int) -> Evolved:
    """Run the genetic algorithm until the budget is spent.

    Args:
        space: what may be chosen.
        score: simulates.
        rules: of the algorithm.
        seed: of its own random choices; those of the incidents are the evaluator's.
    """
    return _Evolution(space, score, rules, np.random.default_rng(seed)).run()


Chromosome = tuple[Slot, ...]
"""A slot for every unit of today's layout."""


class _Evolution:
    def __init__(self, space: Space, score: Score, rules: GeneticRules, rng: np.random.Generator) -> None:
        self._space, self._score, self._rules, self._rng = space, score, rules, rng
        self._fitness: dict[Layout, float] = {}
        self._slots = list(space.all_slots())
        self._blocks = range(rules.blocks)
        self._simulated = 0

    def run(self) -> Evolved:
        people = self._first()
        self._measure(people)
        generations = stale = 0
        while self._room() > 0 and stale < MOST_STALE:
            before = self._simulated
            people = self._next(people)
            if not self._measure(people):
                break
            generations += 1
            stale = stale + 1 if self._simulated == before else 0
        known = self._fitness
        best = max(known, key=lambda layout: known[layout])
        return Evolved(best, known[best], generations, self._simulated)

    def _first(self) -> list[Chromosome]:
        today = _chromosome(self._space.today)
        people = [today]
        while len(people) < self._rules.population:
            one = today
            for _ in range(int(self._rng.integers(1, self._rules.first_steps + 1))):
                one = self._allowed_child(partial(self._mutated, one, 1.0), one)
            people.append(one)
        return people

    def _next(self, people: list[Chromosome]) -> list[Chromosome]:
        known = [one for one in people if _layout(one) in self._fitness]
        ranked = sorted(known, key=lambda one: -self._fitness[_layout(one)])
        children = list(dict.fromkeys(ranked))[: self._rules.elite]
        while len(children) < self._rules.population:
            mother, father = self._chosen(known), self._chosen(known)
            children.append(self._allowed_child(partial(self._child, mother, father), mother))
        return children

    def _chosen(self, people: list[Chromosome]) -> Chromosome:
        """The fittest of a few taken at random."""
        rivals = [people[i] for i in self._rng.integers(len(people), size=self._rules.tournament)]
        return max(rivals, key=lambda one: self._fitness[_layout(one)])

    def _child(self, mother: Chromosome, father: Chromosome) -> Chromosome:
        child = mother
        if self._rng.random() < self._rules.crossover:
            first, last = sorted(self._rng.integers(len(mother) + 1, size=2).tolist())
            child = (*mother[:first], *father[first:last], *mother[last:])
        return self._mutated(child, self._rules.mutation / len(child))

    def _mutated(self, parent: Chromosome, chance: float) -> Chromosome:
        """With other slots: of the same kind, mostly on the same roster. A chance of 1 changes exactly one gene."""
        if chance >= 1.0:
            chosen = {int(self._rng.integers(len(parent)))}
        else:
            chosen = set(np.flatnonzero(self._rng.random(len(parent)) < chance).tolist())
        return tuple(self._other(slot) if i in chosen else slot for i, slot in enumerate(parent))

    def _other(self, slot: Slot) -> Slot:
        free = self._rng.random() < 0.25
        fitting = [s for s in self._slots if s.kind == slot.kind and (free or s.roster == slot.roster)]
        return fitting[int(self._rng.integers(len(fitting)))]

    def _allowed_child(self, make: Callable[[], Chromosome], parent: Chromosome) -> Chromosome:
        for _ in range(50):
            child = make()
            if self._space.allows(_layout(child)):
                return child
        return parent

    def _measure(self, people: Sequence[Chromosome]) -> bool:
        """Simulate those that are not known; whether all could be."""
        new = list(dict.fromkeys(layout for one in people if (layout := _layout(one)) not in self._fitness))
        fit = new[: self._room()]
        if fit:
            scores = self._score(fit, self._blocks)
            self._fitness |= dict(zip(fit, scores.mean(axis=1).tolist(), strict=True))
            self._simulated += len(fit) * self._rules.blocks
        return len(fit) == len(new)

    def _room(self) -> int:
        return (self._rules.most_simulated - self._simulated) // self._rules.blocks


def _chromosome(layout: Layout) -> Chromosome:
    return tuple(slot for slot, count in layout.units for _ in range(count))


def _layout(chromosome: Chromosome) -> Layout:
    return make_layout(Counter(chromosome))
