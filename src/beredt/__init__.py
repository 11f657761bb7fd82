"""Beredt plans, proves and helps run a prehospital service.

The rooms, from the inside out, are described in ``ARCHITECTURE.md``. Importing this package imports none of them.
"""

__version__ = "0.1.0"
"""Version of the package, part of every fingerprint."""
