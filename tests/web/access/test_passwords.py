"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from hypothesis import given
from hypothesis import strategies as st

from beredt.web.access.accounts import Accounts
from beredt.web.access.password_rules import LEAST_LENGTH, MOST_LENGTH, find_password_fault, load_bad_words
from beredt.web.access.passwords import Passwords
from beredt.web.access.users import Users
from tests.web.access.conftest import PASSWORD, QUICK, Clock


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("correct plover battery wharf", None),
        ("blåbærtur på Kolsås i regn", None),
        ("83920174650192837", None),
        ("Vinter-lykt-østers-4", None),
        ("kortere enn 15", "short"),
        ("x" * (MOST_LENGTH + 1), "long"),
        ("aaaaaaaaaaaaaaaaaaaa", "plain"),
        ("abababababababababab", "plain"),
        ("abcdefghijklmnopqrs", "plain"),
        ("12345678901234567890", "plain"),
        ("P@ssord-P@ssord-2026!", "plain"),
        ("sommer sommer sommer 26", "plain"),
        ("AmbulanseBeredskap1", "plain"),
        ("QwertyuiopAsdfghjkl", "plain"),
        ("kari.nordmann-kari.nordmann-1", "name"),
    ],
)
def test_what_is_taken_and_what_is_not(password: str, fault: str | None) -> None:
    assert find_password_fault(password, "Kari.Nordmann") == fault


@given(st.sampled_from(sorted(load_bad_words())), st.sampled_from(sorted(load_bad_words())), st.integers(0, 99_999_999))
def test_no_two_bad_words_with_a_number_make_a_good_one(one: str, other: str, number: int) -> None:
    assert find_password_fault(f"{one}-{other}{number}", "kari") in ("short", "plain")


@given(st.text(min_size=0, max_size=LEAST_LENGTH - 1))
def test_a_short_password_is_short_whatever_it_is_made_of(password: str) -> None:
    assert find_password_fault(password, "kari") == "short"


def test_a_hash_names_the_parameters_that_are_written_down() -> None:
    made = Passwords().hash(PASSWORD)
    found = extract_parameters(made)
    kept = (found.type, found.memory_cost, found.time_cost, found.parallelism, found.salt_len, found.hash_len)
    assert kept == (Type.ID, 19 * 1024, 2, 1, 16, 32)
    assert Passwords().fits(PASSWORD, made)
    assert not Passwords().fits(f"{PASSWORD} ", made)


def test_one_password_has_another_hash_each_time_and_letters_may_be_typed_as_two_signs() -> None:
    composed, decomposed = "blåbær", "bla\u030abær"
    assert QUICK.hash(composed) != QUICK.hash(composed)
    assert QUICK.fits(decomposed, QUICK.hash(composed))


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=64,t=1,p=1$x$y"])
def test_a_password_fits_no_missing_or_spoilt_hash(kept: str | None) -> None:
    assert not QUICK.fits("nobody has this password", kept)


def test_a_hash_of_other_parameters_is_made_anew_at_login(accounts: Accounts) -> None:
    engine = accounts.users._engine
    later = Users(engine, Passwords(memory_kib=128, passes=1), Clock())
    assert later.find_by_password("Rolf", PASSWORD) is not None
    assert not Passwords(memory_kib=128, passes=1).is_outdated(_kept(later, "rolf"))
    assert later.find_by_password("Rolf", PASSWORD) is not None


def _kept(users: Users, folded: str) -> str:
    from sqlalchemy import select

    from beredt.web.access.database import USERS

    with users._engine.connect() as connection:
        return str(connection.execute(select(USERS.c.password).where(USERS.c.folded == folded)).scalar())
