"""How fast an ambulance drives: by road class, urgency and hour of the week, from a table in TOML."""
