"""Rosters: hours on duty over the week that meet the need, made of permitted shifts, in the fewest paid hours."""
