"""Planned tasks in standby time, and units that wait at hospitals."""
