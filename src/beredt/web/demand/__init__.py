"""People, demand and forecasts in the browser: the chapters of their pages as pieces of HTML."""
