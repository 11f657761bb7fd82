"""A forecast of incidents in words, tables and figures."""
