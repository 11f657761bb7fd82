"""Faults that are planted in an export, one family per file; `catalogue.py` lists them all."""
