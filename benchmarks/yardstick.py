"""How fast the machine is just now, by a program of somebody's choice: its speed changes with what others do on it."""

from __future__ import annotations

import statistics
import subprocess
import sys

RUNS = 10


def yardstick(command: str | None) -> float | None:
    """Median of the numbers that `RUNS` runs of a program print; None without a program.

    The benchmark ends with a message where the program cannot be run or prints anything but a number.
    """
    if command is None:
        return None
    try:
        printed = [subprocess.run([command], check=True, capture_output=True, text=True).stdout for _ in range(RUNS)]
        return statistics.median(float(text) for text in printed)
    except (OSError, subprocess.CalledProcessError, ValueError) as fault:
        sys.exit(f"The yardstick {command} is no program that prints one number: {fault}")
