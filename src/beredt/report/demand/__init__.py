"""People and demand in words, tables and figures: for the report, for pages of their own, and for Studio."""
