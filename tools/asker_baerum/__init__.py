"""How the tables of the bundled study are made from public files; `tools/make_asker_baerum.py` runs it."""
