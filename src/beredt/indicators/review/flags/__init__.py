"""The rules that flag incidents, one family per file. A flag says what to look at, never that somebody was wrong."""
