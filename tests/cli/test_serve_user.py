"""Accounts on the command line: made, listed, changed, removed, and what was done written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from beredt.cli.app import build_app

PASSWORD = "correct plover battery wharf"


def call(*words: str, stdin: str | None = None) -> tuple[int, str, str]:
    answer = CliRunner().invoke(build_app(), ["serve", *words], input=stdin, prog_name="beredt")
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.fixture
def data(tmp_path: Path) -> str:
    folder = str(tmp_path / "data")
    code, told, _ = call("user", "add", "Ada", "--role", "admin", "--data", folder, stdin=f"{PASSWORD}\n")
    assert (code, told) == (0, "Ada may log in, as admin\n")
    return folder


def test_accounts_are_listed_with_their_roles(data: str) -> None:
    call("user", "add", "Rolf", "--role", "reader", "--data", data, stdin=PASSWORD)
    code, told, _ = call("user", "list", "--data", data, "--json")
    assert code == 0
    users = json.loads(told)["users"]
    assert [(one["name"], one["role"], one["sessions"]) for one in users] == [
        ("Ada", "admin", 0),
        ("Rolf", "reader", 0),
    ]
    assert "password" not in users[0]


@pytest.mark.parametrize(
    ("words", "stdin", "told"),
    [
        (("add", "ada", "--role", "reader"), PASSWORD, "there is a user 'ada' already"),
        (("add", "Rolf", "--role", "reader"), "short", "fewer than 15 characters"),
        (("add", "Rolf", "--role", "reader"), "", "no password on stdin"),
        (("add", "a b", "--role", "reader"), PASSWORD, "is no user name"),
        (("password", "Ada"), "passordpassord123", "tried first"),
    ],
)
def test_what_cannot_be_says_why_and_changes_nothing(data: str, words: tuple[str, ...], stdin: str, told: str) -> None:
    before = call("user", "list", "--data", data)
    code, _, said = call("user", *words, "--data", data, stdin=stdin)
    assert code == 1
    assert told in said
    assert call("user", "list", "--data", data) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("remove", "Adda"), "did you mean 'Ada'?"),
        (("role", "Ada", "king"), "there is no role 'king'"),
    ],
)
def test_names_that_are_not_there_are_a_wrong_call(data: str, words: tuple[str, ...], told: str) -> None:
    code, _, said = call("user", *words, "--data", data)
    assert code == 2
    assert told in said


def test_a_password_is_never_an_argument(data: str) -> None:
    code, _, _ = call("user", "add", "Rolf", PASSWORD, "--role", "reader", "--data", data)
    assert code == 2


def test_what_was_done_stands_in_the_log(data: str, tmp_path: Path) -> None:
    call("user", "role", "Ada", "analyst", "--data", data)
    call("user", "password", "Ada", "--data", data, stdin="gravel lantern pilot oatmeal")
    call("user", "remove", "Ada", "--data", data)
    code, told, _ = call("audit", "--data", data, "--json")
    assert code == 0
    assert [one["what"].removeprefix("command line: ") for one in json.loads(told)["entries"]] == [
        "add Ada as admin",
        "make Ada analyst",
        "change the password of Ada",
        "remove Ada",
    ]
    file = tmp_path / "log.csv"
    assert call("audit", "--data", data, "--out", str(file))[0] == 0
    assert file.read_text(encoding="utf-8") == call("audit", "--data", data)[1]
    assert PASSWORD not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    again = call("audit", "--data", data, "--out", str(file))
    assert again[0] == 2
    assert call("audit", "--data", data, "--since", "2000-01-01", "--until", "2000-01-02")[1].count("\n") == 1
    assert call("audit", "--data", data, "--since", "yesterday")[0] == 2


def test_without_accounts_it_says_how_to_make_the_first(tmp_path: Path) -> None:
    for words in (("user", "list"), ("audit",)):
        code, _, said = call(*words, "--data", str(tmp_path))
        assert code == 1
        assert "beredt serve user add NAME --role admin" in said
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--host", "0.0.0.0"), "--url https://studio.example.no"),
        (("--host", "0.0.0.0", "--url", "http://studio.example.no"), "must begin with https://"),
        (("--url", "https://studio.example.no"), "beredt serve user add NAME --role admin"),
    ],
)
def test_nobody_is_let_in_before_there_are_accounts_and_tls(
    tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    code, _, said = call(*options, "--no-open", "--data", str(tmp_path))
    assert code == 1
    assert told in said


def test_a_certificate_and_its_key_belong_together(data: str) -> None:
    address = ("--url", "https://studio.example.no", "--data", data)
    assert "belong together" in call(*address, "--certificate", "a.pem")[2]
    assert "there is no file" in call(*address, "--certificate", "a.pem", "--key", "b.pem")[2]
