"""The next hours and weeks of demand: counts of the past, models of them, how sure they are, and which one to trust.

Begin with `forecast.py`; `backtest.py` says how models are judged, `models/` holds one model per file.
"""
