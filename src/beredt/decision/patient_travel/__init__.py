"""Patient travel: which office, which calls are handed over, who rides a health bus, who shares a taxi."""
