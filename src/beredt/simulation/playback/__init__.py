"""A playback file: who was where doing what, at any moment of a stretch of simulated time, small enough for a browser.

`record_playback` simulates one replication and keeps a stretch of it; `write_playback` and `read_playback` know the
file, which `docs/reference/playback-file.md` describes; `Playback` answers where a unit is and what it does.
"""
