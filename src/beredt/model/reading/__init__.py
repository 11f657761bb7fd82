"""From files to typed tables and settings; every fault on the way becomes an issue."""
