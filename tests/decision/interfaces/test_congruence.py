"""How far borders agree."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.interfaces.congruence import Border, congruence_of
from beredt.decision.interfaces.register import Meeting, Register

PLACES = ("a", "b", "c", "d")
MUNICIPALITY = {"a": "a", "b": "b", "c": "cd", "d": "cd"}


def register(by_role: dict[str, str]) -> Register:
    """Role → one letter per place, the counterpart there; a blank is not known."""
    meetings = {
        ("today", role, place): (Meeting(place, role, "today", letter, "input", ""),)
        for role, letters in by_role.items()
        for place, letter in zip(PLACES, letters, strict=True)
        if letter != " "
    }
    return Register(PLACES, MUNICIPALITY, tuple(by_role), meetings)


def test_a_story_of_four_roles() -> None:
    """Trust and police hold a and b together; fire holds a alone; of the centre only a and b are known."""
    roles = register({"trust": "xxyy", "police": "ppqq", "fire": "fgggx"[:4], "centre": "zz  "})
    found = congruence_of(roles, "today", "a")
    assert (found.roles, found.counterparts) == (4, 4)
    assert (found.pairs, found.pairs_agreeing) == (6, 3), "trust, police and centre agree; fire does with none of them"
    assert found.agreeing == 3
    assert congruence_of(roles, "today", "cd").roles == 3, "the centre is not known there"


def test_a_municipality_that_is_split_agrees_only_with_what_splits_it_too() -> None:
    roles = register({"trust": "xxyy", "travel": "xxyz", "desk": "ppqr"})
    found = congruence_of(roles, "today", "cd")
    assert found.split == 2
    assert (found.pairs_agreeing, found.agreeing) == (1, 2)
    assert found.counterparts == 4


@given(st.lists(st.text("xy", min_size=4, max_size=4), min_size=1, max_size=5))
def test_where_all_is_known_agreement_parts_roles_into_classes(letters: list[str]) -> None:
    """The slow twin: roles of one class share with the same set of places, and split the municipality alike."""
    roles = register({f"r{number}": one for number, one in enumerate(letters)})
    for municipality, own in (("a", "a"), ("b", "b"), ("cd", "cd")):
        classes: dict[object, int] = {}
        for one in letters:
            met = dict(zip(PLACES, one, strict=True))
            mine = {met[place] for place in own}
            sharing = frozenset(place for place in PLACES if place not in own and met[place] in mine)
            classes[sharing, len(mine) > 1] = classes.get((sharing, len(mine) > 1), 0) + 1
        found = congruence_of(roles, "today", municipality)
        assert found.agreeing == max(classes.values())
        assert found.pairs_agreeing == sum(size * (size - 1) // 2 for size in classes.values())
        assert found.pairs == len(list(combinations(letters, 2)))


@given(st.text("xyz", min_size=4, max_size=4), st.integers(1, 5))
def test_one_map_for_all_roles_agrees_throughout(letters: str, count: int) -> None:
    """The same map under other names is the same border: the finding does not hang on who is met."""
    roles = {
        f"r{number}": letters.translate(str.maketrans("xyz", chr(97 + number) * 1 + "mn")) for number in range(count)
    }
    found = congruence_of(register(roles), "today", "a")
    if all(len(set(one)) == len(set(letters)) for one in roles.values()):
        assert (found.agreeing, found.pairs_agreeing) == (count, found.pairs)


@given(st.dictionaries(st.sampled_from("bcd"), st.booleans()), st.dictionaries(st.sampled_from("bcd"), st.booleans()))
def test_agreement_goes_both_ways(one: dict[str, bool], other: dict[str, bool]) -> None:
    assert Border(one, split=False).agrees(Border(other, split=False)) == Border(other, split=False).agrees(
        Border(one, split=False)
    )
