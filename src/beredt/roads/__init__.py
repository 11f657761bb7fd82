"""Travel times between all places, from links written down by hand.

`build` makes a study's `Network`; `cache` keeps it on disk; `reach` asks it questions. A network is main roads
(`hand_links`), local roads between neighbouring areas (`local_links`) and the quickest ways over both
(`travel_times`).
"""
