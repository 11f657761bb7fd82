"""Roads of other sources in one form: drawn lines come in, a road map comes out, and every fault is told.

Begin at `drawn_roads` (what a reader hands over), `assemble` (what becomes of it) and `road_map` (what is kept).
"""
