"""Roads as a graph: from the tables of a road network to all quickest ways between its junctions.

`road_tables` holds what a study says, `road_graph` what the simulation reads; `build` makes one of the other and
`cache` keeps it on disk. `snap` finds the road node of a place, `paths` the driving time between road nodes.
"""
