"""Travel times beside those of OSRM: the same extract, the same speeds and access, two programs.

`profile` says in Lua what the tables of this program say, `peer` runs OSRM in another Python, `sample` chooses places,
`turning` takes away what only this program may do, `compare` puts the tables beside each other.
"""

from benchmarks.osrm.measure import main

__all__ = ["main"]
