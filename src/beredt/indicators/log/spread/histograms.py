"""Where `interval_table` looks for what is counted."""

from beredt.indicators.log.spread.counted import Counted
from beredt.indicators.log.spread.durations import MS_PER_S

__all__ = ["MS_PER_S", "Counted"]
