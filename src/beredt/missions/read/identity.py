"""Persons: columns that name them, cells that hold their national numbers, and keyed hashes in place of both.

A direct identifier never enters a store. What a profile maps to `patient` is always hashed; a national identity
number in any other column that is read ends the import with an issue. Columns that nothing is read from are left out.

Reference:
    RFC 7693 (2015), "The BLAKE2 Cryptographic Hash and Message Authentication Code (MAC)". Norwegian identity numbers
    and their two check digits: Skatteetaten, "Fødselsnummer".
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

import polars as pl
from platformdirs import user_config_path

from beredt.errors import OptionError
from beredt.missions.read.binding import plain
from beredt.missions.read.words import as_text

DIGITS = 11
"""Of an identity number."""

KEY_BYTES = 32
DIGEST_BYTES = 12
"""Two patients of a hundred million share a hash with a chance of less than one in ten million million."""

_NAMES = frozenset(
    plain(name)
    for name in (
        *("fodselsnummer", "fødselsnummer", "fnr", "personnummer", "dnummer", "d-nummer", "pasientnavn", "navn"),
        *("fornavn", "etternavn", "mellomnavn", "telefon", "telefonnummer", "tlf", "mobil", "adresse", "gateadresse"),
        *("bostedsadresse", "epost", "e-post", "fodselsdato", "fødselsdato", "innringer", "innringer_navn"),
        *("name", "first name", "last name", "surname", "patient name", "caller", "caller name", "caller phone"),
        *("phone", "phone number", "telephone", "address", "home address", "email", "e-mail", "ssn", "social security"),
        *("social security number", "national id", "nhs number", "mrn", "date of birth", "dob", "birth date"),
        *("personnummer_pasient", "pasient_fnr", "patient_ssn", "personal identity number"),
    )
)

_ELEVEN_DIGITS = re.compile(r"(?<![0-9])([0-9]{6}) ?([0-9]{5})(?![0-9])")
_LIKELY = r"(^|[^0-9])[0-9]{6} ?[0-9]{5}($|[^0-9])"
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def names_persons(column: str) -> bool:
    """Whether a column is called as columns are that name persons."""
    return plain(column) in _NAMES


def count_identity_numbers(cells: pl.Series) -> tuple[int, int | None]:
    """Cells that hold a Norwegian identity number or D-number with right check digits, and the first of them."""
    if cells.dtype != pl.String and not cells.dtype.is_integer():
        return 0, None
    text = as_text(cells)
    likely = text.filter(text.str.contains(_LIKELY))
    found = [value for value in likely.unique() if value is not None and holds_identity_number(value)]
    if not found:
        return 0, None
    at = text.is_in(found).arg_true()
    return at.len(), int(at[0])


def holds_identity_number(text: str) -> bool:
    """Whether a text holds eleven digits that are an identity number: a day, a month, and two right check digits."""
    return any(_is_identity_number(found[1] + found[2]) for found in _ELEVEN_DIGITS.finditer(text))


def _is_identity_number(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    # A D-number adds 40 to the day; synthetic numbers add 40 or 80 to the month.
    day, month = int(digits[:2]) % 40, int(digits[2:4]) % 40
    checked = all(
        sum(weight * number for weight, number in zip(weights, numbers, strict=False)) % 11 == 0
        for weights in (_FIRST, _SECOND)
    )
    return checked and 1 <= day <= 31 and 1 <= month <= 12


def hash_column(cells: pl.Series, key: bytes, absent: tuple[str, ...]) -> pl.Series:
    """A column as keyed hashes (24 hexadecimal digits), null where a cell is empty or stands for nothing.

    The same text without the spaces at its ends always gives the same hash under one key.
    """
    text = as_text(cells).str.strip_chars()
    nothing = {"", *absent}
    hashes: dict[str | None, str | None] = {
        value: None if value is None or value in nothing else hash_text(value, key) for value in text.unique()
    }
    return pl.Series(cells.name, [hashes[value] for value in text], dtype=pl.String)


def hash_text(text: str, key: bytes) -> str:
    """BLAKE2b of a text under a key, in hexadecimal."""
    return hashlib.blake2b(text.encode(), key=key, digest_size=DIGEST_BYTES, person=b"beredt").hexdigest()


def default_key_file() -> Path:
    """Where the key is kept when nothing else is said: with the user's settings, or where BEREDT_KEY_FILE says."""
    named = os.environ.get("BEREDT_KEY_FILE")
    return Path(named) if named else user_config_path("beredt", appauthor=False) / "missions.key"


def load_or_make_key(file: Path) -> bytes:
    """The key in a file, which is made, readable by its owner only, where it is missing.

    Raises:
        OptionError: The file cannot be read or made, or holds no key.
    """
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(secrets.token_hex(KEY_BYTES) + "\n")
                stream.flush()
                os.fsync(stream.fileno())
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        remedy = "name a file that can be read, or one that does not exist yet"
        raise OptionError("--key-file", str(file), f"no key can be had of it ({error})", remedy) from None
    if len(key) != KEY_BYTES:
        message = f"it holds {len(key)} bytes, not {KEY_BYTES}"
        raise OptionError("--key-file", str(file), message, "name the file that this program made")
    return key


def key_name(key: bytes) -> str:
    """A name for a key that tells nothing of it: stores that were made with one key can be linked."""
    return hashlib.blake2b(b"name", key=key, digest_size=4, person=b"beredt").hexdigest()
