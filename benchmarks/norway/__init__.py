"""A country's worth of ambulance service, generated to measure speed: nothing in it is claimed to be so.

`grid` reads the 1 km population grid, `areas` merges its cells, `sites` places stations, standby points and hospitals,
`fleet` hands out units, `regions` says which municipality is whose, `tables` and `generate` turn all of it into an
ordinary study folder, and `measure` times the ordinary way through it.
"""

from benchmarks.norway.measure import main

__all__ = ["main"]
