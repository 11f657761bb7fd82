"""Control charts: whether an indicator moves more than chance alone would move it."""
