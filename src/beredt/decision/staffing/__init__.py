"""Staff: full-time equivalents from hours on duty, who changes employer, who answers calls, and staff over years."""
