"""How far units of a log drove, by the log or by roads, and the carbon dioxide that it made."""
