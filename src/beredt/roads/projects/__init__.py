"""Roads of another year: planned links, closures and limits, laid over a road map that itself never changes."""
