"""Edits: the typed changes that alternatives and sensitivities lay on a base service. One file per edit.

`parse_edits` (in `parse`) makes them of TOML, `apply_edits` (in `apply`) lays them on a service.
The keys of every edit stand in `fields/edits.csv`.
"""
