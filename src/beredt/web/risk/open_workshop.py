"""The workshop of a data folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from beredt.errors import OptionError
from beredt.web.risk.database import open_risk_database
from beredt.web.risk.log import RiskLog
from beredt.web.risk.workshop import Workshop


def open_workshop(
    data_folder: Path | None, clock: Callable[[], float] = time.time, *, address: str | None = None
) -> Workshop:
    """A workshop whose database is made at first use; a server without a data folder keeps nothing, and says so.

    With an `address` it is kept in that PostgreSQL.
    """

    def open_database() -> Engine:
        if data_folder is None:
            raise OptionError("--data", "", "this server keeps nothing", "start it with a data folder")
        return open_risk_database(data_folder, address)

    return Workshop(RiskLog(open_database, clock), data_folder)
