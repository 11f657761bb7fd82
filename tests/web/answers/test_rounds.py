"""Whose turn it is: everybody gets what they wait for, nobody waits for all of somebody else's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from beredt.web.answers.rounds import Errand, Key, Rounds


def keys(service: str, count: int) -> list[Key]:
    return [Key("study", service, number) for number in range(count)]


def test_two_errands_take_turns() -> None:
    rounds = Rounds(1)
    long, short = Errand(keys("long", 20)), Errand(keys("short", 2))
    rounds.add(long)
    assert rounds.take(0) == Key("study", "long", 0)
    rounds.add(short)
    rounds.finish(Key("study", "long", 0))
    taken = []
    for _ in range(4):
        key = rounds.take(0)
        assert key is not None
        taken.append(key.service)
        rounds.finish(key)
    assert sorted(taken[:2]) == sorted(taken[2:]) == ["long", "short"]


def test_a_worker_takes_the_replications_whose_incidents_it_has() -> None:
    rounds = Rounds(2)
    rounds.add(Errand(keys("s", 6)))
    assert [rounds.take(worker) for worker in (1, 0, 1, 0)] == [Key("study", "s", n) for n in (1, 0, 3, 2)]


def test_nobody_stands_idle_while_there_is_work_of_others() -> None:
    rounds = Rounds(2)
    rounds.add(Errand([Key("study", "s", 0), Key("study", "s", 2)]))
    assert rounds.take(0) is not None
    assert rounds.take(1) == Key("study", "s", 2)
    assert rounds.take(0) is None


def test_what_two_want_is_run_once_and_given_to_both() -> None:
    rounds = Rounds(2)
    one, other = Errand(keys("s", 1)), Errand(keys("s", 2))
    rounds.add(one)
    rounds.add(other)
    first, second = rounds.take(0), rounds.take(1)
    assert {first, second} == set(keys("s", 2))
    assert set(rounds.finish(Key("study", "s", 0))) == {one, other}


def test_the_background_waits_until_nobody_else_does() -> None:
    rounds = Rounds(1)
    rounds.add(Errand(keys("warming", 3), in_background=True))
    rounds.add(Errand(keys("asked", 1)))
    assert [rounds.take(0), rounds.take(0)] == [Key("study", "asked", 0), Key("study", "warming", 0)]


def test_only_what_nobody_else_waits_for_is_stopped() -> None:
    rounds = Rounds(2)
    one, other = Errand(keys("shared", 1)), Errand([*keys("shared", 1), *keys("own", 1)])
    rounds.add(one)
    rounds.add(other)
    running = {rounds.take(0): 0, rounds.take(1): 1}
    assert rounds.drop(other) == [running[Key("study", "own", 0)]]
    assert rounds.drop(one) == [0, 1]


def test_a_run_that_ended_without_result_is_run_again() -> None:
    rounds = Rounds(1)
    rounds.add(Errand(keys("s", 1)))
    key = rounds.take(0)
    assert key is not None
    assert rounds.take(0) is None
    rounds.put_back(key)
    assert rounds.take(0) == key


class Everyday(RuleBasedStateMachine):
    """Errands come and go, workers take and finish, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.rounds = Rounds(2)
        self.errands: list[tuple[Errand, set[Key], set[Key]]] = []
        self.running: dict[Key, int] = {}

    @rule(service=st.sampled_from("abc"), count=st.integers(1, 4), background=st.booleans())
    def come(self, service: str, count: int, background: bool) -> None:
        wanted = keys(service, count)
        errand = Errand(wanted, in_background=background)
        self.errands.append((errand, set(wanted), set()))
        self.rounds.add(errand)

    @precondition(lambda self: self.errands)
    @rule(which=st.integers(0, 100))
    def go(self, which: int) -> None:
        errand, _, _ = self.errands.pop(which % len(self.errands))
        stopped = self.rounds.drop(errand)
        wanted = {key for one, keys_of, got in self.errands for key in keys_of - got}
        assert sorted(stopped) == sorted(worker for key, worker in self.running.items() if key not in wanted)

    @rule(worker=st.integers(0, 1))
    def take(self, worker: int) -> None:
        if worker in self.running.values():
            return
        key = self.rounds.take(worker)
        open_keys = {key for _, wanted, got in self.errands for key in wanted - got} - self.running.keys()
        assert (key is None) == (not open_keys)
        if key is not None:
            assert key in open_keys
            self.running[key] = worker

    @precondition(lambda self: self.running)
    @rule(which=st.integers(0, 1), lost=st.booleans())
    def finish(self, which: int, lost: bool) -> None:
        key = list(self.running)[which % len(self.running)]
        del self.running[key]
        if lost:
            self.rounds.put_back(key)
            return
        waited = self.rounds.finish(key)
        for errand, wanted, got in self.errands:
            assert (errand in waited) == (key in wanted - got)
            got.update({key} & wanted)

    @invariant()
    def nothing_is_waited_for_twice(self) -> None:
        for errand, wanted, got in self.errands:
            assert set(errand.waiting) == wanted - got


TestEveryday = Everyday.TestCase
TestEveryday.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


@settings(max_examples=50)
@given(counts=st.lists(st.integers(1, 8), min_size=2, max_size=5))
def test_nobody_gets_two_turns_while_another_waits_for_one(counts: list[int]) -> None:
    rounds = Rounds(1)
    for number, count in enumerate(counts):
        rounds.add(Errand(keys(str(number), count)))
    left = dict(zip(map(str, range(len(counts))), counts, strict=True))
    since = dict.fromkeys(left, 0)
    while any(left.values()):
        key = rounds.take(0)
        assert key is not None
        rounds.finish(key)
        left[key.service] -= 1
        for other in since:
            since[other] = 0 if other == key.service else since[other] + 1
            assert not left[other] or since[other] < len(counts)
