"""Missions worth a look: rules that flag them, and a queue in which people work them off."""
