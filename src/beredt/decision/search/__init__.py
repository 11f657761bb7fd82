"""The best stations, units and rosters under a budget, judged by simulation.

Begin reading at `search.py` (the loop), `race.py` (who is better, and how sure), `surrogate.py` (what is known of all
layouts) and `layout.py` (what is looked for).
"""
