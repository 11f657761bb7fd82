"""The table of the log, in SQLite or PostgreSQL. Times are whole milliseconds since 1970 in UTC."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import BigInteger, Column, Engine, Integer, MetaData, String, Table, UniqueConstraint

from beredt.database.key import KEY
from beredt.database.only_add import only_add
from beredt.database.open import open_kept
from beredt.database.versions import keep_versions
from beredt.report.risk_form.layout import LONGEST_MEASURES

FILE = "risk.sqlite"
"""Name of the database in the data folder."""

LONGEST_NAME = 80

METADATA = MetaData()

RISK_LOG = Table(
    "risk_log",
    METADATA,
    Column("id", KEY, primary_key=True, autoincrement=True),
    Column("study", String(1000), nullable=False),
    Column("step", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("by", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("role", String(128), nullable=False, default=""),
    Column("number", Integer, nullable=False, default=0),
    Column("name", String(LONGEST_NAME), nullable=False, default=""),
    Column("account", String(64), nullable=False, default=""),
    Column("event", String(128), nullable=False, default=""),
    Column("alternative", String(128), nullable=False, default=""),
    Column("likelihood_before", Integer),
    Column("consequence_before", Integer),
    Column("likelihood_after", Integer),
    Column("consequence_after", Integer),
    Column("knowledge", String(16)),
    Column("measures", String(LONGEST_MEASURES)),
    Column("until_step", Integer),
    UniqueConstraint("study", "step", name="risk_log_steps"),
)
"""What happened in the workshop of a study, step by step from 1. `by` is the account of who did it, "" on one's own
machine; `kind` is `join`, `leave`, `answer` or `take`; `until_step` the last step that went into the study. No two
writers can have the same step: whoever comes later looks again at what is there."""

only_add(RISK_LOG)

keep_versions(METADATA, "risk")


def open_risk_database(data_folder: Path, address: str | None = None) -> Engine:
    """The database of a data folder, made at first use and readable by its owner only, or the PostgreSQL at an address.

    Raises OptionError when the folder cannot be written to, or the PostgreSQL not be used.
    """
    return open_kept(data_folder / FILE, address, METADATA, "answers")
