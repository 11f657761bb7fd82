"""Read, clean and report a log in one of two forms, and print how long each part took on a core."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.missions_pandas.clean import clean, group
from benchmarks.missions_pandas.files import write_excel, write_log, write_tables
from benchmarks.missions_pandas.form import Form
from benchmarks.missions_pandas.in_columns import InColumns
from benchmarks.missions_pandas.in_pandas import InPandas
from benchmarks.missions_pandas.notes import Notes
from benchmarks.missions_pandas.page import write_page
from benchmarks.missions_pandas.read import read
from benchmarks.missions_pandas.report import report

FORMS: dict[str, Form] = {"pandas": InPandas(), "columns": InColumns()}


def main() -> None:
    """Do it, and print how long it took by the clock and on the core."""
    log, out, form = Path(sys.argv[1]), Path(sys.argv[2]), FORMS[sys.argv[3]]
    parts: dict[str, float] = {}
    begin = time.perf_counter()

    def done(part: str) -> None:
        parts[part] = time.process_time() - sum(parts.values())

    notes = Notes()
    done("start")
    rows = read(log, form)
    done("read")
    rows = clean(rows, notes)
    incidents = group(rows)
    done("clean")
    write_log(rows, incidents, notes, out)
    done("write the log")
    tables = report(rows, incidents, notes, form)
    done("tables")
    write_tables(tables, out)
    done("write tables")
    write_page(tables, out)
    done("page")
    write_excel(tables, out)
    done("excel")
    print(json.dumps({"rows": len(rows), "seconds": time.perf_counter() - begin, "on_core": parts}))


if __name__ == "__main__":
    main()
