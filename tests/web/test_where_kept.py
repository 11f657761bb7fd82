"""The address of a database: from the option or the environment, and never a password where others can read it."""

from __future__ import annotations

import pytest

from beredt.errors import OptionError
from beredt.web.where_kept import database_address

SECRET = "hunter2"


def test_without_one_files_are_kept() -> None:
    assert database_address(None, {}) is None
    assert database_address(None, {"BEREDT_DATABASE": ""}) is None


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_the_option_goes_before_the_environment(scheme: str) -> None:
    found = database_address(f"{scheme}://beredt@db/one", {"BEREDT_DATABASE": "postgresql://beredt@db/two"})
    assert found == "postgresql+psycopg://beredt@db/one"


def test_a_password_may_stand_in_the_environment_and_not_in_the_option() -> None:
    address = f"postgresql://beredt:{SECRET}@db/one"
    assert database_address(None, {"BEREDT_DATABASE": address}) == f"postgresql+psycopg://beredt:{SECRET}@db/one"
    with pytest.raises(OptionError, match="pgpass") as told:
        database_address(address, {})
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("text", ["sqlite:///x", "mysql://db/x", f"beredt:{SECRET}@db", "postgresql"])
def test_what_is_no_postgresql_is_refused_without_telling_it(text: str) -> None:
    with pytest.raises(OptionError, match=r"postgresql://beredt@db\.example\.no/beredt") as told:
        database_address(text, {})
    assert SECRET not in str(told.value)
