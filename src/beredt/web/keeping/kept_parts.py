"""All databases that a server keeps, each a file of the data folder; in a PostgreSQL they lie together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, create_engine, func, inspect, select

from beredt.database.address import told_of_server
from beredt.database.open import open_kept
from beredt.database.versions import Versions, versions_of
from beredt.live.store.tables import FILE as LIVE_FILE
from beredt.live.store.tables import METADATA as LIVE
from beredt.live.webhooks.place import LIVE_WEBHOOKS
from beredt.web.access.database import FILE as ACCESS_FILE
from beredt.web.access.database import METADATA as ACCESS
from beredt.web.access.database import SESSIONS
from beredt.web.access.oidc.people import IDENTITIES
from beredt.web.jobs.job_table import FILE as JOBS_FILE
from beredt.web.jobs.job_table import METADATA as JOBS
from beredt.web.live.keys import LIVE_KEYS
from beredt.web.risk.database import FILE as RISK_FILE
from beredt.web.risk.database import METADATA as RISK

assert IDENTITIES.name in ACCESS.tables
assert {LIVE_KEYS.name, LIVE_WEBHOOKS.name} <= set(LIVE.tables)  # they are made known by being imported


@dataclass(frozen=True, slots=True)
class KeptPart:
    """Tables that are kept together in `file`. Of those that are `passing` nobody misses a row: sessions."""

    file: str
    tables: MetaData
    passing: frozenset[str] = frozenset()

    @property
    def versions(self) -> Versions:
        """Its name and version."""
        found = versions_of(self.tables)
        assert found is not None
        return found

    @property
    def name(self) -> str:
        """Its name."""
        return self.versions.part

    def open(self, data_folder: Path, address: str | None) -> Engine:
        """Open it where a server keeps it; it is made or upgraded. Raises OptionError."""
        return open_kept(data_folder / self.file, address, self.tables, f"{self.name} tables", durable=True)

    @contextmanager
    def looking(self, data_folder: Path, address: str | None) -> Iterator[Connection | None]:
        """Look at it as it is, neither made nor upgraded; None where there is no file of it. Raises OptionError."""
        engine = self._find(data_folder, address)
        if engine is None:
            yield None
            return
        with told_of_server(address or ""), engine.connect() as connection:
            yield connection
        engine.dispose()

    def _find(self, data_folder: Path, address: str | None) -> Engine | None:
        if address is not None:
            return create_engine(address)
        file = data_folder / self.file
        return create_engine(f"sqlite:///{file}") if file.is_file() else None

    def count_rows(self, connection: Connection) -> dict[str, int]:
        """Rows of each table that is there and to be kept."""
        names = set(inspect(connection).get_table_names()) - self.passing
        kept = [table for table in self.tables.sorted_tables if table.name in names]
        return {
            table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one()) for table in kept
        }


def kept_parts() -> tuple[KeptPart, ...]:
    """All of them. A part that is not here is in no backup: a test looks for such."""
    return (
        KeptPart(ACCESS_FILE, ACCESS, frozenset({SESSIONS.name})),
        KeptPart(RISK_FILE, RISK),
        KeptPart(LIVE_FILE, LIVE),
        KeptPart(JOBS_FILE, JOBS),
    )
