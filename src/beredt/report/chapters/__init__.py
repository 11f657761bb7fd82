"""The chapters of the report, one per file: each begins with its finding and only reads results."""
