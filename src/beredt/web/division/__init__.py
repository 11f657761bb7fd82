"""One Studio for several organisations: each opens its studies, and sees what is its own.

Begin reading at `division.py`; `rooms.py` sends a caller to the application of the organisation.
"""
