"""Where units from each station really arrived within some minutes, from a log of missions."""
