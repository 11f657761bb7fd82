"""Small logs for tests, written as an export would be."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

HEADER = "hendelse;ressurs_id;tiltak_type;hastegrad;tidspunkt;varslet;rykker_ut;ank_hentested;ledig;xcoor;ycoor;kommune"


def export(rows: int, seed: int = 1, *, in_order: bool = True) -> str:
    """Lines of an export: incidents of one to three units over two years, some faults, some rows without a unit."""
    drawn = random.Random(seed)
    lines: list[str] = []
    number = 0
    while len(lines) < rows:
        number += 1
        call = datetime(2022, 1, 1) + timedelta(seconds=drawn.randrange(2 * 365 * 86_400))
        place = f"{drawn.randrange(240_000, 260_000)},5;{drawn.randrange(6_640_000, 6_650_000)}"
        for _ in range(drawn.choice([1, 1, 2, 3])):
            stamps, at = [], call
            for _ in range(4):
                at += timedelta(seconds=drawn.randrange(30, 1_500))
                stamps.append("" if drawn.random() < 0.03 else f"{at:%d.%m.%Y %H:%M:%S}")
            unit = "" if drawn.random() < 0.05 else f"A{drawn.randrange(9)}"
            stamps = stamps if unit else [""] * 4
            if drawn.random() < 0.01:
                stamps[1] = "31.02.2023 10:00:00"
            kind = drawn.choice(["Ambulanse", "Ambulanse", "Akuttbil", "Rullestol"])
            urgency = drawn.choice(["A", "H", "V1", "V2", "X"])
            key = number if drawn.random() < 0.9 else ""
            head = f"{key};{unit};{kind};{urgency};{call:%d.%m.%Y %H:%M:%S}"
            line = ";".join([head, *stamps, place, drawn.choice(["Bærum", "Asker"])])
            lines.append(line if drawn.random() > 0.01 else line + ";one too many")
    if in_order:
        lines.sort(key=lambda line: datetime.strptime(line.split(";")[4], "%d.%m.%Y %H:%M:%S"))
    return "\n".join([HEADER, *lines[:rows], ""])


def write_export(path: Path, rows: int, seed: int = 1, *, in_order: bool = True) -> Path:
    """The same in windows-1252."""
    path.write_bytes(export(rows, seed, in_order=in_order).encode("windows-1252"))
    return path


def write_busy_export(path: Path, rows: int, seed: int) -> None:
    """Three units for a week, on several missions at once, some ordered days ahead; some rows stand twice or nearly."""
    drawn = random.Random(seed)
    lines: list[str] = []
    for number in range(rows):
        call = datetime(2022, 1, 28) + timedelta(seconds=drawn.randrange(7 * 86_400))
        ahead = timedelta(days=drawn.choice([0, 0, 0, 0, 1, 3]))
        stamps, at = [], call + ahead
        for _ in range(4):
            at += timedelta(seconds=drawn.randrange(30, 5_000))
            stamps.append("" if drawn.random() < 0.02 else f"{at:%d.%m.%Y %H:%M:%S}")
        key = number if drawn.random() < 0.8 else ""
        urgency = "V2" if ahead else drawn.choice(["A", "H"])
        head = f"{key};A{drawn.randrange(3)};Ambulanse;{urgency};{call:%d.%m.%Y %H:%M:%S}"
        place = f"{drawn.randrange(240_000, 260_000)},5;{drawn.randrange(6_640_000, 6_650_000)};Asker"
        lines.append(";".join([head, *stamps, place]))
        if drawn.random() < 0.08:
            again = [*stamps[:-1], ""] if drawn.random() < 0.5 else stamps
            lines.append(";".join([head, *again, place]))
    drawn.shuffle(lines)
    path.write_bytes("\n".join([HEADER, *lines, ""]).encode("windows-1252"))
